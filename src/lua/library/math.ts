import * as lua from "fengari/src/lua.js";
import type { LuaState } from "fengari/src/lstate.js";
import { integerAt, numberAt, optionalNumberAt, argumentError } from "./arguments.js";
import { power } from "../numbers.js";
import type { Library } from "./library.js";

/** LuaJIT's `math` over doubles. `random` starts from the same seed in every evaluation. */
export function mathLibrary(): Library {
  const random = seededRandom();
  return {
    ...Object.fromEntries(
      Object.entries(unary).map(([name, fn]) => [name, (L: LuaState) => give(L, fn(numberAt(L, 1)))] as const),
    ),
    atan2: (L) => give(L, Math.atan2(numberAt(L, 1), numberAt(L, 2))),
    fmod: (L) => give(L, numberAt(L, 1) % numberAt(L, 2)),
    log(L) {
      const base = optionalNumberAt(L, 2);
      return give(L, base === undefined ? Math.log(numberAt(L, 1)) : Math.log2(numberAt(L, 1)) * (1 / Math.log2(base)));
    },
    pow: (L) => give(L, power(numberAt(L, 1), numberAt(L, 2))),
    ldexp(L) {
      const exponent = Math.max(-2200, Math.min(2200, Math.trunc(numberAt(L, 2))));
      const half = Math.trunc(exponent / 2); // 2^2200 is no number
      return give(L, numberAt(L, 1) * 2 ** half * 2 ** (exponent - half));
    },
    frexp(L) {
      const value = numberAt(L, 1);
      const exponent = exponentOf(value);
      return give(L, value / 2 ** (exponent - 1) / 2) + give(L, exponent);
    },
    modf(L) {
      const value = numberAt(L, 1);
      const whole = Math.trunc(value);
      const fraction = Math.abs(value) === Infinity ? 0 : value - whole;
      // the fraction has the sign of the number even where it is zero
      return give(L, whole) + give(L, fraction === 0 && (value < 0 || Object.is(value, -0)) ? -0 : fraction);
    },
    max: (L) =>
      give(
        L,
        numbers(L).reduce((most, value) => (most > value ? most : value)),
      ),
    min: (L) =>
      give(
        L,
        numbers(L).reduce((least, value) => (least < value ? least : value)),
      ),
    random(L) {
      const value = random();
      if (lua.lua_gettop(L) === 0) return give(L, value);
      const from = lua.lua_gettop(L) === 1 ? 1 : integerAt(L, 1);
      const to = integerAt(L, lua.lua_gettop(L) === 1 ? 1 : 2);
      if (from > to) argumentError(L, lua.lua_gettop(L), "interval is empty");
      return give(L, from + Math.floor(value * (to - from + 1)));
    },
    randomseed: () => 0,
  };
}

const unary: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  deg: (value) => value * (180 / Math.PI),
  exp: Math.exp,
  floor: Math.floor,
  log10: Math.log10,
  rad: (value) => value * (Math.PI / 180),
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
};

const view = new DataView(new ArrayBuffer(8));

/** The power of two that brings a number to between a half and one. */
function exponentOf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  view.setFloat64(0, value);
  const biased = (view.getUint16(0) >> 4) & 0x7ff;
  return biased === 0 ? exponentOf(value * 2 ** 64) - 64 : biased - 1022;
}

function give(L: LuaState, value: number): number {
  lua.lua_pushnumber(L, value);
  return 1;
}

function numbers(L: LuaState): number[] {
  const first = numberAt(L, 1);
  return [first, ...Array.from({ length: lua.lua_gettop(L) - 1 }, (_, index) => numberAt(L, index + 2))];
}

/** mulberry32: small and good enough for a schema that should not be random in the first place. */
function seededRandom(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
