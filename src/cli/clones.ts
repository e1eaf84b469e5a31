import type { ClonedPlugin } from "../index.js";
import { CliError, messageOf } from "./errors.js";

/**
 * Reads definitions of cloned plugins in JSON: a decK file (`cloned_plugins`), an answer of `GET /cloned-plugins` (`data`), a list, or the
 * body of one request.
 */
export function readClones(text: string, shown: string): readonly ClonedPlugin[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new CliError(
      "definitions-not-readable",
      `${shown} is no JSON: ${messageOf(thrown)}`,
      "decK writes JSON with --format json; yq -o json turns YAML into it.",
    );
  }
  const entries = entriesOf(value);
  const list = entries.get("cloned_plugins") ?? entries.get("data") ?? value;
  return (Array.isArray(list) ? list : [list]).map((item: unknown) => {
    const { name, ref, priority } = Object.fromEntries(entriesOf(item));
    if (
      typeof name !== "string" ||
      typeof ref !== "string" ||
      (priority !== undefined && priority !== null && typeof priority !== "number")
    ) {
      throw new CliError(
        "definitions-not-readable",
        `${shown} holds something that is no clone: a clone has the texts name and ref, and may have the number priority`,
        'Write for example [{ "name": "my-acl", "ref": "acl" }].',
      );
    }
    return {
      name,
      ref,
      position: { file: shown, line: 1, column: 1 },
      ...(typeof priority === "number" ? { priority } : {}),
    };
  });
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return new Map<string, unknown>(isObject ? Object.entries(value) : []);
}
