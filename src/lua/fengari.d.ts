/**
 * What we use of fengari 0.1.5, which has no types of its own. Its modules are named one by one, for its entry
 * point also loads `io`, `os` and `debug`. `package.json` pins the version: `Proto`, `Table` and `TValue` are internals.
 */
declare module "fengari/src/defs.js" {
  export const constant_types: Readonly<Record<"LUA_TNIL" | "LUA_TLIGHTUSERDATA" | "LUA_TLNGSTR" | "LUA_TLCF", number>>;
}

declare module "fengari/src/lua.js" {
  export type LuaState = import("fengari/src/lstate.js").LuaState;
  export type LuaCFunction = (L: LuaState) => number;

  export const LUA_OK: number;
  export const LUA_YIELD: number;
  export const LUA_MULTRET: number;
  export const LUA_REGISTRYINDEX: number;
  export const LUA_TNONE: number;
  export const LUA_TNIL: number;
  export const LUA_TBOOLEAN: number;
  export const LUA_TLIGHTUSERDATA: number;
  export const LUA_TNUMBER: number;
  export const LUA_TSTRING: number;
  export const LUA_TTABLE: number;
  export const LUA_TFUNCTION: number;
  export const LUA_TUSERDATA: number;
  export const LUA_TTHREAD: number;
  export const LUA_OPEQ: number;
  export const LUA_OPLT: number;

  export function lua_newstate(): LuaState;
  export function lua_atnativeerror(L: LuaState, handler: LuaCFunction): void;
  export function lua_newthread(L: LuaState): LuaState;
  export function lua_pushthread(L: LuaState): boolean;
  export function lua_resume(L: LuaState, from: LuaState, args: number): number;
  export function lua_status(L: LuaState): number;
  export function lua_yield(L: LuaState, results: number): never;
  export function lua_isyieldable(L: LuaState): boolean;
  export function lua_xmove(from: LuaState, to: LuaState, count: number): void;

  export function lua_load(
    L: LuaState,
    reader: (L: LuaState, data: unknown) => Uint8Array | null,
    data: unknown,
    chunkName: Uint8Array,
    mode: Uint8Array,
  ): number;
  export function lua_call(L: LuaState, args: number, results: number): void;
  export function lua_pcall(L: LuaState, args: number, results: number, handler: number): number;
  export function lua_error(L: LuaState): never;

  export function lua_gettop(L: LuaState): number;
  export function lua_settop(L: LuaState, index: number): void;
  export function lua_pop(L: LuaState, count: number): void;
  export function lua_pushvalue(L: LuaState, index: number): void;
  export function lua_insert(L: LuaState, index: number): void;
  export function lua_remove(L: LuaState, index: number): void;
  export function lua_replace(L: LuaState, index: number): void;
  export function lua_checkstack(L: LuaState, count: number): boolean;

  export function lua_type(L: LuaState, index: number): number;
  export function lua_typename(L: LuaState, type: number): Uint8Array;
  export function lua_isnoneornil(L: LuaState, index: number): boolean;
  export function lua_toboolean(L: LuaState, index: number): boolean;
  export function lua_tonumber(L: LuaState, index: number): number;
  export function lua_tolstring(L: LuaState, index: number): Uint8Array | null;
  export function lua_touserdata(L: LuaState, index: number): unknown;
  export function lua_topointer(L: LuaState, index: number): unknown;
  export function lua_tothread(L: LuaState, index: number): LuaState | null;
  export function lua_rawequal(L: LuaState, a: number, b: number): boolean;
  export function lua_rawlen(L: LuaState, index: number): number;
  export function lua_compare(L: LuaState, a: number, b: number, op: number): boolean;
  export function lua_upvalueindex(index: number): number;

  export function lua_pushnil(L: LuaState): void;
  export function lua_pushboolean(L: LuaState, value: boolean): void;
  export function lua_pushnumber(L: LuaState, value: number): void;
  export function lua_pushstring(L: LuaState, value: Uint8Array): void;
  export function lua_pushcclosure(L: LuaState, fn: LuaCFunction, upvalues: number): void;
  export function lua_pushcfunction(L: LuaState, fn: LuaCFunction): void;
  export function lua_pushlightuserdata(L: LuaState, value: object): void;
  export function lua_pushglobaltable(L: LuaState): void;
  export function lua_newuserdata(L: LuaState, size: number): Record<string, unknown>;
  export function lua_newtable(L: LuaState): void;

  export function lua_getfield(L: LuaState, index: number, name: Uint8Array): number;
  export function lua_setfield(L: LuaState, index: number, name: Uint8Array): void;
  export function lua_setglobal(L: LuaState, name: Uint8Array): void;
  export function lua_gettable(L: LuaState, index: number): number;
  export function lua_settable(L: LuaState, index: number): void;
  export function lua_geti(L: LuaState, index: number, key: number): number;
  export function lua_seti(L: LuaState, index: number, key: number): void;
  export function lua_rawget(L: LuaState, index: number): number;
  export function lua_rawgeti(L: LuaState, index: number, key: number): number;
  export function lua_rawset(L: LuaState, index: number): void;
  export function lua_rawseti(L: LuaState, index: number, key: number): void;
  export function lua_next(L: LuaState, index: number): number;
  export function lua_getmetatable(L: LuaState, index: number): boolean;
  export function lua_setmetatable(L: LuaState, index: number): number;
}

declare module "fengari/src/lauxlib.js" {
  type LuaState = import("fengari/src/lstate.js").LuaState;
  export function luaL_argerror(L: LuaState, argument: number, message: Uint8Array): never;
  export function luaL_checkstack(L: LuaState, count: number, message: Uint8Array | null): void;
  export function luaL_getmetafield(L: LuaState, index: number, name: Uint8Array): number;
  export function luaL_callmeta(L: LuaState, index: number, name: Uint8Array): boolean;
  export function luaL_len(L: LuaState, index: number): number;
  export function luaL_where(L: LuaState, level: number): void;
}

declare module "fengari/src/lstring.js" {
  export class TString {
    constructor(L: null, bytes: Uint8Array);
    realstring: Uint8Array;
    hash: string | null;
  }
}

declare module "fengari/src/ltm.js" {
  type TValue = import("fengari/src/lobject.js").TValue;
  export const TMS: { readonly TM_CONCAT: number };
  export function luaT_trybinTM(
    L: import("fengari/src/lstate.js").LuaState,
    left: TValue,
    right: TValue,
    result: TValue,
    event: number,
  ): void;
}

declare module "fengari/src/lopcodes.js" {
  type Name =
    | "NEWTABLE"
    | "GETTABUP"
    | "GETTABLE"
    | "SETTABUP"
    | "SETTABLE"
    | "SELF"
    | "ADD"
    | "SUB"
    | "MUL"
    | "MOD"
    | "POW"
    | "DIV"
    | "UNM"
    | "LEN"
    | "CONCAT"
    | "JMP"
    | "EQ"
    | "LT"
    | "LE"
    | "CALL"
    | "TAILCALL"
    | "RETURN"
    | "FORLOOP"
    | "FORPREP"
    | "TFORCALL"
    | "TFORLOOP"
    | "SETLIST"
    | "CLOSURE"
    | "VARARG"
    | "LOADNIL"
    | "NOT"
    | "TEST"
    | "TESTSET";
  export const OpCodesI: Readonly<Record<`OP_${Name}`, number>>;
  export function ISK(operand: number): boolean;
  export function INDEXK(operand: number): number;
}

declare module "fengari/src/lobject.js" {
  export class TValue {
    constructor(type: number, value: unknown);
    type: number;
    value: unknown;
    setsvalue(value: import("fengari/src/lstring.js").TString): void;
    setfltvalue(value: number): void;
    setfrom(value: TValue): void;
  }
  export class LClosure {
    p: import("fengari/src/lfunc.js").Proto;
    upvals: TValue[];
  }
  export class Udata {
    data: Record<string, unknown>;
    metatable: import("fengari/src/ltable.js").Table | null;
  }
}

declare module "fengari/src/lfunc.js" {
  export interface Instruction {
    readonly code: number;
    readonly opcode: number;
    readonly A: number;
    readonly B: number;
    readonly C: number;
    readonly Bx: number;
    readonly Ax: number;
    readonly sBx: number;
  }
  export class Proto {
    k: import("fengari/src/lobject.js").TValue[];
    p: Proto[];
    code: Instruction[];
    lineinfo: number[];
    upvalues: { name: import("fengari/src/lstring.js").TString | null }[];
    maxstacksize: number;
    source: import("fengari/src/lstring.js").TString | null;
  }
}

declare module "fengari/src/ltable.js" {
  export interface TableEntry {
    readonly key: import("fengari/src/lobject.js").TValue;
    readonly value: import("fengari/src/lobject.js").TValue;
    /** The entries before and after it. */
    p: TableEntry | undefined;
    n: TableEntry | undefined;
  }
  type TValue = import("fengari/src/lobject.js").TValue;
  export function luaH_getstr(table: Table, key: import("fengari/src/lstring.js").TString): TValue;
  export function luaH_setfrom(
    L: import("fengari/src/lstate.js").LuaState,
    table: Table,
    key: TValue,
    value: TValue,
  ): void;
  export function luaH_getn(table: Table): number;
  export function luaH_setint(table: Table, key: number, value: TValue): void;
  export function invalidateTMcache(table: Table): void;
  export class Table {
    id: number;
    strong: Map<unknown, TableEntry>;
    dead_strong: Map<unknown, TableEntry>;
    dead_weak: WeakMap<object, TableEntry> | undefined;
    f: TableEntry | undefined;
    l: TableEntry | undefined;
    metatable: Table | null;
    /** Ours: how many list items the constructor had. */
    listSize?: number;
  }
}

declare module "fengari/src/lstate.js" {
  import type { TValue } from "fengari/src/lobject.js";
  export interface CallInfo {
    func: TValue;
    funcOff: number;
    top: number;
    l_base: number;
    l_code: readonly import("fengari/src/lfunc.js").Instruction[];
    l_savedpc: number;
    previous: CallInfo | null;
  }
  export interface LuaState {
    top: number;
    stack: TValue[];
    ci: CallInfo;
    base_ci: CallInfo;
    nCcalls: number;
    /** How many calls that cannot be left by yielding are under way. */
    nny: number;
    l_G: {
      id_counter: number;
      tmname: import("fengari/src/lstring.js").TString[];
      /** Metatables by type, for what is neither table nor userdata. */
      mt: (import("fengari/src/ltable.js").Table | undefined)[];
      /** Ours: makes the libraries of the state. */
      host?: { library(name: string): Readonly<Record<string, (L: LuaState) => number>> };
    };
  }
}
