import { positionAlong } from "../changes/along.js";
import type { Change } from "../changes/registry.js";
import type { Position } from "../errors.js";
import { isLuaFunction, type FieldPath, type RecordBody, type Value } from "../schema/model.js";
import { fieldsAlong } from "../changes/along.js";
import type { SidePosition } from "./classified-change.js";

/** Where a change stands in the two sources, the old one first, as near as the source says. */
export function positionsOf(change: Change, old: RecordBody, now: RecordBody): readonly SidePosition[] {
  return [...side("old", sourcePosition(change, "old", old)), ...side("new", sourcePosition(change, "new", now))];
}

function side(name: "old" | "new", position: Position | undefined): readonly SidePosition[] {
  if (position === undefined) return [];
  const { file, line, column } = position;
  return [{ side: name, ...(file === undefined ? {} : { file }), line, column }];
}

function sourcePosition(change: Change, which: "old" | "new", body: RecordBody): Position | undefined {
  switch (change.subject) {
    case "attribute":
      return functionPosition(change[which]) ?? positionAlong(body, change.path);
    case "entity-check": {
      const check = change[which];
      return check === undefined ? undefined : (check.position ?? positionAlong(body, change.path));
    }
    case "shorthand":
      return shorthandPosition(change.path, body);
    case "field-move": {
      const [end] = which === "old" ? change.from : change.to;
      return end === undefined ? shorthandPosition(change.path, body) : positionAlong(body, end.path);
    }
    case "plugin-name":
    case "field-addition":
    case "field-removal":
    case "definition":
    case "type":
    case "shadowed-definitions":
      return positionAlong(body, change.path);
  }
}

function functionPosition(value: Value | undefined): Position | undefined {
  return isLuaFunction(value) ? value.position : undefined;
}

function shorthandPosition(path: FieldPath, body: RecordBody): Position | undefined {
  const above = path.slice(0, -1);
  const record = above.length === 0 ? body : fieldsAlong(body, above)[above.length - 1];
  if (record === undefined || !("shorthandFields" in record)) return undefined;
  const named = record.shorthandFields.findLast(({ name }) => name === path.at(-1));
  return named === undefined ? undefined : (named.position ?? named.field.position);
}
