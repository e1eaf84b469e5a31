import { remedyOf, type SchemaPair } from "./blame.js";
import type { Blame, Complaint } from "./diagnosis.js";
import { showErrorPath } from "./error-path.js";
import { editFor, type ProblemId } from "./problems.js";

export interface Advice {
  readonly cause: string;
  readonly steps: readonly string[];
}

/** What most likely happened, and what to do. */
export function advise(
  problem: ProblemId,
  complaint: Complaint,
  blame: Blame | null,
  pair: SchemaPair | undefined,
): Advice {
  const plugin = complaint.plugin ?? "the plugin";
  switch (problem) {
    case "plugin-not-enabled":
      return notEnabled(complaint, plugin);
    case "plugin-missing":
    case "plugin-missing-unused":
      return missingPlugin(problem, plugin);
    case "plugin-version":
    case "plugin-version-unused":
      return otherVersion(problem, plugin);
    case "gateway-version":
      return {
        cause:
          "A control plane takes data plane nodes of its own major release that are not newer than itself, and closes the connection of any other.",
        steps: [
          "Upgrade the control plane first, or bring this node to the control plane's release or an older minor one.",
          "Restart the node: it connects again and gets the configuration.",
        ],
      };
    case "plugin-not-installed":
      return {
        cause: `KONG_PLUGINS names ${plugin}, and the node finds no files of it in its Lua path: it does not start.`,
        steps: [
          `Put schema.lua and handler.lua where the node looks for kong/plugins/${plugin} (KONG_LUA_PACKAGE_PATH), or take ${plugin} out of KONG_PLUGINS.`,
          "Start the node again.",
        ],
      };
    case "handler-refused":
      return {
        cause: `Since 3.0 the Gateway loads no plugin whose handler has no whole number as PRIORITY and no VERSION of the form x.y.z: ${plugin} has not.`,
        steps: [
          "Set both fields in handler.lua; `kong-schema-advisor lint FOLDER` shows the place.",
          "Put the file on every data plane node, and start the nodes again.",
        ],
      };
    case "raised":
      return {
        cause:
          "Not a value was refused: code failed while the payload was read, often a validation or shorthand function of a plugin's schema that meets a value which it does not expect.",
        steps: [
          "Find the plugin by the file in the message, and compare its files on this node with those of the version that the control plane has.",
          "Put the right files on the node and reload it: kong reload.",
          untilThen,
        ],
      };
    case "not-told":
      return {
        cause:
          "The log holds only the beginning of the refusal: older releases print no reason, and nginx cuts lines after a few thousand characters.",
        steps: [
          "Look at the whole message in the node's own error log, with the lines that follow.",
          "Compare the schemas of the plugins on this node with those of the control plane.",
          untilThen,
        ],
      };
    case "other-entity":
      return {
        cause: `The refused entity is one of ${complaint.entity ?? "the payload"}, no plugin instance: no schema of a custom plugin is to blame, more likely the release of the node.`,
        steps: [
          "Compare the releases of the control plane and of this node.",
          "Correct the entity on the control plane.",
          untilThen,
        ],
      };
    case "unknown-field":
    case "required-field-missing":
    case "wrong-type":
    case "scope-refused":
    case "deprecated-mismatch":
    case "entity-check":
    case "value-refused":
    case "custom-message":
      return refusedValue(problem, complaint, blame, pair);
  }
}

const untilThen =
  "See that `unable to update running config` does not come again. Until then the node works with the last configuration that it took; a new node has none at all.";

function missingPlugin(problem: ProblemId, plugin: string): Advice {
  const effect =
    problem === "plugin-missing"
      ? "it sends this node no configuration at all"
      : "as soon as an instance is configured it sends this node no configuration any more";
  return {
    cause: `The control plane has ${plugin} enabled and the data plane node has not: ${effect}.`,
    steps: [
      `Put the files of ${plugin} on the node that the line names, and add ${plugin} to its KONG_PLUGINS.`,
      "Restart the node: it connects again and gets the configuration.",
    ],
  };
}

function otherVersion(problem: ProblemId, plugin: string): Advice {
  const effect =
    problem === "plugin-version"
      ? "it sends this node no configuration until the versions fit"
      : "where the major versions differ, or the node's minor one is higher, it will send no configuration once an instance is configured";
  return {
    cause: `The control plane's ${plugin} has another VERSION in its handler than the data plane node's: ${effect}.`,
    steps: [
      `Put the control plane's version of ${plugin} on the node: the major version must be the same, the minor one not higher.`,
      "Restart the node: it connects again and gets the configuration.",
      "Next time, update the control plane and the nodes in one migration window.",
    ],
  };
}

function notEnabled({ reporter }: Complaint, plugin: string): Advice {
  if (reporter === "data-plane") {
    return {
      cause: `The payload holds an instance of ${plugin}, and this node has no plugin of that name: its files are missing, it is not in KONG_PLUGINS, or the schema's name changed.`,
      steps: [
        `Put the files of ${plugin} on this node and on every other one, as kong/plugins/${plugin}.`,
        `Add ${plugin} to KONG_PLUGINS there, beside \`bundled\`, and restart the node.`,
        "If the plugin got a new name: keep the old one installed too until all instances are moved to the new name.",
        untilThen,
      ],
    };
  }
  return {
    cause: `The control plane has no plugin called ${plugin}: its schema is not uploaded, or not under this name, or it is not in the \`plugins\` setting.`,
    steps: [
      `On Konnect, upload the schema of ${plugin}; on a control plane of your own, install its files and add it to KONG_PLUGINS.`,
      "Make sure that every data plane node has the plugin before the first instance is made.",
      "Send the request again.",
    ],
  };
}

/** A value and a schema that do not go together. */
function refusedValue(
  problem: ProblemId,
  complaint: Complaint,
  blame: Blame | null,
  pair: SchemaPair | undefined,
): Advice {
  const { path, reporter } = complaint;
  const happened = (blame?.changes ?? []).map(({ description }) => description).join("; ");
  const refused: Refused = {
    problem,
    blame,
    edit: editFor(problem, path.length === 0 ? "the instance" : showErrorPath(path)),
    edits: pair === undefined ? [] : pair.changesAt(path).flatMap((change) => remedyOf(change) ?? []),
    change: happened === "" ? "" : ` What changed there: ${happened}.`,
  };
  switch (reporter) {
    case "data-plane":
      return refusedByDataPlane(refused);
    case "admin-api":
    case "control-plane":
      return refusedByControlPlane(refused);
    case "start":
      return {
        cause: `The node reads its configuration from a file, and the file does not fit the schema that the node has.${refused.change}`,
        steps: [
          `In the file, ${refused.edit}; or put the plugin's version that the file was made for on the node.`,
          "Check it before the start: kong config parse FILE.",
        ],
      };
  }
}

interface Refused {
  readonly problem: ProblemId;
  readonly blame: Blame | null;
  /** What a configuration needs, as half a sentence. */
  readonly edit: string;
  /** What the changes to blame ask of each instance, as sentences. */
  readonly edits: readonly string[];
  /** What changed, as a sentence with a blank before it, or empty. */
  readonly change: string;
}

function refusedByDataPlane({ problem, blame, edit, edits, change }: Refused): Advice {
  switch (blame?.refusedBy) {
    case "old":
      return {
        cause: `This data plane node still has the old schema, and the control plane sends what only the new one takes.${change}`,
        steps: [
          "Put the new schema.lua and handler.lua on this node, and on every other one that still has the old files.",
          "Reload the nodes: kong reload. Each connects again and gets the configuration.",
          untilThen,
        ],
      };
    case "new":
      return {
        cause: `This data plane node has the new schema already, and an instance still is as only the old one takes it.${change}`,
        steps: [
          "See that the control plane has the new schema; if not, update it first.",
          ...(edits.length === 0 ? [`On the control plane, ${edit} in every instance.`] : edits),
          "Saving an instance pushes the configuration to all nodes.",
          untilThen,
        ],
      };
    case "both":
    case "unknown":
    case undefined:
      return {
        cause: `${possibleCauses[problem] ?? "The schema on this data plane node is not the one by which the control plane judged the instance."}${whoseSchema(blame)}${change}`,
        steps: [
          "Compare the schema.lua on this node with the one on the control plane: kong-schema-advisor plan OLD NEW.",
          "If the node's is the older one, put the new schema.lua and handler.lua on it, and reload it: kong reload.",
          `If the node's is the newer one, update the schema on the control plane; then ${edit} in every instance.`,
          untilThen,
        ],
      };
  }
}

function refusedByControlPlane({ blame, edit, edits, change }: Refused): Advice {
  const again = "Send the request again.";
  switch (blame?.refusedBy) {
    case "old":
      return {
        cause: `The control plane still has the old schema, and the request is made for the new one.${change}`,
        steps: [
          "Update the schema on the control plane first.",
          "Mind the data plane nodes that still have the old schema: they may refuse what the new one writes.",
          again,
        ],
      };
    case "new":
      return {
        cause: `The control plane has the new schema, and the request is made for the old one: often an instance that was read before and is put back as it was.${change}`,
        steps: [`In the request, ${edit}.`, ...edits, again],
      };
    case "both":
    case "unknown":
    case undefined:
      return {
        cause: `The request does not fit the schema that the control plane has.${whoseSchema(blame)}${change}`,
        steps: [
          "Look at the schema there: GET …/plugin-schemas/NAME on Konnect, GET /schemas/plugins/NAME on a control plane of your own.",
          `In the request, ${edit}; or, if it is right for the plugin's new version, update the schema first.`,
          again,
        ],
      };
  }
}

/** What the documentation and the engine know of a refusal on a data plane, without the schemas. */
const possibleCauses: Partial<Record<ProblemId, string>> = {
  "unknown-field":
    "The control plane's schema has a parameter that the one on this data plane node does not have: it was added there first, or taken out of the node's files while instances still have a value.",
  "required-field-missing":
    "The schema on this data plane node requires a parameter that the payload does not have: a required parameter was taken out of the control plane's schema while the node has the older one, or the node's newer schema requires it and the instance was saved before.",
  "wrong-type": "The parameter has another data type on the control plane than in the schema on this data plane node.",
  "scope-refused":
    "The schema on this data plane node no longer allows, or does not yet allow, the scope that the instance is in.",
};

function whoseSchema(blame: Blame | null): string {
  switch (blame?.refusedBy) {
    case "both":
    case "unknown":
      return blame.changes.length === 0
        ? " The two schemas are the same there: the instance is of another plugin, or of a third version."
        : " The two schemas do not tell which of them refuses it.";
    case "old":
    case "new":
    case undefined:
      return "";
  }
}
