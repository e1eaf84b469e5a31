import type { ErrorTree } from "../schema/format-errors.js";
import { formatErrors } from "../schema/format-errors.js";

/** What a node does with a payload. */
export type Outcome =
  | { readonly verdict: "accepted" }
  | {
      readonly verdict: "refused";
      /** The line in the data plane's log. Entries are numbered by the instances given here: a real payload may have others before them. */
      readonly log: string;
      /** The instances because of which it is refused, by their index. */
      readonly instances: readonly number[];
    }
  | { readonly verdict: "unknown"; readonly missing: readonly string[] };

/** A real log has all entries; nobody reads more than these. */
const mostLogged = 10;

export function refusal(errors: readonly { readonly index: number; readonly errors: ErrorTree }[]): Outcome {
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
