import { Table } from "./engine/data.js";
import type { Data } from "./engine/data.js";
import { display } from "./engine/lua.js";
import { writePretty } from "./engine/pretty.js";

/** Kong's errors by field name; those of a list's entries under `"1"`, `"2"`, …, those of a record itself under `"@entity"`. */
export interface ErrorTree {
  readonly [key: string]: string | ErrorTree;
}

/** Which of Kong's two texts: the line in a data plane's log, or the `message` of the Admin API's answer. */
export type ErrorFormat = "data-plane-log" | "admin-api";

/**
 * The key under which an error stands that Kong's code, or a function of the schema, raises: the request or the payload ends there, and
 * there is no tree. Its text has no `file:line:` in front.
 */
export const raisedKey = "@raised";

/** The errors in Kong's own words and layout, as in the log or the answer that an operator sees. */
export function formatErrors(errors: ErrorTree, format: ErrorFormat): string {
  const raised = Object.hasOwn(errors, raisedKey) ? errors[raisedKey] : undefined;
  switch (format) {
    case "data-plane-log": {
      const text =
        typeof raised === "string"
          ? raised
          : `bad config received from control plane ${indented({ plugins: { 1: errors } }, "", "")}`;
      return `unable to update running config: ${text}`;
    }
    case "admin-api":
      return raised === undefined && isPrintable(errors) ? schemaViolation(errors) : unexpectedError;
  }
}

/** What the Admin API answers to any error that is raised (kong/api/api_helpers.lua). */
const unexpectedError = "An unexpected error occurred";

/** Whether Kong's printing itself does not raise: it sorts keys, and joins the errors of the instance as texts. */
function isPrintable(errors: ErrorTree): boolean {
  const { "@entity": ofEntity, ...ofFields } = errors;
  const isJoinable = violations(errors).length === 1 || errorsIn(ofEntity).every((error) => typeof error === "string");
  const isSortable = (tree: string | ErrorTree) =>
    typeof tree === "string" || new Set(Object.keys(tree).map(isIndex)).size < 2;
  return isJoinable && [ofFields, ...Object.values(ofFields)].every(isSortable);
}

/** `pretty_print_error` of kong/db/declarative/init.lua. */
function indented(errors: ErrorTree, item: string, indent: string): string {
  const lines = Object.entries(errors).flatMap(([key, error]) => {
    const place = isIndex(key) ? `- in entry ${key} of '${item}'` : `in '${key}'`;
    return typeof error === "string"
      ? [`${indent}${place}: ${error}`]
      : [`${indent}${place}:`, indented(error, key, `${indent}  `)];
  });
  return lines.join("\n");
}

/** `schema_violation` of kong/db/errors.lua: two levels as `a.b: …`, everything below as Penlight prints it. */
export function schemaViolation(errors: ErrorTree): string {
  const all = violations(errors);
  const text = all.join("; ");
  return all.length === 1 ? `schema violation (${text})` : `${all.length} schema violations (${text})`;
}

function violations(errors: ErrorTree): readonly string[] {
  const { "@entity": ofEntity, ...ofFields } = errors;
  return [
    ...errorsIn(ofEntity).map((error) => (typeof error === "string" ? error : "table: 0x")),
    ...sorted(ofFields).flatMap(([name, error]) =>
      typeof error === "string"
        ? [`${name}: ${error}`]
        : sorted(error).map(([key, nested]) => `${name}.${key}: ${leafText(nested)}`),
    ),
  ];
}

function errorsIn(tree: string | ErrorTree | undefined): readonly (string | ErrorTree)[] {
  return typeof tree === "object" ? Object.values(tree) : [];
}

function leafText(error: string | ErrorTree): string {
  return typeof error === "string" ? error : writePretty(tableOfErrors(error));
}

function sorted(errors: ErrorTree): [string, string | ErrorTree][] {
  return Object.entries(errors).sort(([a], [b]) => {
    if (isIndex(a) && isIndex(b)) return Number(a) - Number(b);
    if (a === b) return 0;
    return a < b ? -1 : 1;
  });
}

function isIndex(key: string): boolean {
  return /^[1-9]\d*$/.test(key);
}

function tableOfErrors(errors: ErrorTree): Table {
  const table = new Table();
  for (const [key, error] of Object.entries(errors)) {
    table.set(isIndex(key) ? Number(key) : key, typeof error === "string" ? error : tableOfErrors(error));
  }
  return table;
}

/** Kong's tree as plain data. Texts are the only leaves. */
export function errorTreeOf(errors: Table): ErrorTree {
  return Object.fromEntries(errors.entries().map(([key, error]) => [display(key), errorOf(error)]));
}

function errorOf(error: Data): string | ErrorTree {
  return error instanceof Table ? errorTreeOf(error) : display(error);
}
