import type { Finding } from "../schema/model.js";

/** What a rule found, with what to do. */
export interface LintFinding extends Finding {
  /** One sentence or two. */
  readonly remedy: string;
  /** Present where somebody accepted it: it does not count any more. */
  readonly accepted?: { readonly reason: string };
}

/** A finding that the reader of a report does not want to see again, as `RULE[:PATH]=reason`. */
export interface LintAcceptance {
  readonly rule: string;
  /** The file, as findings show it or by its path in the plugin's folder; any file where it is absent. */
  readonly path?: string;
  readonly reason: string;
}
