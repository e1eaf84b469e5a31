import * as lua from "fengari/src/lua.js";
import { Udata } from "fengari/src/lobject.js";
import type { TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { pushText, setFunction, showBytes, toBytes } from "./interop.js";
import type { Meter } from "./meter.js";

/**
 * Opaque values stand for what comes from a module that is not visible here. They can be indexed, called, joined and
 * compared; each result is opaque again and knows by which path it came about, so that two of them are equal only if
 * they came about in the same way.
 */
export interface OpaqueHost {
  readonly meter: Meter;
  /** Called when a function asks something of an opaque value, with its path. May throw. */
  opaqueUsed(path: string): void;
  /** A short text for an argument of an opaque call, equal for equal values. */
  summarise(slot: TValue): string;
}

const pathKey = "opaquePath";

/** The path of the opaque value in this slot, or undefined where it holds something else. */
export function opaquePath(slot: TValue | undefined): string | undefined {
  if (!(slot?.value instanceof Udata)) return undefined;
  const path = slot.value.data[pathKey];
  return typeof path === "string" ? path : undefined;
}

/** Gives the function that pushes opaque values in this state. */
export function opaqueValues(L: LuaState, host: OpaqueHost): (L: LuaState, path: string) => void {
  const pushOpaque = (L: LuaState, path: string): void => {
    host.meter.string(path.length);
    const data = lua.lua_newuserdata(L, 0);
    data[pathKey] = path;
    lua.lua_rawgeti(L, lua.LUA_REGISTRYINDEX, metatableSlot);
    lua.lua_setmetatable(L, -2);
  };
  const at = (L: LuaState, index: number): TValue | undefined => L.stack[L.ci.funcOff + index];
  const touch = (L: LuaState): string => {
    const path = opaquePath(at(L, 1)) ?? opaquePath(at(L, 2)) ?? "?";
    host.opaqueUsed(path);
    return path;
  };
  const operation =
    (name: string): lua.LuaCFunction =>
    (L) => {
      touch(L);
      const operands = [at(L, 1), at(L, 2)].map((slot) => (slot === undefined ? "" : host.summarise(slot)));
      pushOpaque(L, `(${operands.join(` ${name} `)})`);
      return 1;
    };

  lua.lua_newtable(L);
  setFunction(L, "__index", (L) => {
    const path = touch(L);
    // A list item by number is nil: `ipairs` over an opaque value ends at once instead of never.
    if (lua.lua_type(L, 2) === lua.LUA_TNUMBER) return 0;
    const key = lua.lua_type(L, 2) === lua.LUA_TSTRING ? lua.lua_tolstring(L, 2) : null;
    pushOpaque(L, key === null ? `${path}[?]` : `${path}.${showBytes(key)}`);
    return 1;
  });
  setFunction(L, "__newindex", (L) => {
    touch(L);
    return 0;
  });
  setFunction(L, "__call", (L) => {
    const path = touch(L);
    const args: string[] = [];
    for (let index = 2; index <= lua.lua_gettop(L); index++) {
      const slot = at(L, index);
      if (slot !== undefined) args.push(host.summarise(slot));
    }
    pushOpaque(L, `${path}(${args.join(", ")})`);
    return 1;
  });
  setFunction(L, "__eq", (L) => {
    touch(L);
    lua.lua_pushboolean(L, opaquePath(at(L, 1)) === opaquePath(at(L, 2)));
    return 1;
  });
  for (const name of ["__lt", "__le"]) {
    setFunction(L, name, (L) => {
      touch(L);
      lua.lua_pushboolean(L, false);
      return 1;
    });
  }
  setFunction(L, "__len", (L) => {
    touch(L);
    lua.lua_pushnumber(L, 0);
    return 1;
  });
  for (const [name, sign] of Object.entries(operators)) setFunction(L, name, operation(sign));
  pushText(L, "opaque value");
  lua.lua_setfield(L, -2, toBytes("__metatable"));
  lua.lua_rawseti(L, lua.LUA_REGISTRYINDEX, metatableSlot);
  return pushOpaque;
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
 * an error.
 */
export function lettingOpaqueThrough(
  name: string,
  fn: lua.LuaCFunction,
  watched: number,
  pushOpaque: (L: LuaState, path: string) => void,
  host: OpaqueHost,
): lua.LuaCFunction {
  return (L) => {
    const args = L.stack.slice(L.ci.funcOff + 1, L.top);
    const path = args
      .slice(0, watched)
      .map(opaquePath)
      .find((found) => found !== undefined);
    if (path === undefined) return fn(L);
    host.opaqueUsed(path);
    pushOpaque(L, `${name}(${args.map((slot) => host.summarise(slot)).join(", ")})`);
    return 1;
  };
}
