import { nameOf } from "../../changes/words.js";
import type { NodeOrder } from "../../kong/self-managed.js";
import { installPluginFiles } from "../commands/node.js";
import { joinOrders, nodeOrderOf, orderName, type OrderName } from "../node-order.js";
import type { MigrationStep } from "../plan.js";
import { closeWindow } from "../steps/close-window.js";
import type { StepContext } from "../steps/context.js";
import { installPlugin, replaceControlPlaneFiles, replacePluginFiles } from "../steps/deploy-plugin-files.js";
import { openWindow } from "../steps/open-window.js";
import { deleteControlPlaneFiles, deleteDataPlaneFiles } from "../steps/removal.js";
import { updateControlPlaneNodes, updateDataPlaneNodes, updateInstancesBetween } from "../steps/self-managed.js";
import { testFirst, type TestSetup } from "../steps/test-first.js";
import { updateInstancesBefore } from "../steps/update-instances.js";
import { installOnControlPlane } from "../steps/upload-schema.js";
import { versionGate } from "../version-gate.js";
import { type Judgement, rejudge } from "./judge.js";
import { rename } from "./new-plugin.js";
import type { InstalledWay } from "./way.js";

/**
 * Files on control plane and data plane nodes. Such a control plane re-reads every instance under its own schema, so it
 * is the node order that decides, and not Kong's table.
 */
export const installedSelfManaged: InstalledWay = {
  update: {
    judge: (changes) => rejudge(changes, (change) => judgement(nodeOrderOf(change))),
    dropsWhatIsGone: true,
    reason: (context) => {
      const order = orderOf(context);
      return [notTheTable, ...(order.edits === "before" ? [editsBefore] : []), planReasons[orderName(order)]].join(" ");
    },
    findings: (context) => versionGate(context.versions, orderName(orderOf(context))),
    steps: (context) => [testFirst(context, onTestNodes(context)), ...updateSteps(context, orderOf(context))],
  },
  replaceCode: (context) => [
    testFirst(context, onTestNodes(context)),
    replaceControlPlaneFiles(context),
    replacePluginFiles(context),
  ],
  install: (context) => [
    testFirst(context, onTestNodes(context)),
    installOnControlPlane(context),
    installPlugin(context),
  ],
  uninstall: (kit, name) => [deleteControlPlaneFiles(kit, name), deleteDataPlaneFiles(kit, name)],
};

function orderOf({ changes }: StepContext): NodeOrder {
  return joinOrders(changes.map(nodeOrderOf));
}

function updateSteps(
  context: StepContext,
  { edits, oldNodesAccept, newNodesAccept }: NodeOrder,
): readonly MigrationStep[] {
  const order = orderName({ edits, oldNodesAccept, newNodesAccept });
  return [
    openWindow(context, "update"),
    ...(edits === "before" ? [updateInstancesBefore(context, `${notEdited} ${context.kit.words.refusal}`)] : []),
    ...(order === "data-planes-first"
      ? [
          updateDataPlaneNodes(context, { isFirst: true, oldNodesAccept, newNodesAccept }),
          updateControlPlaneNodes(context, { isFirst: false, oldNodesAccept, newNodesAccept }),
        ]
      : [
          updateControlPlaneNodes(context, { isFirst: true, oldNodesAccept, newNodesAccept }),
          ...(edits === "between" ? [updateInstancesBetween(context)] : []),
          updateDataPlaneNodes(context, { isFirst: false, oldNodesAccept, newNodesAccept }),
        ]),
    closeWindow(context, "update", goneFromFiles(context)),
  ];
}

/** Stored instances lose a parameter that is gone by themselves; files do not. */
export function goneFromFiles({ changes }: StepContext): readonly string[] {
  const gone = changes.filter(({ row }) => row === "removed").map(({ change }) => nameOf(change.path));
  if (gone.length === 0) return [];
  return [
    `Take ${gone.join(", ")} out of the files that pipelines send: the Admin API refuses what the schema does not know.`,
  ];
}

function onTestNodes(context: StepContext): TestSetup {
  return {
    actions: [...rename(context), "Put the plugin's files on a test control plane and on a data plane node of it."],
    commands: [installPluginFiles("each node of the test", context.newName)],
  };
}

const notTheTable =
  "Kong's table of update paths is about Konnect; a control plane of your own reads every instance again under its own schema before it sends it, and each restart of it is a push.";

const editsBefore = "Instances that do not fit are edited first, for the old version accepts the result too.";

const notEdited = "Nodes that have the new version refuse what holds an instance that is not edited yet.";

const planReasons = {
  "any-order":
    "Nodes with the old version and with the new one then accept the same; the control plane comes first, for it must not have the lower version.",
  "control-plane-first":
    "Data plane nodes with the old version accept what the new control plane makes of the instances, and not the other way round: the control plane comes first.",
  "data-planes-first":
    "The new control plane puts new parameters into every payload, which data plane nodes with the old version refuse as unknown: the data plane nodes come first.",
  "all-together":
    "Neither version accepts what the other one makes of the instances: between the two updates data plane nodes go on with their last configuration.",
} as const satisfies Record<OrderName, string>;

function judgement(order: NodeOrder): Judgement {
  if (order.edits === "before") {
    return {
      path: "long",
      because: "Instances that do not fit are edited first, under the old version, which accepts them too.",
    };
  }
  return judgements[orderName(order)];
}

const judgements = {
  "any-order": { path: "short", because: "Nodes with the old version and with the new one accept the same instances." },
  "control-plane-first": {
    path: "short",
    because:
      "A control plane with the new version leaves it out of every payload, which data plane nodes with the old one accept; what the old control plane sends, data plane nodes with the new version may refuse.",
  },
  "data-planes-first": {
    path: "short",
    because:
      "A control plane with the new version puts it into every payload, which data plane nodes with the old one refuse; what the old control plane sends, data plane nodes with the new version accept.",
  },
  "all-together": {
    path: "cp-dp-sync",
    because:
      "Neither the old nor the new version accepts what a control plane with the other one makes of the instances.",
  },
} as const satisfies Record<OrderName, Judgement>;
