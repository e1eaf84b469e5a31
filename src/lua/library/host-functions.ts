import * as lua from "fengari/src/lua.js";
import type { LuaState } from "fengari/src/lstate.js";
import { pushBytes } from "../interop.js";
import type { Meter } from "../meter.js";
import { latin1 } from "../strings.js";
import { bytesAt, integerAt } from "./arguments.js";
import type { Library } from "./library.js";

/** `ngx.encode_base64` and `ngx.decode_base64`. */
export function base64Library(meter: Meter): Library {
  return {
    encode_base64(L) {
      const bytes = bytesAt(L, 1);
      const unpadded = lua.lua_toboolean(L, 2);
      meter.string(2 * bytes.length);
      const text = Buffer.from(bytes).toString("base64");
      pushBytes(L, Buffer.from(unpadded ? text.replace(/=+$/, "") : text));
      return 1;
    },
    decode_base64(L) {
      const text = latin1(bytesAt(L, 1));
      meter.spend(text.length >> 2);
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.replace(/=+$/, "").length % 4 === 1) {
        lua.lua_pushnil(L);
        return 1;
      }
      meter.string(text.length);
      pushBytes(L, Buffer.from(text, "base64"));
      return 1;
    },
  };
}

/**
 * `kong.tools.rand`, without chance: a schema whose default is random (the session plugin's `secret`) would otherwise
 * differ from itself. Every call in an evaluation gives other bytes, the same in each evaluation.
 */
export function randLibrary(meter: Meter): Library {
  let state = 0x9e3779b9;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
  const push = (L: LuaState, bytes: Uint8Array): number => {
    pushBytes(L, bytes);
    return 1;
  };
  return {
    get_rand_bytes(L) {
      const count = Math.max(0, integerAt(L, 1));
      meter.string(count);
      meter.spend(count >> 2);
      return push(L, Uint8Array.from({ length: count }, next));
    },
    random_string(L) {
      meter.string(32);
      return push(L, Buffer.from(Array.from({ length: 32 }, () => alphabet[next() % alphabet.length] ?? "a").join("")));
    },
  };
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
