import type { Position } from "../errors.js";
import type { Distribution } from "../kong/distribution.js";
import type { Hosting } from "../kong/streamed-and-cloned.js";
import type { Finding } from "../schema/model.js";
import type { LintedPlugin, LintedPluginOptions } from "./plugin.js";

/** What is said of a rule: its page is made of this. */
export interface RuleDescription {
  readonly id: string;
  readonly severity: Finding["severity"];
  /** What is wrong, as one sentence without names. */
  readonly summary: string;
  /** What happens if it stays. */
  readonly why: string;
  /** What to do, for any plugin. */
  readonly remedy: string;
  /** The documented facts that it watches over, by their ids; none where Kong's own code says so. */
  readonly facts: readonly string[];
  /** The address of the page, or the Kong file and release, that says so; absent where the rule is about our own comments. */
  readonly source?: string;
  readonly appliesTo: readonly Applicability[];
  readonly example: RuleExample;
}

/** A plugin called `example` with the defect, and the same without; the options show only what matters. */
export interface RuleExample {
  readonly bad: Partial<LintedPluginOptions>;
  readonly good: Partial<LintedPluginOptions>;
}

/** Where a rule holds; at every hosting where none is named. */
export interface Applicability {
  readonly distribution: Distribution;
  readonly hostings?: readonly Hosting[];
}

/** One requirement, and how it is checked. */
export interface LintRule extends RuleDescription {
  check(plugin: LintedPlugin): readonly Observation[];
}

/** A defect that a rule found. */
export interface Observation {
  /** What is wrong and what follows, with names. */
  readonly message: string;
  /** What to do here; the rule's own remedy where it is absent. */
  readonly remedy?: string;
  /** The file that has the defect or would have it, by its name in the plugin; absent for a clone. */
  readonly file?: string;
  /** Where it stands in the file; the first line where no line says it. */
  readonly position?: Position | undefined;
}
