import type { ErrorTree } from "../../schema/format-errors.js";
import type { JsonObject, Json } from "../../changes/json.js";
import { isJsonList, isJsonMap, type ValuePath } from "../instance.js";
import { valueAt } from "../values.js";

/** One of Kong's errors, at the value that it is about. */
export interface PlacedError {
  /** Starts at the instance. */
  readonly path: ValuePath;
  readonly error: string;
  /** Whether it is about values in the map at the path, without saying which: a check of a record says so, and so does a map. */
  readonly isAboutRecord: boolean;
}

/** The errors of an instance's tree, one by one. `entity` is the instance with its fields. */
export function placedErrors(errors: ErrorTree, entity: JsonObject): readonly PlacedError[] {
  return errorsIn(errors, entity, []);
}

function errorsIn(errors: ErrorTree, value: Json | undefined, path: ValuePath): readonly PlacedError[] {
  return Object.entries(errors).flatMap(([key, error]) => {
    if (key === "@entity" || key === "@raised")
      return textsOf(error).map((text) => ({ path, error: text, isAboutRecord: true }));
    // Kong numbers list entries from 1.
    const here = [...path, isJsonList(value) ? Number(key) - 1 : key];
    const item = valueAt(value, here.slice(-1));
    return typeof error === "string"
      ? [{ path: here, error, isAboutRecord: isJsonMap(item) }]
      : errorsIn(error, item, here);
  });
}

function textsOf(error: string | ErrorTree): readonly string[] {
  return typeof error === "string" ? [error] : Object.values(error).flatMap(textsOf);
}
