import type { Proto } from "fengari/src/lfunc.js";
import { LClosure, type TValue } from "fengari/src/lobject.js";
import { TString } from "fengari/src/lstring.js";
import { Table } from "fengari/src/ltable.js";
import { SchemaError, type Position } from "../errors.js";
import { sha256, type ValueWriter } from "./digest.js";
import { isNull } from "./interop.js";
import type { Limits } from "./limits.js";
import { opaqueIn } from "./opaque.js";
import { textOf } from "./strings.js";
import type { FunctionOrigin, TableOrigin } from "./trips.js";
import type { UnknownHost } from "./unknown.js";
import { LuaBytes, LuaFunctionValue, LuaOpaque, LuaTable, type LuaEntry, type LuaValue } from "./value.js";

export interface ExtractHost {
  readonly limits: Limits;
  readonly writer: ValueWriter;
  readonly tableOrigins: ReadonlyMap<number, TableOrigin>;
  readonly functionOrigins: ReadonlyMap<Proto, FunctionOrigin>;
  /** The names of functions of the host; those of typedefs begin with `native:`. */
  nameOf(fn: unknown): string | undefined;
  /** A text for what the schema has changed inside a module that is not visible; empty for nothing. */
  changesOf(module: string): string;
  /** What is not known of the tables that a function was given. */
  readonly unknownEntries: UnknownHost["unknownEntries"];
  /** Ends the evaluation. */
  fail(error: SchemaError): never;
}

/** So many bytes of a string, or characters of a path, count as one more value of the result. */
const bytesPerNode = 64;

/**
 * Takes values out of the VM as plain data. It walks the tables themselves: no metamethod runs, and nothing that the
 * schema did to `pairs`, `next` or `type` matters. A table that stands in two places becomes one object.
 */
export class Extractor {
  readonly #host: ExtractHost;
  /** Finished tables; undefined while one is being walked. */
  readonly #tables = new Map<Table, { readonly table: LuaTable; readonly nodes: number } | undefined>();
  readonly #strings = new Map<TString, string | LuaBytes>();
  /** Functions in the order in which they were found: the N-th has the id `lua:N`. */
  readonly #functions: TValue[] = [];
  readonly #ids = new Map<unknown, string>();
  #nodes = 0;

  constructor(host: ExtractHost) {
    this.#host = host;
  }

  get hasFunctions(): boolean {
    return this.#functions.length > 0;
  }

  /** The function with this id, or undefined. */
  functionOf(id: string): TValue | undefined {
    return this.#functions[Number(id.replace(/^lua:/, "")) - 1];
  }

  /** Takes values out; they may share tables. */
  values(slots: readonly (TValue | undefined)[], position: Position | undefined): (LuaValue | undefined)[] {
    // whatever was found before may have changed since
    this.#tables.clear();
    this.#strings.clear();
    this.#nodes = 0;
    this.#host.writer.beginWalk();
    return slots.map((slot) => this.#value(slot, position, 0));
  }

  #value(slot: TValue | undefined, position: Position | undefined, depth: number): LuaValue | undefined {
    const value = slot?.value;
    if (slot === undefined || value === undefined) return undefined;
    if (typeof value === "boolean" || typeof value === "number") return value;
    if (value instanceof TString) return this.#string(value, position);
    if (value instanceof Table) return this.#table(value, position, depth);
    if (value instanceof LClosure || typeof value === "function") return this.#function(slot, value);
    const opaque = opaqueIn(slot);
    if (opaque !== undefined) return this.#opaque(opaque.path + this.#host.changesOf(opaque.module), position);
    if (value === null) return undefined;
    return isNull(slot) ? null : new LuaOpaque("a value of a kind that no schema has");
  }

  #string(string: TString, position: Position | undefined): string | LuaBytes {
    const bytes = string.realstring;
    this.#count(Math.floor(bytes.length / bytesPerNode), position);
    const known = this.#strings.get(string);
    if (known !== undefined) return known;
    const made = textOf(string) ?? new LuaBytes(Buffer.from(bytes).toString("base64"));
    this.#strings.set(string, made);
    return made;
  }

  #opaque(path: string, position: Position | undefined): LuaOpaque {
    this.#count(Math.floor(path.length / bytesPerNode), position);
    return new LuaOpaque(path);
  }

  #function(slot: TValue, value: unknown): LuaFunctionValue {
    const name = this.#host.nameOf(value);
    if (name?.startsWith("native:") === true) return new LuaFunctionValue(name, sha256(name), undefined);
    let id = this.#ids.get(value);
    if (id === undefined) {
      id = `lua:${this.#functions.push(slot)}`;
      this.#ids.set(value, id);
    }
    if (!(value instanceof LClosure)) return new LuaFunctionValue(id, sha256(`library:${name ?? "?"}`), undefined);
    const origin = this.#host.functionOrigins.get(value.p);
    const range = origin?.shape.range;
    const position = range === undefined ? undefined : origin?.positionAt(range[0]);
    return new LuaFunctionValue(id, this.#host.writer.digest(value), position);
  }

  #table(table: Table, nearest: Position | undefined, depth: number): LuaTable {
    const { limits } = this.#host;
    const origin = this.#host.tableOrigins.get(table.id);
    const position = origin === undefined ? nearest : origin.positionAt(origin.shape.offset);
    const known = this.#tables.get(table);
    if (known !== undefined) {
      this.#count(known.nodes, position);
      return known.table;
    }
    if (this.#tables.has(table)) {
      this.#refuse("data-cyclic", "the schema contains itself: a table leads back to it", {
        position,
        nextStep: "Write the nested table out, or build a copy of it: a schema has to be a tree.",
      });
    }
    if (depth >= limits.dataDepth) {
      this.#refuse("limit-data-depth", `the schema is nested more than ${limits.dataDepth} tables deep`, {
        position,
        nextStep: "Make the configuration flatter, or raise the limit `dataDepth`.",
      });
    }
    if (table.strong.size > limits.tableEntries) {
      this.#refuse("limit-table", `a table of the schema has more than ${limits.tableEntries} entries`, {
        position,
        nextStep: "A schema needs a small part of this: simplify it, or raise the limit `tableEntries`.",
      });
    }
    this.#tables.set(table, undefined);
    const before = this.#nodes;
    this.#count(table.strong.size + 1, position);
    const entries: LuaEntry[] = [];
    for (let entry = table.f; entry !== undefined; entry = entry.n) {
      const key = this.#value(entry.key, position, depth + 1);
      const offset = key === undefined ? undefined : offsetOf(key, origin);
      const place = offset === undefined ? undefined : origin?.positionAt(offset);
      const value = this.#value(entry.value, place ?? position, depth + 1);
      if (key !== undefined && value !== undefined) entries.push({ key, value, position: place });
    }
    for (const [key, value] of this.#host.unknownEntries.get(table) ?? []) entries.push({ key, value, position });
    const extracted = new LuaTable(inOrder(entries), position);
    this.#tables.set(table, { table: extracted, nodes: this.#nodes - before });
    return extracted;
  }

  #count(nodes: number, position: Position | undefined): void {
    this.#nodes += nodes;
    const { dataNodes } = this.#host.limits;
    if (this.#nodes <= dataNodes) return;
    this.#refuse("limit-data-size", `the schema holds more than ${dataNodes} values`, {
      position,
      nextStep:
        "A table that stands in many places counts in each, a long text as several values: simplify, or raise the limit `dataNodes`.",
    });
  }

  #refuse(...of: ConstructorParameters<typeof SchemaError>): never {
    this.#host.fail(new SchemaError(...of));
  }
}

/** Where a key stands in the constructor that made the table. */
function offsetOf(key: LuaValue, origin: TableOrigin | undefined): number | undefined {
  if (typeof key === "string") return origin?.shape.offsetOfName(key);
  return typeof key === "number" ? origin?.shape.offsetOfItem(key) : undefined;
}

/** List items by their number (a constructor sets them from the last to the first), then the rest in the order of setting. */
function inOrder(entries: readonly LuaEntry[]): readonly LuaEntry[] {
  if (isInOrder(entries)) return entries;
  const listed = entries.filter(({ key }) => typeof key === "number");
  listed.sort((a, b) => Number(a.key) - Number(b.key));
  return [...listed, ...entries.filter(({ key }) => typeof key !== "number")];
}

function isInOrder(entries: readonly LuaEntry[]): boolean {
  let last = -Infinity;
  for (const { key } of entries) {
    if (typeof key !== "number") last = Infinity;
    else if (key < last) return false;
    else last = key;
  }
  return true;
}
