import type { ChangeKindId } from "../changes/registry.js";
import type { ProblemId } from "./problems.js";

/** Who wrote the line: a node that refuses a payload, the control plane, its Admin API, or a node that starts. */
export type Reporter = "data-plane" | "control-plane" | "admin-api" | "start";

/** One thing that Kong refused, and what to do about it. */
export interface Diagnosis {
  readonly problem: ProblemId;
  readonly reporter: Reporter;
  /** The line of the log on which its message begins, from 1; of several equal ones the first. */
  readonly line: number;
  /** How often it is in the log. */
  readonly times: number;
  /** The plugin's name, where the message or the schemas say it. */
  readonly plugin: string | null;
  /** What kind of entity of the payload it is in, `plugins`, and its number there, from 1. */
  readonly entity: string | null;
  readonly entry: number | null;
  /** Where in the entity: names, and numbers of list entries, from 1. */
  readonly path: readonly (string | number)[];
  /** The same as one string: `config.limits[1].minute`. */
  readonly shownPath: string;
  /** Kong's words. */
  readonly message: string;
  /** What most likely happened, in terms of the two schemas. */
  readonly cause: string;
  /** Which version of the schema refuses, and the changes that explain it; null without two schemas. */
  readonly blame: Blame | null;
  /** What to do, in order. */
  readonly steps: readonly string[];
  /** The address of the page, or the Kong file and release, that says so. */
  readonly source: string;
}

export interface Blame {
  /**
   * The version that the refusing node has: the one that says such a thing of the path while the other does not. `both` where neither
   * version takes the value, `unknown` where the text does not tell.
   */
  readonly refusedBy: "old" | "new" | "both" | "unknown";
  readonly changes: readonly BlamedChange[];
}

export interface BlamedChange {
  readonly kind: ChangeKindId;
  /** In the shown form of schema paths: `config.l[].x`. */
  readonly path: string;
  /** What happened, as a sentence without its full stop. */
  readonly description: string;
}

/** What the log says, before it is judged. */
export interface Complaint {
  readonly reporter: Reporter;
  readonly line: number;
  readonly plugin: string | null;
  readonly entity: string | null;
  readonly entry: number | null;
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Known where the whole line is a known one; else the message tells. */
  readonly problem?: ProblemId;
}
