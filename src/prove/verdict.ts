import type { Change } from "../changes/registry.js";
import { nameOf } from "../changes/words.js";
import type { Value } from "../schema/model.js";
import { functionsIn } from "./literals.js";
import type { ProvenPath } from "./proof.js";
import type { Findings } from "./search.js";

export interface Verdict {
  readonly path: ProvenPath;
  readonly missing: readonly string[];
}

/** The path that follows from what was found, for changes of which a Lua function may decide. */
export function verdictOf(findings: Findings, changes: readonly Change[]): Verdict {
  const { refused, bridge, missing, isUnsure, holdsAny, unheld } = findings;
  const functions = changes.flatMap(decidingFunction);
  if (refused === undefined) {
    if (isUnsure.stored) return unknown(missing);
    if (functions.length > 0) return unknown(functions);
    if (!holdsAny) return unknown(["which configurations the old schema accepts, of which none was found"]);
    if (unheld.length > 0) {
      return unknown(
        unheld.map((path) => `which values of ${nameOf(path)} the old schema accepts, of which none was found`),
      );
    }
    return { path: "short", missing: [] };
  }
  if (bridge !== undefined) return { path: "long", missing: [] };
  if (isUnsure.edits) return unknown(missing);
  if (functions.length > 0) return unknown(functions);
  // Without a conflict no edit was found that even the new side takes: nothing is milder than that.
  return { path: "cp-dp-sync", missing: [] };
}

function unknown(missing: readonly string[]): Verdict {
  return { path: "unknown", missing };
}

/** A function of the schema that judges values now and did not before: no number of values shows what it does with the others. */
export function decidingFunction(change: Change): readonly string[] {
  const [found] = functionsIn(judgesNow(change));
  if (found === undefined) return [];
  const { position } = found;
  const place =
    position === undefined ? "" : ` at ${position.file ?? "schema.lua"}:${position.line}:${position.column}`;
  return [`what the function${place} does with other values`];
}

/** What a change makes a value be judged by: a validator, or a rule over several parameters. */
export function judgesNow(change: Change): Value | undefined {
  if (change.subject === "entity-check") return change.new?.check;
  return change.subject === "attribute" ? change.new : undefined;
}

/** The same for what it takes away. */
export function judgesBefore(change: Change): Value | undefined {
  if (change.subject === "entity-check") return change.old?.check;
  return change.subject === "attribute" ? change.old : undefined;
}
