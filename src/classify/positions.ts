import { positionAlong } from "../changes/along.js";
import type { Change } from "../changes/registry.js";
import type { Position } from "../errors.js";
import { isLuaFunction, type FieldPath, type RecordBody, type SchemaTree, type Value } from "../schema/model.js";
import { fieldsAlong } from "../changes/along.js";
import type { SidePosition } from "./classified-change.js";

/** Where a change stands in the two sources, the old one first, as near as the source says. */
export function positionsOf(change: Change, old: SchemaTree, now: SchemaTree): readonly SidePosition[] {
  return [...side("old", sourcePosition(change, "old", old)), ...side("new", sourcePosition(change, "new", now))];
}

function side(name: "old" | "new", position: Position | undefined): readonly SidePosition[] {
  if (position === undefined) return [];
  const { file, line, column } = position;
  return [{ side: name, ...(file === undefined ? {} : { file }), line, column }];
}

function sourcePosition(change: Change, which: "old" | "new", tree: SchemaTree): Position | undefined {
  switch (change.subject) {
    case "attribute":
      return functionPosition(change[which]) ?? positionAlong(tree, change.path);
    case "entity-check": {
      const check = change[which];
      return check === undefined ? undefined : (check.position ?? positionAlong(tree, change.path));
    }
    case "shorthand":
      return shorthandPosition(change.path, tree);
    case "field-move": {
      const [end] = which === "old" ? change.from : change.to;
      return end === undefined ? shorthandPosition(change.path, tree) : positionAlong(tree, end.path);
    }
    case "plugin-name":
      return tree.position;
    case "field-addition":
    case "field-removal":
    case "definition":
    case "type":
    case "shadowed-definitions":
      return positionAlong(tree, change.path);
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
