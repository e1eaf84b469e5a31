import { LuaBytes, LuaFunctionValue, LuaOpaque, LuaTable } from "../../lua/value.js";
import type { LuaArgument, LuaValue } from "../../lua/value.js";
import { isBytes, isLuaFunction, isMixedTable, isOpaque } from "../model.js";
import type { LuaFunction, Value } from "../model.js";

/**
 * What Kong's engine computes with: a Lua value, its tables open to change. `null` is `ngx.null`, and `undefined` is `nil`.
 * Definitions (fields, records), configurations and trees of errors are all of this kind, as they are in Kong.
 */
export type Data = null | boolean | number | string | LuaBytes | LuaFunctionValue | LuaOpaque | Table;

/** A Lua table: the list part apart from the other keys. */
export class Table {
  /** The values of the keys 1, 2, … without a gap. */
  readonly list: Data[] = [];
  /** The other keys, in the order in which they were first set. */
  readonly rest = new Map<Data, Data>();
  /** Whether the table carries cjson's mark of an array, so that it is `[]` and not `{}` when it is empty. */
  isMarkedArray = false;
  /** The definition by which filling in made this table, where doing so again would change nothing. */
  filledBy: object | undefined;

  get(key: Data): Data | undefined {
    return typeof key === "number" && key > 0 && key <= this.list.length && Number.isInteger(key)
      ? this.list[key - 1]
      : this.rest.get(key);
  }

  /** Sets a key; `undefined` removes it. */
  set(key: Data, value: Data | undefined): void {
    if (typeof key !== "number" || !Number.isInteger(key) || key < 1 || key > this.list.length + 1) {
      if (value === undefined) this.rest.delete(key);
      else this.rest.set(key, value);
    } else if (value !== undefined) {
      this.list[key - 1] = value;
      if (key === this.list.length && this.rest.size > 0) this.#adoptFollowing();
    } else if (key <= this.list.length) {
      const after = this.list.splice(key - 1);
      for (const [offset, item] of after.entries()) if (offset > 0) this.rest.set(key + offset, item);
    }
  }

  get isEmpty(): boolean {
    return this.list.length === 0 && this.rest.size === 0;
  }

  /** All keys and values as they are now: the table may be changed meanwhile. */
  entries(): [Data, Data][] {
    const entries: [Data, Data][] = [];
    for (const value of this.list) entries.push([entries.length + 1, value]);
    for (const entry of this.rest) entries.push(entry);
    return entries;
  }

  #adoptFollowing(): void {
    for (;;) {
      const key = this.list.length + 1;
      const value = this.rest.get(key);
      if (value === undefined) return;
      this.rest.delete(key);
      this.list.push(value);
    }
  }
}

export function tableOf(entries: Iterable<readonly [Data, Data | undefined]>): Table {
  const table = new Table();
  for (const [key, value] of entries) table.set(key, value);
  return table;
}

export function listOf(items: Iterable<Data>): Table {
  const table = new Table();
  for (const item of items) table.list.push(item);
  return table;
}

/** A deep copy with the marks kept; a table that stands in two places is one table in the copy too (`cycle_aware_deep_copy`). */
export function deepCopy(value: Data): Data {
  return value instanceof Table ? copyTable(value, new Map()) : value;
}

export function deepCopyTable(table: Table): Table {
  return copyTable(table, new Map());
}

function copyTable(table: Table, seen: Map<Table, Table>): Table {
  const known = seen.get(table);
  if (known !== undefined) return known;
  const copy = new Table();
  copy.isMarkedArray = table.isMarkedArray;
  seen.set(table, copy);
  for (const item of table.list) copy.list.push(item instanceof Table ? copyTable(item, seen) : item);
  for (const [key, item] of table.rest) copy.rest.set(key, item instanceof Table ? copyTable(item, seen) : item);
  return copy;
}

/** What is left of a table on its way through a database or a payload: only an empty table keeps its mark. */
export function storedCopy(table: Table): Table {
  const copy = new Table();
  const copied = (item: Data) => (item instanceof Table ? storedCopy(item) : item);
  for (const item of table.list) copy.list.push(copied(item));
  for (const [key, item] of table.rest) copy.rest.set(key, copied(item));
  copy.isMarkedArray = table.isMarkedArray && copy.isEmpty;
  return copy;
}

/** A table made of a table's own entries, without its mark. */
export function shallowCopy(table: Table): Table {
  const copy = listOf(table.list);
  for (const [key, value] of table.rest) copy.rest.set(key, value);
  return copy;
}

/** How deep lua-cjson reads JSON before it answers "Found too many nested data structures" (its default). */
export const maxJsonDepth = 1000;

/** Thrown by `fromJson` for what no JSON text can hold, or none that Kong reads. */
export class NotJson extends Error {}

const none: ReadonlySet<string> = new Set();

/**
 * JSON-like data as Kong has it after decoding a request or a payload: an empty array carries the mark. The strings in `assumed` stand for
 * values that are not known; each becomes an opaque value of that name.
 */
export function fromJson(value: unknown, assumed = none): Data {
  return jsonToData(value, assumed, 0);
}

function jsonToData(value: unknown, assumed: ReadonlySet<string>, depth: number): Data {
  if (typeof value === "string") return assumed.has(value) ? new LuaOpaque(value) : value;
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value !== "object") throw new NotJson(`a ${typeof value} is not JSON`);
  if (depth >= maxJsonDepth) throw new NotJson(`Found too many nested data structures (${maxJsonDepth + 1})`);
  const table = new Table();
  if (Array.isArray(value)) {
    table.isMarkedArray = value.length === 0;
    for (const item of value) table.list.push(jsonToData(item, assumed, depth + 1));
    return table;
  }
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) table.rest.set(key, jsonToData(item, assumed, depth + 1));
  }
  return table;
}

/** A value of a schema as Kong has it after evaluating the source: nothing is marked. */
export function fromValue(value: Value): Data {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return listOf(value.map(fromValue));
  if (isLuaFunction(value)) return new LuaFunctionValue(value.luaFunction, value.digest, value.position);
  if (isOpaque(value)) return new LuaOpaque(value.opaque);
  if (isBytes(value)) return new LuaBytes(value.bytes);
  if (isMixedTable(value)) return tableOf(value.luaTable.map(([key, item]) => [fromValue(key), fromValue(item)]));
  return tableOf(Object.entries(value).map(([key, item]) => [key, fromValue(item)]));
}

/** A table out of the VM. One that stands in two places becomes one table; `made` gets what each became. */
export function tableFromLua(source: LuaTable, made: Map<LuaTable, Table>): Table {
  const known = made.get(source);
  if (known !== undefined) return known;
  const table = new Table();
  made.set(source, table);
  const convert = (value: LuaValue) => (value instanceof LuaTable ? tableFromLua(value, made) : value);
  for (const entry of source.entries) table.set(convert(entry.key), convert(entry.value));
  return table;
}

/**
 * Plain data with own properties only; an empty table is `[]` where it carries the mark of an array. What `fromJson` made opaque is the
 * same string again.
 */
export function toValue(data: Data, assumed = none): Value {
  if (data === null || typeof data !== "object") return data;
  if (data instanceof LuaBytes) return { bytes: data.base64 };
  if (data instanceof LuaOpaque) return assumed.has(data.path) ? data.path : { opaque: data.path };
  if (data instanceof LuaFunctionValue) return functionToValue(data);
  if (data.rest.size === 0 && (data.list.length > 0 || data.isMarkedArray))
    return data.list.map((item) => toValue(item, assumed));
  const named: [string, Value][] = [];
  for (const [key, value] of data.rest) if (typeof key === "string") named.push([key, toValue(value, assumed)]);
  if (data.list.length === 0 && named.length === data.rest.size) return Object.fromEntries(named);
  return { luaTable: data.entries().map(([key, value]) => [toValue(key), toValue(value, assumed)] as const) };
}

function functionToValue(data: LuaFunctionValue): LuaFunction {
  const { id, digest, position } = data;
  return { luaFunction: id, digest, ...(position === undefined ? {} : { position }) };
}

/** What a Lua function of the schema is given. */
export function toArgument(data: Data | undefined): LuaArgument {
  if (data === null || data === undefined || typeof data !== "object" || data instanceof LuaOpaque) return data;
  if (!(data instanceof Table)) throw new NotExpressible();
  if (data.rest.size === 0 && (data.list.length > 0 || data.isMarkedArray)) return data.list.map(toArgument);
  if (data.list.length > 0) throw new NotExpressible();
  return Object.fromEntries(
    Array.from(data.rest, ([key, value]) => {
      if (typeof key !== "string") throw new NotExpressible();
      return [key, toArgument(value)];
    }),
  );
}

/** Thrown by `toArgument` for a value that cannot be handed to a function of the schema. */
export class NotExpressible extends Error {}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
