import type { ClassifiedChange } from "../classify/classified-change.js";
import type { Distribution } from "../kong/distribution.js";
import type { Hosting } from "../kong/streamed-and-cloned.js";
import type { UpdatePath } from "../kong/update-paths.js";
import type { Proof, ProvenPath } from "../prove/proof.js";
import type { FieldPath, Finding, PluginSchema, Value } from "../schema/model.js";

/**
 * - `in-place`: the new version takes the old one's name and instances.
 * - `side-by-side`: the new version is another plugin, to which the instances move.
 */
export const strategies = ["in-place", "side-by-side"] as const;

export type Strategy = (typeof strategies)[number];

/**
 * What the plan is for: a new schema for instances that exist, new code under an unchanged schema, a plugin that is
 * new, a plugin under a new name (which to Kong is another plugin), or the end of a plugin.
 */
export type Situation = "update" | "handler-only" | "first-upload" | "new-name" | "removal";

/** The ordered steps from one version of a plugin to the next, and why they are these. */
export interface MigrationPlan {
  readonly situation: Situation;
  readonly distribution: Distribution;
  readonly hosting: Hosting;
  readonly strategy: Strategy;
  /** The plugin's name before; null for a first upload. */
  readonly oldName: string | null;
  /** The plugin's name after; null for a removal. The schema may still have another one: the plan says so. */
  readonly newName: string | null;
  /** Undefined for a first upload, and for a clone whose source plugin's schema was not given. */
  readonly oldSchema: PluginSchema | undefined;
  /** Undefined for a removal, and for a clone whose source plugin's schema was not given. */
  readonly newSchema: PluginSchema | undefined;
  /** The old plugin's instances; null where nobody said which there are. */
  readonly instances: readonly PlannedInstance[] | null;
  readonly changes: readonly ClassifiedChange[];
  /** The path to plan with: where the name stays on Konnect the stricter of the two below, if nothing else was asked for. */
  readonly path: UpdatePath;
  /** The strictest path of the changes that Kong's table knows; null where it knows none of them. */
  readonly officialPath: UpdatePath | null;
  /** The path of `proof`. */
  readonly provenPath: ProvenPath | null;
  /** What Kong's engine answers at worst to all changes together; null where Kong's table does not hold either. */
  readonly proof: Proof | null;
  /** The strictest path of the changes that were not accepted: what a gate acts on. */
  readonly unacceptedPath: UpdatePath;
  /** Why this path, as one or more sentences. */
  readonly reason: string;
  readonly steps: readonly MigrationStep[];
  /** The two strategies beside each other; null where one of them is as good as obvious, or not to be had. */
  readonly comparison: StrategyComparison | null;
  readonly version: VersionAdvice;
  readonly findings: readonly Finding[];
}

/** One instance of the old plugin, as a plan names it. `PluginInstance` is one of these. */
export interface PlannedInstance {
  readonly name: string;
  readonly address: {
    readonly position?: { readonly file?: string; readonly line: number };
    /** Nothing of it means everything. */
    readonly scope: {
      readonly service?: string;
      readonly route?: string;
      readonly consumer?: string;
      readonly consumerGroup?: string;
    };
    readonly instanceName?: string;
    readonly id?: string;
  };
}

/** What each strategy means for those who carry it out. */
export interface StrategyComparison {
  /** The name that the new version has side by side. */
  readonly newName: string;
  readonly rows: readonly ComparisonRow[];
}

export interface ComparisonRow {
  readonly aspect: "window" | "exposure" | "work" | "rollback";
  readonly inPlace: string;
  readonly sideBySide: string;
}

/** A clone's definition, as the Admin API and decK take it. */
export interface CloneDefinition {
  readonly name: string;
  /** The plugin that it is made from. */
  readonly ref: string;
  /** The source plugin's where it is absent. */
  readonly priority?: number;
}

/** In the order in which they stand in a plan for Konnect, as far as the plugin keeps its name. */
export const stepIds = [
  "test-first",
  "open-window",
  "upload-schema",
  "update-control-plane-schema",
  "update-instances",
  "deploy-plugin-files",
  "update-data-plane-schemas",
  "create-new-plugin",
  "move-instances",
  "delete-instances",
  "delete-old-plugin",
  "delete-control-plane-schema",
  "delete-data-plane-files",
  "verify",
  "close-window",
] as const;

export type StepId = (typeof stepIds)[number];

export type StepOwner =
  | "plugin developer"
  | "change manager"
  | "control plane administrator"
  | "data plane operator"
  | "gateway administrator";

/** Something that holds or does not, and how to see it. */
export interface Condition {
  /** The state of things, as a sentence. */
  readonly expect: string;
  /** By which it can be seen; none where nobody can but those who know. */
  readonly commands: readonly Command[];
}

/** One step, as data: `render/` turns it into words and code blocks. */
export interface MigrationStep {
  readonly id: StepId;
  readonly title: string;
  /** `"optional"`: whether it is needed depends on the instances that exist. A step that is not needed is not in the plan. */
  readonly need: "required" | "optional";
  readonly who: StepOwner;
  readonly where: string;
  /** What must hold before. */
  readonly preconditions: readonly Condition[];
  /** What to do, one sentence each, in order. */
  readonly actions: readonly string[];
  /** What each existing instance must be given or lose; only in steps that edit instances. */
  readonly instanceEdits: readonly InstanceEditRule[];
  /** Ready to paste, in order. */
  readonly commands: readonly Command[];
  /** What holds when the step has worked. */
  readonly check: Condition;
  /** What breaks if the step is left out or done at another place in the order. */
  readonly ifOutOfOrder: string;
}

/** Text to paste or to save. A name in it is always quoted for its language. */
export interface Command {
  readonly title: string;
  readonly language: "bash" | "yaml" | "json";
  readonly text: string;
}

/** What to do with one parameter in every instance that it applies to. */
export interface InstanceEditRule {
  readonly path: FieldPath;
  readonly action: "set" | "drop" | "move" | "convert" | "review";
  /** Where the value goes on; with the action "move". */
  readonly to?: FieldPath;
  readonly need: "required" | "optional";
  /** The new schema's default, where it has one. */
  readonly value?: Value;
  /** What to do and why, as one sentence. */
  readonly sentence: string;
}

export type VersionLevel = "major" | "minor" | "patch" | "none";

/** Which version the plugin's next release should have. */
export interface VersionAdvice {
  /** Whether the new schema accepts every configuration that the old one accepts; null where it cannot be told. */
  readonly backwardCompatible: boolean | null;
  /** Whether the old schema accepts every configuration that the new one accepts; null where it cannot be told. */
  readonly forwardCompatible: boolean | null;
  /** The least step that says what changed; `"none"` where nothing did. */
  readonly level: VersionLevel;
  /** The version before; null where none was given. */
  readonly from: string | null;
  /** The version that the author chose; null where none was given. */
  readonly to: string | null;
  /** The least version that says what changed; null without a usable version before. */
  readonly recommended: string | null;
  /** Whether the chosen version says enough; null where none was chosen, or nothing to compare it with. */
  readonly agrees: boolean | null;
  readonly reason: string;
}
