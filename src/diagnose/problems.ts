import { updatePathsPage } from "../kong/update-paths.js";

/** A kind of refusal. */
interface Problem {
  /** What Kong says, as one sentence without names. */
  readonly summary: string;
  /** The whole message of an error at a place, where the problem is told by it. The first that fits counts. */
  readonly says?: RegExp;
  /** What a configuration needs so that the refusing schema takes it, as half a sentence; `WHERE` is the place. */
  readonly edit?: string;
  readonly source: string;
}

const kong = (file: string) => `https://github.com/Kong/kong/blob/3.9.1/kong/${file}`;
const schemaCode = kong("db/schema/init.lua");
const compatibility = kong("clustering/compat/init.lua");

/** All kinds of refusals. Messages are those of `validation_errors` in kong/db/schema/init.lua, 3.9.1. */
export const problems = {
  "unknown-field": {
    summary: "A value for a parameter that the schema does not have.",
    says: /^unknown field$/,
    edit: "take WHERE out",
    source: schemaCode,
  },
  "required-field-missing": {
    summary: "No value for a parameter that the schema requires.",
    says: /^(?:required field missing|field required for entity check)$/,
    edit: "give WHERE a value",
    source: updatePathsPage,
  },
  "wrong-type": {
    summary: "A value of another type than the schema has.",
    says: /^expected an? (?:array|set|map|record|string|number|boolean|integer|function)$/,
    edit: "give WHERE a value of this type",
    source: schemaCode,
  },
  "scope-refused": {
    summary: "An instance in a scope that the schema does not allow.",
    says: /^value must be null$/,
    edit: "leave WHERE out",
    source: schemaCode,
  },
  "plugin-not-enabled": {
    summary: "An instance of a plugin that the node does not have.",
    says: /^plugin '[^']*' not enabled; add it to the 'plugins' configuration property$/,
    source: kong("db/schema/entities/plugins.lua"),
  },
  "deprecated-mismatch": {
    summary: "A parameter and the deprecated one that it replaces have different values.",
    says: /^both deprecated and new field are used but their values mismatch: /,
    edit: "give the two parameters the same value, or leave the deprecated one out",
    source: schemaCode,
  },
  "entity-check": {
    summary: "Values that do not go together.",
    says: /^(?:at least one of these fields must be non-empty|exactly one of these fields must be non-empty|values of these fields must be distinct|all or none of these fields must be set|only one or none of these fields must be set|these sets are mutually exclusive): |^failed conditional validation given value of field |^entity check failed$|^failed entity check: /,
    edit: "change the values at WHERE so that they go together",
    source: schemaCode,
  },
  "value-refused": {
    summary: "A value that a constraint of the schema does not let pass.",
    says: /^(?:value must (?:not )?be |value should be between |length must be |invalid value: |should start with: |expected to contain: |expected one of: |must not be one of: |not a valid regex: |expected a valid |failed validating: )/,
    edit: "give WHERE a value that passes",
    source: schemaCode,
  },
  "custom-message": {
    summary: "A function or an `err` of the schema itself says no.",
    edit: "give WHERE a value that passes",
    source: schemaCode,
  },
  raised: {
    summary: "An error was raised while the node took the payload in.",
    source: kong("clustering/config_helper.lua"),
  },
  "not-told": {
    summary: "A refusal whose reason is cut off or not told.",
    source: kong("clustering/data_plane.lua"),
  },
  "other-entity": {
    summary: "The refused entity is no plugin instance.",
    source: kong("db/declarative/init.lua"),
  },
  "plugin-missing": {
    summary: "The control plane sends nothing: a configured plugin is not installed on the data plane node.",
    source: compatibility,
  },
  "plugin-missing-unused": {
    summary: "A plugin of the control plane is not installed on the data plane node; nothing uses it yet.",
    source: compatibility,
  },
  "plugin-version": {
    summary: "The control plane sends nothing: it has another version of a configured plugin than the data plane node.",
    source: compatibility,
  },
  "plugin-version-unused": {
    summary: "The control plane has another version of a plugin than the data plane node.",
    source: compatibility,
  },
  "gateway-version": {
    summary: "The control plane sends nothing: the data plane node runs another release of the Gateway than it takes.",
    source: compatibility,
  },
  "plugin-not-installed": {
    summary: "The node does not start: a plugin is enabled whose files it does not find.",
    source: kong("db/dao/plugins.lua"),
  },
  "handler-refused": {
    summary: "The node does not start: a handler has no VERSION or PRIORITY that it takes.",
    source: kong("db/dao/plugins.lua"),
  },
} as const satisfies Readonly<Record<string, Problem>>;

export type ProblemId = keyof typeof problems;

const told: readonly (readonly [ProblemId, Problem])[] = problemEntries();

/** Which problem the message of an error at a place tells of. */
export function problemOf(message: string): ProblemId {
  return told.find(([, { says }]) => says?.test(message) === true)?.[0] ?? "custom-message";
}

/** What a configuration needs at a place so that it is taken, as half a sentence. */
export function editFor(problem: ProblemId, where: string): string {
  const { edit = "correct WHERE" }: Problem = problems[problem];
  return edit.replace("WHERE", () => where);
}

function problemEntries(): (readonly [ProblemId, Problem])[] {
  const ids = Object.keys(problems).filter((id): id is ProblemId => Object.hasOwn(problems, id));
  return ids.map((id) => [id, problems[id]]);
}
