import * as lua from "fengari/src/lua.js";
import type { LuaState } from "fengari/src/lstate.js";
import type { TString } from "fengari/src/lstring.js";
import type { Table } from "fengari/src/ltable.js";
import { SchemaError } from "../errors.js";
import { pushNull, pushText, setEntry, stringSlot, tableAt } from "./interop.js";
import type { Limits } from "./limits.js";
import type { Meter } from "./meter.js";
import { luaString } from "./strings.js";
import { hideUnknown, type UnknownHost, type UnknownKey } from "./unknown.js";
import { LuaOpaque, type LuaArgument } from "./value.js";

export interface ArgumentHost extends UnknownHost {
  readonly limits: Limits;
  readonly meter: Meter;
  /** Ends the call. */
  fail(error: SchemaError): never;
}

/** More names than these, and longer ones, are made anew each time. */
const mostNames = 10_000;
const longestName = 64;

/** A table that was given, with its keys and values in turn. */
interface Given {
  readonly table: Table;
  readonly contents: readonly unknown[];
}

/** Hands plain data to the code of one state, as new tables, and tells whether it has changed them. */
export class Arguments {
  readonly #host: ArgumentHost;
  /** The names of parameters, which come with every call. */
  readonly #names = new Map<string, TString>();
  #given: readonly Given[] = [];

  constructor(host: ArgumentHost) {
    this.#host = host;
  }

  /** Pushes the arguments of a call. */
  give(L: LuaState, values: readonly LuaArgument[]): void {
    const given: Given[] = [];
    for (const value of values) this.#push(L, value, 0, given);
    this.#given = given;
  }

  push(L: LuaState, value: LuaArgument): void {
    this.#push(L, value, 0, undefined);
  }

  /** Whether the arguments of the last call hold what they were given: the same keys and values in the same order. */
  get areUntouched(): boolean {
    return this.#given.every(({ table, contents }) => {
      let at = 0;
      for (let entry = table.f; entry !== undefined; entry = entry.n) {
        if (entry.key.value !== contents[at] || entry.value.value !== contents[at + 1]) return false;
        at += 2;
      }
      return at === contents.length;
    });
  }

  #push(L: LuaState, value: LuaArgument, depth: number, given: Given[] | undefined): void {
    const { limits, meter } = this.#host;
    if (depth > limits.dataDepth) {
      this.#host.fail(
        new SchemaError("limit-data-depth", `a value is nested more than ${limits.dataDepth} tables deep`),
      );
    }
    lua.lua_checkstack(L, 4);
    meter.spend(1);
    if (value === undefined) return lua.lua_pushnil(L);
    if (typeof value === "boolean") return lua.lua_pushboolean(L, value);
    if (typeof value === "number") return lua.lua_pushnumber(L, value);
    if (typeof value === "string") {
      meter.string(Buffer.byteLength(value));
      return pushText(L, value);
    }
    if (value === null) return pushNull(L);
    if (value instanceof LuaOpaque) return this.#host.missing([value.path]);
    this.#pushTable(L, value, depth, given);
  }

  #pushTable(
    L: LuaState,
    value: readonly LuaArgument[] | { readonly [key: string]: LuaArgument },
    depth: number,
    given: Given[] | undefined,
  ): void {
    const { meter } = this.#host;
    meter.table();
    lua.lua_newtable(L);
    const entries = Array.isArray(value)
      ? value.map((item: LuaArgument, index) => [index + 1, item] as const)
      : Object.entries(value);
    meter.entries(entries.length);
    const table = tableAt(L, -1);
    if (table === undefined) return;
    const contents: unknown[] = [];
    const unknown = new Map<UnknownKey, LuaOpaque>();
    for (const [key, item] of entries) {
      if (item === undefined) continue;
      if (item instanceof LuaOpaque) {
        unknown.set(key, item);
        continue;
      }
      if (typeof key === "number") lua.lua_pushnumber(L, key);
      else L.stack[L.top++] = stringSlot(this.#name(key));
      this.#push(L, item, depth + 1, given);
      const [keySlot, valueSlot] = [L.stack[L.top - 2], L.stack[L.top - 1]];
      if (keySlot !== undefined && valueSlot !== undefined) {
        setEntry(L, table, keySlot, valueSlot);
        contents.push(keySlot.value, valueSlot.value);
      }
      lua.lua_pop(L, 2);
    }
    given?.push({ table, contents });
    if (unknown.size > 0) hideUnknown(L, this.#host, unknown);
  }

  #name(text: string): TString {
    this.#host.meter.string(Buffer.byteLength(text));
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const made = luaString(text);
    if (text.length <= longestName && this.#names.size < mostNames) this.#names.set(text, made);
    return made;
  }
}
