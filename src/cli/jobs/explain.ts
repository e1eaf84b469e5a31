import type * as Library from "../../index.js";
import { CliError } from "../errors.js";
import type { ExplainRequest } from "../explain-command.js";
import type { Outcome } from "../surroundings.js";

/** The page of a rule or of a kind of change, in Markdown. */
export interface ExplainJob extends ExplainRequest {
  readonly kind: "explain";
}

export function runExplainJob({ name }: ExplainJob, library: typeof Library): Outcome {
  const { findKind, findRule, kindPage, kindsPage, rulePage, rulesPage } = library;
  if (name === undefined) return printed(`${rulesPage()}\n${kindsPage()}`);
  const rule = findRule(name);
  if (rule !== undefined) return printed(rulePage(rule));
  const kind = findKind(name);
  if (kind !== undefined) return printed(kindPage(kind));
  throw new CliError(
    "usage",
    `there is no rule and no kind of change called ${name}`,
    "kong-schema-advisor explain lists them.",
  );
}

function printed(stdout: string): Outcome {
  return { exitCode: 0, stdout, stderr: "" };
}
