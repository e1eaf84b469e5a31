import type { ErrorTree } from "../schema/format-errors.js";
import { formatErrors } from "../schema/format-errors.js";

/** What becomes of a payload. */
export type Outcome =
  | NodeOutcome
  /** A self-managed control plane does not send it at all. */
  | { readonly verdict: "held-back"; readonly reason: string };

/** What a node does with a payload that it gets. */
export type NodeOutcome =
  | { readonly verdict: "accepted" }
  | {
      readonly verdict: "refused";
      /** The line in the data plane's log. Entries are numbered by the instances given here: a real payload may have others before them. */
      readonly log: string;
      /** The instances because of which it is refused, by their index. */
      readonly instances: readonly number[];
    }
  | { readonly verdict: "unknown"; readonly missing: readonly string[] };

/** What nodes say of one instance. */
export interface Judged {
  readonly verdict: "accepted" | "refused" | "unknown";
  readonly errors?: ErrorTree;
  readonly missing?: readonly string[];
}

/** What becomes of a payload with several instances: one that is refused is enough. */
export function outcomeOf(judged: readonly { readonly index: number; readonly answer: Judged }[]): NodeOutcome {
  const refused = judged.flatMap(({ index, answer }) =>
    answer.verdict === "refused" ? [{ index, errors: answer.errors ?? {} }] : [],
  );
  if (refused.length > 0) return refusal(refused);
  const missing = judged.flatMap(({ answer }) => (answer.verdict === "unknown" ? (answer.missing ?? []) : []));
  return missing.length > 0 ? { verdict: "unknown", missing: [...new Set(missing)] } : { verdict: "accepted" };
}

/** A real log has all entries; nobody reads more than these. */
const mostLogged = 10;

export function refusal(errors: readonly { readonly index: number; readonly errors: ErrorTree }[]): NodeOutcome {
  const [first] = errors;
  if (first === undefined) return { verdict: "accepted" };
  const texts = errors.slice(0, mostLogged).map((one) => formatErrors(one.errors, "data-plane-log"));
  const raised = errors.find((one) => Object.hasOwn(one.errors, "@raised"));
  const log = raised === undefined ? joined(texts, errors) : formatErrors(raised.errors, "data-plane-log");
  return { verdict: "refused", log, instances: errors.map(({ index }) => index) };
}

/** Kong prints all entries below one head. */
function joined(texts: readonly string[], errors: readonly { readonly index: number }[]): string {
  const [head = ""] = (texts[0] ?? "").split("\n", 1);
  const entries = texts.map((text, at) =>
    text.slice(head.length).replace("in entry 1 of", `in entry ${(errors[at]?.index ?? 0) + 1} of`),
  );
  const more = errors.length - texts.length;
  return `${head}${entries.join("")}${more > 0 ? `\n  … and ${more} more entries` : ""}`;
}
