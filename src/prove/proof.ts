import type { JsonObject } from "../changes/json.js";
import type { Freeze } from "../changes/kind.js";
import type { UpdatePath } from "../kong/update-paths.js";
import type { Value, ValueMap } from "../schema/model.js";

/** The engine and the control plane on which a proven verdict rests: the documentation says what of it is measured. */
export const provenModel = "konnect@3.9.1-engine";

/** Where the engine's rules stand that decide it. */
export const engineSource = "https://github.com/Kong/kong/blob/3.9.1/kong/db/schema/init.lua";

/** Unknown where a Lua function or a value of a module that is not visible decides, and where nobody asked. */
export type ProvenPath = UpdatePath | "unknown";

/** What Kong's engine answers to the plugin instances that the old schema can hold, the worst of it. */
export interface Proof {
  readonly path: ProvenPath;
  /** What must not be done with the instances that need no edit before every data plane node has the new schema. */
  readonly freeze: Freeze;
  /** What is refused; with the path Short, what a freeze forbids. */
  readonly witness?: Witness;
  /** Why no stored configuration is refused, or why it cannot be told; absent where one is refused. */
  readonly argument?: Argument;
  /** What both versions judge alike and cannot be judged here: the proof was made without it. */
  readonly assumes?: readonly string[];
  /** How changes that are milder each by itself come to this together. */
  readonly reason?: string;
}

export type Argument =
  /** Whatever the configuration, for this reason. */
  | { readonly by: "construction"; readonly rule: string }
  /** Nothing was refused of so many configurations. */
  | { readonly by: "search"; readonly tried: number }
  /** Nobody asked Kong's engine. */
  | { readonly by: "not-asked" }
  /** It cannot be told without these. */
  | { readonly by: "nothing"; readonly missing: readonly string[] };

/**
 * One plugin instance that is refused. `config` is what a user gave, `stored` what the control plane with the old schema
 * keeps of it. On the node "new data plane" it is `stored` that is refused; on "old data plane" it is `editStored`.
 */
export interface Witness {
  readonly model: typeof provenModel;
  readonly config: JsonObject;
  /** The instance's fields beside `config`, where they matter: `protocols`, `consumer`. */
  readonly instance?: JsonObject;
  readonly stored: Value;
  /** The same for the fields beside `config`. */
  readonly storedInstance?: ValueMap;
  readonly node: "old data plane" | "new data plane";
  /** What that node writes to its log. */
  readonly error: string;
  /**
   * With the path Long, an edit that the new control plane and all data planes accept; with CP/DP sync one that the new
   * side accepts and old data planes refuse with `editError`; with Short, the edit that a freeze forbids.
   */
  readonly edit?: JsonObject;
  readonly editInstance?: JsonObject;
  readonly editStored?: Value;
  readonly editStoredInstance?: ValueMap;
  readonly editError?: string;
  /** Present where values for the instance's other required parameters were not found, or cannot be judged here: they are left out. */
  readonly isPartial?: true;
}
