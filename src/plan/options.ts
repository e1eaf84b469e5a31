import type { Rename } from "../changes/rename.js";
import type { Trust } from "../classify/trust.js";
import type { Hosting } from "../kong/streamed-and-cloned.js";
import type { Acceptance } from "./accept.js";
import type { CloneDefinition, PlannedInstance, Strategy } from "./plan.js";

/** What holds for every plan of a new version. */
interface CommonOptions {
  /** Where control plane and data planes run; `"konnect"` by default, with data plane nodes of one's own. */
  readonly hosting?: Hosting;
  /** The oldest Gateway release among control plane and data plane nodes. */
  readonly gatewayVersion?: string | undefined;
  /** The name that the new version is to have where it is a plugin of its own; one is proposed by default. */
  readonly newName?: string | undefined;
  /** Names that other plugins have. */
  readonly takenNames?: readonly string[];
  /** The instances that there are; those of other plugins are passed over. */
  readonly instances?: readonly PlannedInstance[] | undefined;
  /** The plugin's version before, and the one that the author chose for the new schema. */
  readonly fromVersion?: string | undefined;
  readonly toVersion?: string | undefined;
  /**
   * Plans with one of the two verdicts only, that of Kong's table or that of Kong's engine; by default with the stricter one. With `"table"` Kong's
   * engine is not even asked, which makes a plan several times faster, and unproven.
   */
  readonly trust?: Trust | undefined;
  /** Parameters that have another place now, where no shorthand of the new schema says so. */
  readonly renames?: readonly Rename[];
  /** Changes that somebody reviewed; one of a kind that there is not is refused. */
  readonly accept?: readonly Acceptance[];
}

export interface PlanOptions extends CommonOptions {
  /** How the plugin reaches its data planes; `"installed"` by default. */
  readonly distribution?: "installed" | "streamed";
  /** For installed plugins; `"in-place"` by default, where the name stays. Streamed ones are always side by side. */
  readonly strategy?: Strategy | undefined;
  /** The new version's files, as the commands are to name them; `schema.lua`, or the name that the schema was read with, and `handler.lua`. */
  readonly schemaFile?: string;
  readonly handlerFile?: string;
}

export interface ClonePlanOptions extends CommonOptions {
  readonly distribution: "cloned";
  readonly clone: {
    /** Undefined for a first clone. */
    readonly old?: CloneDefinition | undefined;
    readonly new: CloneDefinition;
    /** All clones that there are; old and new one may be among them. */
    readonly present?: readonly CloneDefinition[];
  };
}
