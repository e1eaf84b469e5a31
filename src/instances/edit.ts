import type { ErrorTree } from "../schema/format-errors.js";
import type { JsonObject, Json } from "../changes/json.js";
import type { Rename } from "../changes/rename.js";
import type { PluginInstance, ValuePath } from "./instance.js";

/** One thing that is done to an instance; paths start at the instance: `["config", "ttl"]`. */
export type EditOperation =
  | { readonly action: "drop"; readonly path: ValuePath; readonly old: Json; readonly reason: string }
  | {
      readonly action: "move";
      readonly from: ValuePath;
      readonly path: ValuePath;
      readonly new: Json;
      readonly reason: string;
    }
  | {
      readonly action: "convert";
      readonly path: ValuePath;
      readonly old: Json;
      readonly new: Json;
      readonly reason: string;
    }
  | {
      readonly action: "set";
      readonly path: ValuePath;
      readonly old: Json | undefined;
      readonly new: Json;
      readonly reason: string;
    };

/** A value that nobody but the owner of the instance can choose. */
export interface Decision {
  readonly path: ValuePath;
  /** What to give as the name of an answer: `config.bursts[].seconds`. */
  readonly answer: string;
  /** What the instance has there now. */
  readonly old: Json | undefined;
  /** Kong's words for what is wrong. */
  readonly error: string;
  /** What the new schema wants there: `integer, greater than 0`; null where a check wants several values to agree. */
  readonly wanted: string | null;
  /** What may have been meant: the value would come from one of these old places. Nobody has said so, so none is taken. */
  readonly renames: readonly Rename[];
}

/** Whether a node takes an instance. */
export type Taken = "accepted" | "refused" | "unknown";

/** What an instance must become. */
export interface InstanceEdit {
  readonly instance: PluginInstance;
  /**
   * `none`: it can stay as it is. `resave`: its owner's text can stay, and the control plane must be given it again. `edit`: as the
   * operations say. `decide`: no value can be derived for some parameters. `unknown`: it hangs on what is not visible here.
   */
  readonly need: "none" | "resave" | "edit" | "decide" | "unknown";
  /** In the order in which they are done. */
  readonly operations: readonly EditOperation[];
  /** What the operations make of the instance: its name, its configuration, its other fields. */
  readonly name: string;
  readonly config: JsonObject;
  readonly fields: JsonObject;
  /** Who takes the edited instance; `unknown` where that is not known, or where decisions are missing. */
  readonly newControlPlane: Taken;
  readonly newDataPlanes: Taken;
  readonly oldDataPlanes: Taken;
  /**
   * Where old data planes refuse the edited instance only for parameters that may be null: the same with explicit nulls there, which all
   * take. It is for the time until every data plane has the new schema.
   */
  readonly bridge: JsonObject | undefined;
  readonly decisions: readonly Decision[];
  /** What the new control plane, or an old data plane, says against the edited instance. */
  readonly errors: ErrorTree | undefined;
  /** What would have to be known. */
  readonly missing: readonly string[];
}

/** A value for a parameter that needs a decision, in every instance that needs it. */
export interface Answer {
  /** In the shown form: `config.ttl`, `config.bursts[].seconds`. */
  readonly path: string;
  readonly value: Json;
}
