import * as lua from "fengari/src/lua.js";
import type { LuaState } from "fengari/src/lstate.js";
import { pushText } from "../interop.js";
import { integerAt, numberAt } from "./arguments.js";
import type { Library } from "./library.js";

/** LuaJIT's `bit`: operations on signed numbers of 32 bits. */
export function bitLibrary(): Library {
  const fold =
    (combine: (a: number, b: number) => number): lua.LuaCFunction =>
    (L) => {
      let result = bitsAt(L, 1);
      for (let index = 2; index <= lua.lua_gettop(L); index++) result = combine(result, bitsAt(L, index));
      return give(L, result);
    };
  const shift =
    (move: (value: number, count: number) => number): lua.LuaCFunction =>
    (L) =>
      give(L, move(bitsAt(L, 1), bitsAt(L, 2) & 31));

  return {
    tobit: (L) => give(L, bitsAt(L, 1)),
    bnot: (L) => give(L, ~bitsAt(L, 1)),
    band: fold((a, b) => a & b),
    bor: fold((a, b) => a | b),
    bxor: fold((a, b) => a ^ b),
    lshift: shift((value, count) => value << count),
    rshift: shift((value, count) => value >>> count),
    arshift: shift((value, count) => value >> count),
    rol: shift((value, count) => (value << count) | (value >>> (32 - count))),
    ror: shift((value, count) => (value >>> count) | (value << (32 - count))),
    bswap(L) {
      const value = bitsAt(L, 1);
      return give(L, (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24));
    },
    tohex(L) {
      const digits = integerAt(L, 2, 8);
      const count = Math.min(254, Math.abs(digits));
      const text = count === 0 ? "" : (bitsAt(L, 1) >>> 0).toString(16).padStart(count, "0").slice(-count);
      pushText(L, digits < 0 ? text.toUpperCase() : text);
      return 1;
    },
  };
}

const view = new DataView(new ArrayBuffer(8));

/** The lowest 32 bits of a number that is rounded to an integer, half to even: by adding 2^52 + 2^51 (lj_num2bit). */
function bitsAt(L: LuaState, index: number): number {
  view.setFloat64(0, numberAt(L, index) + 6755399441055744);
  return view.getInt32(4);
}

function give(L: LuaState, value: number): number {
  lua.lua_pushnumber(L, value | 0);
  return 1;
}
