import type { PluginSchema } from "../schema/model.js";
import { advise } from "./advice.js";
import { SchemaPair } from "./blame.js";
import type { Blame, Complaint, Diagnosis } from "./diagnosis.js";
import { showErrorPath } from "./error-path.js";
import { LogReader } from "./log-reader.js";
import { problemOf, problems, type ProblemId } from "./problems.js";

export interface DiagnoseOptions {
  /** Two versions of the plugin: with both, a diagnosis says which change is to blame, and who has which version. */
  readonly oldSchema?: PluginSchema | undefined;
  readonly newSchema?: PluginSchema | undefined;
}

/** Different refusals that one run keeps; a log repeats the same few. */
const mostDiagnoses = 1000;

/**
 * Reads what Kong's nodes and its Admin API refused out of a log or an answer: each thing once, in the order of the text, with
 * the likely cause and what to do. Lines that say nothing of the kind are passed over.
 */
export function diagnose(logText: string, options: DiagnoseOptions = {}): Diagnosis[] {
  const diagnoser = new Diagnoser(options);
  diagnoser.feed(logText);
  return diagnoser.end();
}

/** As `diagnose`, for a log that is too long to be held: it is fed in pieces of any size. */
export class Diagnoser {
  readonly #pair: SchemaPair | undefined;
  readonly #found = new Map<string, { readonly complaint: Complaint; times: number }>();
  readonly #reader = new LogReader((complaint) => this.#take(complaint));

  constructor({ oldSchema, newSchema }: DiagnoseOptions = {}) {
    this.#pair = oldSchema === undefined || newSchema === undefined ? undefined : new SchemaPair(oldSchema, newSchema);
  }

  feed(text: string): void {
    this.#reader.feed(text);
  }

  /** Everything that was found. Nothing can be fed afterwards. */
  end(): Diagnosis[] {
    this.#reader.end();
    return [...this.#found.values()]
      .sort((a, b) => a.complaint.line - b.complaint.line)
      .map(({ complaint, times }) => this.#judge(complaint, times));
  }

  #take(complaint: Complaint): void {
    const { reporter, entity, entry, path, message } = complaint;
    const key = JSON.stringify([reporter, entity, entry, path, message]);
    const known = this.#found.get(key);
    if (known !== undefined) known.times++;
    else if (this.#found.size < mostDiagnoses) this.#found.set(key, { complaint, times: 1 });
  }

  #judge(complaint: Complaint, times: number): Diagnosis {
    const { reporter, line, entity, entry, path, message } = complaint;
    const problem = problemIn(complaint);
    const blame = this.#blame(complaint, problem);
    const plugin = complaint.plugin ?? namedIn(message) ?? this.#pluginBlamed(blame);
    const { cause, steps } = advise(problem, { ...complaint, plugin }, blame, this.#pair);
    return {
      problem,
      reporter,
      line,
      times,
      plugin,
      entity,
      entry,
      path,
      shownPath: showErrorPath(path),
      message,
      cause,
      blame,
      steps,
      source: problems[problem].source,
    };
  }

  #blame(complaint: Complaint, problem: ProblemId): Blame | null {
    if (this.#pair === undefined || complaint.problem !== undefined || problem === "other-entity") return null;
    return this.#pair.blame(complaint);
  }

  /** Kong does not say which plugin a refused value is of: where one of the two versions refuses it, it is that plugin. */
  #pluginBlamed(blame: Blame | null): string | null {
    switch (blame?.refusedBy) {
      case "old":
        return this.#pair?.oldSchema.name ?? null;
      case "new":
        return this.#pair?.newSchema.name ?? null;
      case "both":
      case "unknown":
      case undefined:
        return null;
    }
  }
}

function problemIn({ problem, entity, message }: Complaint): ProblemId {
  if (problem !== undefined) return problem;
  return entity !== null && entity !== "plugins" ? "other-entity" : problemOf(message);
}

/** `plugin 'x' not enabled` names it. */
function namedIn(message: string): string | null {
  return /^plugin '([^']+)' not enabled/.exec(message)?.[1] ?? null;
}
