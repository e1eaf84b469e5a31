import type { Position } from "../errors.js";

/**
 * A Lua value taken out of the VM as plain data; no VM type leaves `src/lua/`.
 * `null` is `ngx.null`. `nil` is `undefined` and never stands inside a `LuaValue`.
 */
export type LuaValue = null | boolean | number | string | LuaBytes | LuaTable | LuaFunctionValue | LuaOpaque;

/** A string that is not valid UTF-8. */
export class LuaBytes {
  readonly base64: string;
  constructor(base64: string) {
    this.base64 = base64;
  }
}

export class LuaFunctionValue {
  /** `"lua:N"`, the N-th function found in walking the result, or `"native:NAME"` for one of our own. */
  readonly id: string;
  /** SHA-256 of the normalised text and of the upvalues' values, in hexadecimal. */
  readonly digest: string;
  readonly position: Position | undefined;
  constructor(id: string, digest: string, position: Position | undefined) {
    this.id = id;
    this.digest = digest;
    this.position = position;
  }
}

/** A value of a module that is not visible here. */
export class LuaOpaque {
  /** Module and access path: `"kong.meta._NAME"`. */
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

export interface LuaEntry {
  readonly key: LuaValue;
  readonly value: LuaValue;
  /** Where the key (or the list item) stands, where the source says so literally. */
  readonly position: Position | undefined;
}

/** Up to here a search takes less than a map. */
const fewEntries = 8;

/** A table: entries in the order in which they were set, the list part included with number keys from 1. */
export class LuaTable {
  readonly entries: readonly LuaEntry[];
  /** Where the table constructor stands. */
  readonly position: Position | undefined;
  #byKey: ReadonlyMap<LuaValue, LuaEntry> | undefined;

  constructor(entries: readonly LuaEntry[], position: Position | undefined) {
    this.entries = entries;
    this.position = position;
  }

  entry(key: LuaValue): LuaEntry | undefined {
    if (this.entries.length <= fewEntries) return this.entries.find((entry) => entry.key === key);
    this.#byKey ??= new Map(this.entries.map((entry) => [entry.key, entry]));
    return this.#byKey.get(key);
  }

  get(key: LuaValue): LuaValue | undefined {
    return this.entry(key)?.value;
  }
}

/** What a call of a schema's function gave. `undefined` in `values` is `nil`. */
export type CallResult =
  | { readonly outcome: "returned"; readonly values: readonly (LuaValue | undefined)[] }
  /** The function raised an error: its value, a string with Lua's `file:line:` in front for most. */
  | { readonly outcome: "raised"; readonly error: LuaValue | undefined }
  /** The function needed things of the host that are not here, so nothing can be said. */
  | { readonly outcome: "unknown"; readonly missing: readonly string[] };

/**
 * Something to give to a Lua function: JSON-like data, with opaque values in it that are not known. `undefined` is `nil`, `null` is
 * `ngx.null`.
 */
export type LuaArgument =
  | undefined
  | null
  | boolean
  | number
  | string
  | LuaOpaque
  | readonly LuaArgument[]
  | { readonly [key: string]: LuaArgument };

/** The functions of one evaluated schema. */
export interface LuaFunctions {
  /**
   * Calls a function by its id. Arguments are copied in; `argumentsAfter` gives them as the function left them, for Kong
   * lets an entity check or a shorthand's `func` change the table it is given. It is empty where they were left as they are and
   * none of them is in the result.
   * Throws a `SchemaError` when a bound is hit.
   */
  call(
    id: string,
    args: readonly LuaArgument[],
  ): CallResult & { readonly argumentsAfter: readonly (LuaValue | undefined)[] };
}
