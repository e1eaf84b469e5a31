import * as lua from "fengari/src/lua.js";
import { TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { typedefsFor } from "../kong/typedefs/index.js";
import { mapKey, pushNull, pushSlot, pushText, setFunction, setNamed, tableAt } from "./interop.js";
import { cjsonLibrary } from "./library/cjson.js";
import { baseLibrary } from "./library/base.js";
import { bitLibrary } from "./library/bit.js";
import { bytesAt } from "./library/arguments.js";
import { coroutineLibrary } from "./library/coroutine.js";
import { pushLibrary, setConstants, type Library } from "./library/library.js";
import { mathLibrary } from "./library/math.js";
import { stringLibrary } from "./library/string.js";
import { openRestyTables, tableLibrary } from "./library/table.js";
import { base64Library, randLibrary } from "./library/host-functions.js";
import { outsideFunctions, outsideLibraries, outsideTables } from "./library/outside.js";
import { refusingUnknown } from "./unknown.js";
import {
  absentFunction,
  lettingOpaqueItemsThrough,
  lettingOpaqueThrough,
  opaqueIn,
  opaqueLibrary,
  opaqueMetamethods,
  opaqueValues,
  type PushOpaque,
} from "./opaque.js";
import { type LibraryHost, rememberHost, setPrepared } from "./prepared.js";
import { fromBytes, latin1, showBytes } from "./strings.js";
import { pushTypedefs } from "./typedefs.js";
import type { NativeValue } from "../kong/typedefs/index.js";
import { LuaBytes, LuaTable, type LuaValue } from "./value.js";
import type { LuaVm, SourceProblem } from "./vm.js";

export interface HostOptions {
  readonly role: "control_plane" | "data_plane";
  readonly gatewayVersion?: string | undefined;
  readonly edition?: "enterprise" | "oss" | undefined;
  /** Lua sources by module name. */
  readonly modules?: Readonly<Record<string, string>> | undefined;
}

/**
 * Gives a new state its globals: LuaJIT's safe libraries, what OpenResty and Kong add that a schema may ask for, and
 * `require`. What reaches outside (`io`, `os`, `debug`, `package`, `dofile`) is there by name only; there is no bytecode.
 */
export function installHost(L: LuaState, vm: LuaVm, options: HostOptions): void {
  const pushOpaque = opaqueValues(vm);
  const modules = new Map<string, TValue>();
  rememberHost(L, librariesOf(vm, options, modules, pushOpaque));
  lua.lua_pushglobaltable(L);
  setPrepared(L, "");
  setPrepared(L, requireLibrary);
  for (const name of libraryNames) {
    lua.lua_newtable(L);
    setPrepared(L, name);
    const made = L.stack[L.top - 1];
    if (made !== undefined) modules.set(name, new TValue(made.type, made.value));
    if (name === "math") setConstants(L, { huge: Infinity, pi: Math.PI });
    if (name === "string" && made !== undefined) setStringMetatable(L, made);
    setNamed(L, name);
  }
  for (const name of outsideTables) {
    pushOpaque(L, { path: name, module: name });
    setNamed(L, name);
  }
  setConstants(L, { _VERSION: "Lua 5.1" });
  pushNgx(L, pushOpaque);
  setNamed(L, "ngx");
  pushKong(L, vm, options, pushOpaque);
  setNamed(L, "kong");
  lua.lua_pushvalue(L, -1);
  setNamed(L, "_G");
  for (let entry = tableAt(L, -1)?.f; entry !== undefined; entry = entry.n) {
    vm.globals.set(mapKey(entry.key), entry.value.value);
  }
  lua.lua_settop(L, 0);
}

/** The libraries of a state, each made when one of its functions is first called. */
function librariesOf(
  vm: LuaVm,
  options: HostOptions,
  modules: ReadonlyMap<string, TValue>,
  pushOpaque: PushOpaque,
): LibraryHost {
  const { meter } = vm;
  const through = (library: Library, prefix: string, watched: number, changes = false): Library =>
    Object.fromEntries(
      Object.entries(library).map(([name, fn]) => [
        name,
        lettingOpaqueThrough(`${prefix}${name}`, fn, pushOpaque, vm, { watched, changes }),
      ]),
    );
  const outside = (prefix: string, names: readonly string[]): Library =>
    Object.fromEntries(names.map((name) => [name, absentFunction(prefix + name, pushOpaque, vm)]));
  const makers: Readonly<Record<string, () => Library>> = {
    "": () => {
      const base = baseLibrary({
        meter,
        succeeded: (L, status) => vm.succeeded(L, status),
        opaqueDecides: (opaque, asks) => vm.opaqueDecides(opaque, asks),
        opaqueGuessed: (path) => vm.opaqueGuessed(path),
        pushOpaque,
        loadText: (L, text, chunkName) => loadText(L, vm, text, chunkName),
      });
      const lookers = refusingUnknown(pick(base, tableLookers), vm);
      return {
        ...base,
        ...outside("", outsideFunctions),
        ...lookers,
        ...through(pick(base, ["tostring", "load", "loadstring", "select"]), "", 1),
        ...through(pick(base, ["tonumber"]), "", 2),
        ...through(pick(lookers, ["rawlen", "rawget"]), "", 2),
        ...through(pick(lookers, ["unpack"]), "", 3),
        ...through(pick(lookers, ["rawset"]), "", 1, true),
        ...through(pick(lookers, ["setmetatable"]), "", 2, true),
      };
    },
    [requireLibrary]: () => ({
      require: requireFunction(vm, builtinModules(vm, modules, options), options, pushOpaque),
    }),
    string: () => ({ ...outside("string.", ["dump"]), ...through(stringLibrary(meter), "string.", Infinity) }),
    table: () => {
      const plain = refusingUnknown(tableLibrary(meter), vm);
      const { concat } = plain;
      const table = {
        ...plain,
        ...(concat && { concat: lettingOpaqueItemsThrough("table.concat", concat, pushOpaque, vm) }),
      };
      return {
        ...through(table, "table.", 1),
        ...through(pick(table, ["concat", "unpack"]), "table.", Infinity),
        ...through(pick(table, tableChangers), "table.", 1, true),
      };
    },
    math: () => through(mathLibrary(), "math.", Infinity),
    bit: () => through(bitLibrary(), "bit.", Infinity),
    coroutine: () => {
      const library = coroutineLibrary(vm);
      return { ...library, ...through(pick(library, ["create", "wrap"]), "coroutine.", 1) };
    },
    ...Object.fromEntries(
      Object.entries(outsideLibraries).map(([name, functions]) => [name, () => outside(`${name}.`, functions)]),
    ),
    ngx: () => ({ log: () => 0, ...through(base64Library(meter), "ngx.", 1) }),
    "kong.log": () => Object.fromEntries(Object.keys(logLevels).map((level) => [level.toLowerCase(), () => 0])),
    [opaqueLibrary]: () => opaqueMetamethods(pushOpaque, vm),
  };
  const made = new Map<string, Library>();
  return {
    library(name) {
      const known = made.get(name);
      if (known !== undefined) return known;
      const library = makers[name]?.() ?? {};
      made.set(name, library);
      return library;
    },
  };
}

/** Of its own, for nearly every schema calls it and few call another basic function. */
const requireLibrary = "require";

/** The basic functions that look into a table without asking its metatable, or change that. */
const tableLookers = [
  "getmetatable",
  "ipairs",
  "next",
  "pairs",
  "rawget",
  "rawlen",
  "rawset",
  "setmetatable",
  "unpack",
];

/** The functions of `table` that change their first argument. */
const tableChangers = ["insert", "remove", "sort", "clear"];

function pick(library: Library, names: readonly string[]): Library {
  return Object.fromEntries(Object.entries(library).filter(([name]) => names.includes(name)));
}

/** Notes the names of functions that are made for one state, by which they are told apart in digests. */
function named(vm: LuaVm, prefix: string, library: Library): Library {
  for (const [name, fn] of Object.entries(library)) vm.names.set(fn, prefix + name);
  return library;
}

/** `("x"):rep(3)` works in every state, and one state cannot change it for another. */
function setStringMetatable(L: LuaState, library: TValue): void {
  pushText(L, "");
  lua.lua_newtable(L);
  pushSlot(L, library);
  setNamed(L, "__index");
  lua.lua_setmetatable(L, -2);
  lua.lua_pop(L, 1);
}

/** `require`: our own modules, those whose source the caller gave, and opaque values for all others. */
function requireFunction(
  vm: LuaVm,
  findBuiltin: ReturnType<typeof builtinModules>,
  { modules = {} }: HostOptions,
  pushOpaque: PushOpaque,
): lua.LuaCFunction {
  const loaded = new Map<string, TValue>();
  const running = new Set<string>();

  const pushModule = (L: LuaState, name: string): void => {
    const pushBuiltin = findBuiltin(name);
    const source = Object.hasOwn(modules, name) ? modules[name] : undefined;
    if (pushBuiltin !== undefined) pushBuiltin(L);
    else if (source === undefined || running.has(name)) pushOpaque(L, { path: name, module: name });
    else {
      running.add(name);
      // a module that needs more of its host than there is here is as good as not visible
      const problem = runModule(L, vm, name, source);
      if (problem !== undefined) {
        vm.brokenModules.set(name, problem);
        pushOpaque(L, { path: name, module: name });
      }
      running.delete(name);
      if (lua.lua_type(L, -1) === lua.LUA_TNIL) {
        lua.lua_pop(L, 1);
        lua.lua_pushboolean(L, true);
      }
    }
    if (opaqueIn(L.stack[L.top - 1]) !== undefined) vm.opaqueModules.add(name);
  };

  return (L) => {
    const bytes = bytesAt(L, 1);
    const place = latin1(bytes);
    vm.meter.string(place.length);
    const known = loaded.get(place);
    if (known === undefined) pushModule(L, showBytes(bytes));
    else pushSlot(L, known);
    const given = L.stack[L.top - 1];
    if (given !== undefined) loaded.set(place, new TValue(given.type, given.value));
    return 1;
  };
}

/** Runs a module and pushes what it gives; gives what is wrong where it cannot be run. */
function runModule(L: LuaState, vm: LuaVm, name: string, source: string): SourceProblem | undefined {
  const top = lua.lua_gettop(L);
  let problem: SourceProblem | undefined = vm.tryLoad(L, source, `${name}.lua`);
  if (problem === undefined) {
    pushText(L, name);
    if (vm.succeeded(L, lua.lua_pcall(L, 1, 1, 0))) return undefined;
    problem = vm.problemOf(L.stack[L.top - 1], `${name}.lua`);
  }
  lua.lua_settop(L, top);
  return problem;
}

const libraryNames = ["string", "table", "math", "bit", "coroutine", ...Object.keys(outsideLibraries)];

type Push = (L: LuaState) => void;

/** Finds what pushes a module of ours; undefined for a name that is none. */
function builtinModules(
  vm: LuaVm,
  modules: ReadonlyMap<string, TValue>,
  { gatewayVersion, edition }: HostOptions,
): (name: string) => Push | undefined {
  const natives = new Map<string, lua.LuaCFunction>();
  const pushJson =
    (safe: boolean): Push =>
    (L) => {
      pushLibrary(L, named(vm, safe ? "cjson.safe." : "cjson.", cjsonLibrary(vm, safe)));
      pushNull(L);
      setNamed(L, "null");
    };
  const findTableFunction = (name: string): Push | undefined => {
    const functions = openRestyTables(vm.meter);
    const fn = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (fn === undefined) return undefined;
    return (L) => {
      named(vm, "table.", { [name]: fn });
      lua.lua_pushcfunction(L, fn);
    };
  };

  return (name) => {
    const library = modules.get(name);
    if (library !== undefined) return (L) => pushSlot(L, library);
    if (name.startsWith("table.")) return findTableFunction(name.slice("table.".length));
    switch (name) {
      case "cjson":
        return pushJson(false);
      case "cjson.safe":
        return pushJson(true);
      case "kong.deprecation":
        return (L) => pushDeprecation(L, vm);
      case "kong.tools.rand":
        return (L) => pushLibrary(L, named(vm, "kong.tools.rand.", randLibrary(vm.meter)));
      case "kong.db.schema.typedefs":
        return (L) =>
          pushTypedefs(L, {
            meter: vm.meter,
            typedefs: typedefsFor({ gatewayVersion, edition }),
            pushNull,
            readValue: (slot) => toNative(vm.readValue(slot), vm),
            nativeFunction: (name, make) => {
              const known = natives.get(name);
              if (known !== undefined) return known;
              const fn = make();
              natives.set(name, fn);
              vm.names.set(fn, `native:${name}`);
              return fn;
            },
            missing: (names) => vm.missing(names),
            sameOrigin: (made, overrides) => {
              const origin = vm.tableOrigins.get(overrides);
              if (origin !== undefined) vm.tableOrigins.set(made, origin);
            },
          });
      default:
        return undefined;
    }
  };
}

/** `kong.deprecation`, with which shorthands warn: it writes to the log and gives nothing (kong/deprecation.lua, 3.9.1). */
function pushDeprecation(L: LuaState, vm: LuaVm): void {
  const log = () => 0;
  pushLibrary(L, named(vm, "kong.deprecation.", { init: log, raise: log }));
  pushLibrary(L, named(vm, "kong.deprecation.", { __call: log }));
  lua.lua_setmetatable(L, -2);
}

/** What a native function is given: JSON-like data. */
function toNative(value: LuaValue | undefined, vm: LuaVm): NativeValue {
  if (value instanceof LuaBytes) return vm.missing(["a reading of text that is not UTF-8"]);
  if (!(value instanceof LuaTable))
    return typeof value === "object" && value !== null ? vm.missing(["an opaque value"]) : value;
  if (value.entries.every(({ key }, index) => key === index + 1))
    return value.entries.map((entry) => toNative(entry.value, vm));
  return Object.fromEntries(
    value.entries.map((entry) => [typeof entry.key === "object" ? "" : String(entry.key), toNative(entry.value, vm)]),
  );
}

function loadText(L: LuaState, vm: LuaVm, text: Uint8Array, chunkName: string): number {
  const source = fromBytes(text);
  const problem = source === undefined ? undefined : vm.tryLoad(L, source, chunkName);
  if (source !== undefined && problem === undefined) return 1;
  lua.lua_pushnil(L);
  const message =
    problem === undefined
      ? "only UTF-8 can be compiled in a schema"
      : `${problem.position?.line ?? 1}: ${problem.message}`;
  pushText(L, `${chunkName}: ${message}`);
  return 2;
}

const logLevels = { STDERR: 0, EMERG: 1, ALERT: 2, CRIT: 3, ERR: 4, WARN: 5, NOTICE: 6, INFO: 7, DEBUG: 8 };

/** `ngx`: null, the log, base64, and where this runs; all else is opaque. */
function pushNgx(L: LuaState, pushOpaque: PushOpaque): void {
  lua.lua_newtable(L);
  setPrepared(L, "ngx");
  pushNull(L);
  setNamed(L, "null");
  setConstants(L, logLevels);
  lua.lua_newtable(L);
  setConstants(L, { subsystem: "http" });
  setNamed(L, "config");
  setOpaqueRest(L, "ngx", "ngx", pushOpaque);
}

/** `kong`: the log, and of the configuration the two settings by which a schema may tell the roles apart. */
function pushKong(L: LuaState, vm: LuaVm, { role }: HostOptions, pushOpaque: PushOpaque): void {
  lua.lua_newtable(L);
  lua.lua_newtable(L);
  setConstants(L, { role, database: role === "data_plane" ? "off" : "postgres" });
  setOpaqueRest(L, "kong.configuration", "kong", pushOpaque);
  lua.lua_rawseti(L, lua.LUA_REGISTRYINDEX, configurationSlot);
  lua.lua_newtable(L);
  setPrepared(L, "kong.log");
  setNamed(L, "log");
  lua.lua_newtable(L);
  setFunction(L, "__index", (L) => {
    vm.readsKong = true;
    const name = lua.lua_type(L, 2) === lua.LUA_TSTRING ? showBytes(bytesAt(L, 2)) : "?";
    if (name === "configuration") lua.lua_rawgeti(L, lua.LUA_REGISTRYINDEX, configurationSlot);
    else pushOpaque(L, { path: `kong.${name}`, module: "kong" });
    return 1;
  });
  lua.lua_setmetatable(L, -2);
}

/** A place in the registry for `kong.configuration`. */
const configurationSlot = 102;

/** Makes what the table at the top of the stack does not have opaque. */
function setOpaqueRest(L: LuaState, path: string, module: string, pushOpaque: PushOpaque): void {
  lua.lua_newtable(L);
  setFunction(L, "__index", (L) => {
    if (lua.lua_type(L, 2) !== lua.LUA_TSTRING) return 0;
    pushOpaque(L, { path: `${path}.${showBytes(bytesAt(L, 2))}`, module });
    return 1;
  });
  lua.lua_setmetatable(L, -2);
}
