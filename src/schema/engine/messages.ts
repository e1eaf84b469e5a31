import { Table } from "./data.js";
import type { Data } from "./data.js";
import { display } from "./lua.js";

/** Kong's words (`validation_errors` of kong/db/schema/init.lua, 3.9.1), so that an answer reads as Kong's log and Admin API do. */
export const messages = {
  array: "expected an array",
  set: "expected a set",
  map: "expected a map",
  record: "expected a record",
  string: "expected a string",
  number: "expected a number",
  boolean: "expected a boolean",
  integer: "expected an integer",
  function: "expected a function",

  timestamp: "expected a valid timestamp",
  uuid: "expected a valid UUID",

  badInput: "expected an input table",
  required: "required field missing",
  unknown: "unknown field",
  requiredForEntityCheck: "field required for entity check",
  abstract: "error in schema definition: abstract field was not specialized",
  cannotValidate: "error in schema prevents from validating this field",
  missingPrimaryKey: "missing primary key",
} as const;

/** `'a', 'b'`, and `('a', 'b'), ('c')` for lists of lists. */
export function quotedList(words: readonly Data[]): string {
  return words.map((word) => (word instanceof Table ? `(${quotedList(word.list)})` : `'${display(word)}'`)).join(", ");
}
