import * as lua from "fengari/src/lua.js";
import { Udata, type TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { entryNumbered, slotAt, slotBytes, tableAt } from "./interop.js";
import { setConstants, type Library } from "./library/library.js";
import type { Meter } from "./meter.js";
import { setPrepared } from "./prepared.js";
import { showBytes } from "./strings.js";

/**
 * Opaque values stand for what comes from a module that is not visible here. They can be indexed, called, joined and gone
 * over; each result is opaque again and knows by which path it came about, so that two of them are equal only if they came
 * about in the same way. Where the source goes one way or the other by such a value (a test, a comparison), the value counts
 * as true, as unequal to all others and as not less, and the host is told.
 */
export interface OpaqueRef {
  /** Module and access path: `kong.meta._NAME`. */
  readonly path: string;
  /** The module alone, or `ngx` or `kong` for a global. */
  readonly module: string;
}

export interface OpaqueHost {
  readonly meter: Meter;
  /** Called when a function asks something of an opaque value, with its path. May throw. */
  opaqueUsed(path: string): void;
  /** Called where it hangs on an opaque value which way the source goes, or on whether there is one at all. May throw. */
  opaqueDecides(opaque: OpaqueRef, asks?: "whether it is there"): void;
  /** Called where a loop over an opaque value, or an entry under one, stands for any number of them. May throw. */
  opaqueGuessed(path: string): void;
  /** Called when a function changes something inside a module, with a text of the change. */
  opaqueChanged(module: string, change: string): void;
  /** A short text for an argument of an opaque call, equal for equal values. */
  summarise(slot: TValue): string;
}

export type PushOpaque = (L: LuaState, opaque: OpaqueRef) => void;

/** The opaque value in this slot, or undefined where it holds something else. */
export function opaqueIn(slot: TValue | undefined): OpaqueRef | undefined {
  if (!(slot?.value instanceof Udata)) return undefined;
  const { path, module } = slot.value.data;
  return typeof path === "string" && typeof module === "string" ? { path, module } : undefined;
}

/** Gives the function that pushes opaque values in a state. */
export function opaqueValues({ meter }: OpaqueHost): PushOpaque {
  return (L, { path, module }) => {
    meter.string(path.length);
    Object.assign(lua.lua_newuserdata(L, 0), { path, module });
    if (lua.lua_rawgeti(L, lua.LUA_REGISTRYINDEX, metatableSlot) === lua.LUA_TNIL) {
      lua.lua_pop(L, 1);
      lua.lua_newtable(L);
      setPrepared(L, opaqueLibrary);
      setConstants(L, { __metatable: "opaque value" });
      lua.lua_pushvalue(L, -1);
      lua.lua_rawseti(L, lua.LUA_REGISTRYINDEX, metatableSlot);
    }
    lua.lua_setmetatable(L, -2);
  };
}

/** The name of the metamethods of opaque values among the prepared libraries. */
export const opaqueLibrary = "opaque value";

export function opaqueMetamethods(push: PushOpaque, host: OpaqueHost): Library {
  /** The opaque operand of a metamethod: the first, or the second of an operator. */
  const used = (L: LuaState): OpaqueRef => {
    const opaque = opaqueIn(slotAt(L, 1)) ?? opaqueIn(slotAt(L, 2)) ?? { path: "?", module: "?" };
    host.opaqueUsed(opaque.path);
    return opaque;
  };

  const comparison = (L: LuaState): number => {
    host.opaqueDecides(used(L));
    lua.lua_pushboolean(L, false);
    return 1;
  };
  return {
    __index(L) {
      const { path, module } = used(L);
      const key = lua.lua_type(L, 2) === lua.LUA_TSTRING ? slotBytes(slotAt(L, 2)) : undefined;
      push(L, { path: key === undefined ? `${path}[${summaries(L, 2, host)}]` : `${path}.${showBytes(key)}`, module });
      return 1;
    },
    __newindex(L) {
      const { path, module } = used(L);
      const change = `${path}[${summaries(L, 2, host)}]`;
      host.meter.string(change.length);
      host.opaqueChanged(module, change);
      return 0;
    },
    __call(L) {
      const { path, module } = used(L);
      // `for x in opaque() do` calls with nil and what it got last: its body is run once instead of for ever.
      if (lua.lua_type(L, 2) === lua.LUA_TNIL && opaqueIn(slotAt(L, 3))?.path.startsWith(`${path}(`) === true) {
        host.opaqueGuessed(path);
        return 0;
      }
      push(L, { path: `${path}(${summaries(L, 2, host)})`, module });
      return 1;
    },
    __eq(L) {
      const opaque = used(L);
      const isSame = opaque.path === opaqueIn(slotAt(L, 2))?.path;
      if (!isSame) host.opaqueDecides(opaque);
      lua.lua_pushboolean(L, isSame);
      return 1;
    },
    __lt: comparison,
    __le: comparison,
    __len(L) {
      const { path, module } = used(L);
      push(L, { path: `#${path}`, module });
      return 1;
    },
    ...Object.fromEntries(
      Object.entries(operators).map(([name, sign]) => [
        name,
        (L: LuaState) => {
          const { module } = used(L);
          lua.lua_settop(L, 2);
          push(L, { path: `(${summaries(L, 1, host, ` ${sign} `)})`, module });
          return 1;
        },
      ]),
    ),
  };
}

/** A place in the registry that fengari does not use (it has 1 and 2). */
const metatableSlot = 100;

const operators = {
  __concat: "..",
  __add: "+",
  __sub: "-",
  __mul: "*",
  __div: "/",
  __mod: "%",
  __pow: "^",
  __unm: "-",
};

/**
 * Wraps a library function: where one of its first `watched` arguments is opaque, it gives an opaque value instead of
 * an error. A function that `changes` its first argument is noted as a change of the module.
 */
export function lettingOpaqueThrough(
  name: string,
  fn: lua.LuaCFunction,
  push: PushOpaque,
  host: OpaqueHost,
  { watched, changes }: { watched: number; changes: boolean },
): lua.LuaCFunction {
  return (L) => {
    const last = Math.min(watched, lua.lua_gettop(L));
    for (let index = 1; index <= last; index++) {
      const opaque = opaqueIn(slotAt(L, index));
      if (opaque === undefined) continue;
      host.opaqueUsed(opaque.path);
      const call = `${name}(${summaries(L, 1, host)})`;
      if (changes && index === 1) host.opaqueChanged(opaque.module, call);
      push(L, { path: call, module: opaque.module });
      return 1;
    }
    return fn(L);
  };
}

/** The same for a function of a list, where an item is opaque. */
export function lettingOpaqueItemsThrough(
  name: string,
  fn: lua.LuaCFunction,
  push: PushOpaque,
  host: OpaqueHost,
): lua.LuaCFunction {
  return (L) => {
    const list = tableAt(L, 1);
    if (list === undefined) return fn(L);
    for (let index = 1, item; (item = entryNumbered(list, index)) !== undefined; index++) {
      host.meter.spend(1);
      const opaque = opaqueIn(item);
      if (opaque === undefined) continue;
      host.opaqueUsed(opaque.path);
      push(L, { path: `${name}(${summaries(L, 1, host)})`, module: opaque.module });
      return 1;
    }
    return fn(L);
  };
}

/** What stands for all entries when an opaque value is gone over: the source's loop is run once. */
export function opaqueEntryOf({ path, module }: OpaqueRef): { readonly key: OpaqueRef; readonly value: OpaqueRef } {
  return { key: { path: `a key of ${path}`, module }, value: { path: `${path}[…]`, module } };
}

/** A function of the host that is not here: while the schema is loaded its result is opaque, and a validator ends there. */
export function absentFunction(name: string, push: PushOpaque, host: OpaqueHost): lua.LuaCFunction {
  const module = name.split(".")[0] ?? name;
  return (L) => {
    host.opaqueUsed(name);
    push(L, { path: `${name}(${summaries(L, 1, host)})`, module });
    return 1;
  };
}

function summaries(L: LuaState, from: number, host: OpaqueHost, separator = ", "): string {
  return L.stack
    .slice(L.ci.funcOff + from, L.top)
    .map((slot) => host.summarise(slot))
    .join(separator);
}
