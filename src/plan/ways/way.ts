import type { ClassifiedChange } from "../../classify/classified-change.js";
import type { Finding } from "../../schema/model.js";
import type { HostingKit } from "../hostings/hosting.js";
import type { MigrationStep } from "../plan.js";
import type { StepContext } from "../steps/context.js";

/** One way by which a new version reaches its nodes: what its changes ask for there, and in which order that is done. */
export interface Way {
  /** Judges each change anew where Kong's table of update paths, which is about plugins installed on Konnect, does not hold. */
  readonly judge: (changes: readonly ClassifiedChange[]) => readonly ClassifiedChange[];
  /** Whether stored instances lose a parameter that is gone without being edited. */
  readonly dropsWhatIsGone?: true;
  /** Why the plan is as it is, as one or more sentences. */
  readonly reason: (context: StepContext) => string;
  readonly findings: (context: StepContext) => readonly Finding[];
  readonly steps: (context: StepContext) => readonly MigrationStep[];
}

/** How an installed plugin lives in one hosting. */
export interface InstalledWay {
  /** The old version becomes the new one under its name. */
  readonly update: Way;
  /** The same schema, other code. */
  readonly replaceCode: (context: StepContext) => readonly MigrationStep[];
  /** From nowhere to every node; creates no instance. */
  readonly install: (context: StepContext) => readonly MigrationStep[];
  /** From every node to nowhere, when no instance is left. */
  readonly uninstall: (kit: HostingKit, name: string) => readonly MigrationStep[];
}
