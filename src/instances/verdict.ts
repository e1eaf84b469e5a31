import type { Freeze } from "../changes/kind.js";
import type { UpdatePath } from "../kong/update-paths.js";
import type { ErrorTree } from "../schema/format-errors.js";
import type { Decision } from "./edit.js";
import type { PluginInstance } from "./instance.js";
import type { ValueChange } from "./values.js";

/** The path that one instance needs; `unknown` where it hangs on what is not visible here. */
export type InstancePath = UpdatePath | "unknown";

/** A value that the plugin's handler gets otherwise than before, and from when on. */
export interface Drift extends ValueChange {
  /** Once the data plane has the new schema; or once the instance is saved again, which takes the new defaults over. */
  readonly when: "data-plane-updated" | "instance-saved";
}

interface About {
  readonly instance: PluginInstance;
  readonly path: InstancePath;
  /**
   * `any-edit`: whoever saves this instance again, with the values that it has, before every data plane has the new schema, makes
   * the old ones refuse everything.
   */
  readonly freeze: Extract<Freeze, "none" | "any-edit">;
  /** What to know and to do, as one or more sentences that begin with the instance's address. */
  readonly sentence: string;
}

/** What the new schema means for one instance. */
export type InstanceVerdict = About &
  (
    | { readonly verdict: "untouched" }
    | { readonly verdict: "drifts"; readonly drift: readonly Drift[] }
    | {
        readonly verdict: "must-change";
        readonly drift: readonly Drift[];
        /** What a data plane with the new schema, or else the new control plane, says to it as it is. */
        readonly errors: ErrorTree;
        readonly refusedBy: "new-data-planes" | "new-control-plane";
      }
    | {
        readonly verdict: "needs-decision";
        readonly errors: ErrorTree;
        readonly decisions: readonly Decision[];
      }
    | {
        readonly verdict: "already-invalid";
        /** What the old control plane, or an old data plane, says to it. */
        readonly errors: ErrorTree;
        readonly refusedBy: "old-control-plane" | "old-data-planes";
      }
    | { readonly verdict: "unknown"; readonly missing: readonly string[] }
  );

export type InstanceVerdictId = InstanceVerdict["verdict"];
