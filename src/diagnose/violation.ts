import { withoutEntityKeys, type Leaf } from "./error-path.js";
import { readPrettyTable, type ErrorTable } from "./penlight.js";

/** `schema violation (`, `2 schema violations (`. */
const violationStart = /\b(?:(\d{1,4}) )?schema violations? \(/;

/** Where a refusal of the Admin API begins, -1 for nowhere. */
export function findViolation(text: string): number {
  return text.search(violationStart);
}

/** Whether a line can be part of a table in a refusal. */
export function isTableLine(text: string): boolean {
  return /^\s*(?:[{}"]|[A-Za-z_]\w* = |\[(?:"|\d+\]))/.test(text);
}

/**
 * Reads a refusal of the Admin API (`schema_violation`, kong/db/errors.lua 3.9.1): `schema violation (config.ttl: required field
 * missing)`, several errors joined by `; `, everything below two levels as a table. Undefined where the text has no end.
 */
export function readViolation(text: string): readonly Leaf[] | undefined {
  const start = violationStart.exec(text);
  if (start === null) return undefined;
  const count = Number(start[1] ?? 1);
  const leaves: Leaf[] = [];
  const items = itemsOf(text, start.index + start[0].length, count);
  for (const item of items ?? []) leaves.push(...leavesOf(item));
  return items === undefined ? undefined : leaves;
}

interface Item {
  readonly path: readonly string[];
  readonly value: string | ErrorTable;
}

const name = /(@?[\w-]+)(?:\.([^\s:]+))?: /y;

function itemsOf(text: string, from: number, count: number): readonly Item[] | undefined {
  const items: Item[] = [];
  let at = from;
  while (items.length < count) {
    name.lastIndex = at;
    const named = name.exec(text);
    const path = named === null ? ["@entity"] : [named[1] ?? "", ...(named[2] === undefined ? [] : [named[2]])];
    if (named !== null) at = name.lastIndex;
    const table = text.startsWith("{", at) ? readPrettyTable(text, at) : undefined;
    if (table !== undefined) {
      items.push({ path, value: table.table });
      at = table.end;
      if (text.startsWith("; ", at)) at += 2;
      else break;
      continue;
    }
    // A table whose end is not there yet.
    if (text.startsWith("{\n", at)) return undefined;
    const end = items.length === count - 1 ? endOfLast(text, at) : nextItem(text, at);
    if (end === undefined) return undefined;
    items.push({ path, value: text.slice(at, end) });
    at = end + 2;
  }
  return items;
}

/** Where the next `; name: ` is: a message may hold a semicolon itself. */
function nextItem(text: string, from: number): number | undefined {
  const next = /; (?=@?[\w-]+(?:\.[^\s:]+)?: )/g;
  next.lastIndex = from;
  return next.exec(text)?.index ?? endOfLast(text, from);
}

/** The closing bracket: the one that was not opened in the message, or the last of the line. */
function endOfLast(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === "(") depth++;
    else if (character === ")" && depth-- === 0) return at;
  }
  const last = text.lastIndexOf(")");
  return last >= from ? last : undefined;
}

function leavesOf({ path, value }: Item): readonly Leaf[] {
  if (typeof value === "string") return [{ path: withoutEntityKeys(path.map(numbered)), message: value.trim() }];
  return value.flatMap(([key, inner]) => leavesBelow([...path.map(numbered), key], inner));
}

function leavesBelow(path: readonly (string | number)[], value: string | ErrorTable): readonly Leaf[] {
  if (typeof value === "string") return [{ path: withoutEntityKeys(path), message: value }];
  return value.flatMap(([key, inner]) => leavesBelow([...path, key], inner));
}

/** `protocols.1` is the first of the list. */
function numbered(segment: string, index: number): string | number {
  return index > 0 && /^[1-9]\d*$/.test(segment) ? Number(segment) : segment;
}
