import * as lua from "fengari/src/lua.js";
import type { Proto } from "fengari/src/lfunc.js";
import { LClosure, type TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { Table } from "fengari/src/ltable.js";
import { SchemaError, type Position } from "../errors.js";
import { sha256, ValueWriter } from "./digest.js";
import { Arguments } from "./arguments.js";
import { Extractor } from "./extract.js";
import { installHost, type HostOptions } from "./host.js";
import { pushSlot, pushText, runningLine, slotBytes } from "./interop.js";
import { defaultLimits, type Limits } from "./limits.js";
import { CallBudget, Meter } from "./meter.js";
import { sharedName } from "./prepared.js";
import { scanSource } from "./scan.js";
import { keyed, showBytes, toBytes } from "./strings.js";
import { checkSyntax, numeralError, positionsOf } from "./syntax.js";
import { setTrips, type FunctionOrigin, type TableOrigin } from "./trips.js";
import type { OpaqueRef } from "./opaque.js";
import type { UnknownKey } from "./unknown.js";
import type { LuaArgument, LuaFunctions, LuaOpaque, LuaValue } from "./value.js";

export interface VmOptions extends HostOptions {
  readonly limits?: Partial<Limits> | undefined;
}

/** fengari's status for a JavaScript error inside a protected call: its own stack overflowed, or an internal check failed. */
const nativeFailure = -1;

/** Why a source is of no use. */
export interface SourceProblem {
  readonly message: string;
  readonly position: Position | undefined;
}

/** Thrown through the VM when a function needs something of the host that is not here. */
class MissingHost extends Error {
  readonly missing: readonly string[];
  constructor(missing: readonly string[]) {
    super(`not available here: ${missing.join(", ")}`);
    this.missing = missing;
  }
}

/** One sandboxed Lua state. What runs in it is counted, sees only what `installHost` gives it, and can change nothing outside. */
export class LuaVm {
  readonly limits: Limits;
  readonly meter: Meter;
  readonly origins = new Map<Proto, FunctionOrigin>();
  readonly tableOrigins = new Map<number, TableOrigin>();
  /** Names of the functions that the host makes for this state alone. */
  readonly names = new Map<unknown, string>();
  /** What each global held before any schema ran. */
  readonly globals = new Map<unknown, unknown>();
  readonly opaqueModules = new Set<string>();
  /** The opaque values on which it hung which way the source went, and where it first did. */
  readonly opaqueDecisions = new Map<string, Position | undefined>();
  /** Why modules whose source was given are opaque all the same. */
  readonly brokenModules = new Map<string, SourceProblem>();
  readonly unknownEntries = new WeakMap<Table, ReadonlyMap<UnknownKey, LuaOpaque>>();
  /** The thread that is running. */
  thread: LuaState;
  /** Whether the source has read the `kong` global, so that the role may matter. */
  readsKong = false;
  readonly #state: LuaState;
  readonly #writer: ValueWriter;
  readonly #extractor: Extractor;
  readonly #arguments = new Arguments(this);
  /** Whether a function of the schema is being called, after the schema itself was evaluated. */
  #isCalling = false;
  #isBroken = false;
  /** What the schema has changed inside modules that are not visible, and a text for all of it once it was asked for. */
  readonly #opaqueChanges = new Map<string, { readonly changes: string[]; text: string | undefined }>();
  #fatal: SchemaError | MissingHost | undefined;
  /** What the source was evaluated by guesses about: its functions may have got something else. */
  readonly #guesses = new Set<string>();
  /** The name of the source itself, apart from its modules. */
  #file: string | undefined;

  constructor(options: VmOptions) {
    this.limits = { ...defaultLimits, ...options.limits };
    const state = lua.lua_newstate();
    for (const name of state.l_G.tmname) keyed(name);
    lua.lua_atnativeerror(state, (L) => this.#nativeError(lua.lua_touserdata(L, 1)));
    this.#state = state;
    this.thread = state;
    this.meter = new Meter(this.limits, this);
    this.#writer = new ValueWriter(this);
    this.#extractor = new Extractor({
      limits: this.limits,
      writer: this.#writer,
      tableOrigins: this.tableOrigins,
      functionOrigins: this.origins,
      nameOf: (fn) => this.nameOf(fn),
      changesOf: (module) => this.#changesOf(module),
      unknownEntries: this.unknownEntries,
      fail: (error) => this.fail(error),
    });
    installHost(state, this, options);
  }

  /** What was used so far: instructions since the evaluation or the last call began, bytes since the state was made. */
  get usage(): { readonly instructions: number; readonly memoryBytes: number } {
    return { instructions: this.meter.stepsUsed, memoryBytes: this.meter.bytesUsed };
  }

  /** Where the running Lua function stands, by line. */
  position(): Position | undefined {
    const running = runningLine(this.thread);
    if (running === undefined) return undefined;
    return { ...(running.source === "" ? {} : { file: running.source }), line: running.line, column: 1 };
  }

  /** The name of a function of the host. */
  nameOf(fn: unknown): string | undefined {
    return sharedName(fn) ?? this.names.get(fn);
  }

  tableMade(id: number, origin: TableOrigin): void {
    this.tableOrigins.set(id, origin);
  }

  /** Ends the evaluation. The error is kept, for a `pcall` in the schema catches whatever is thrown through it. */
  fail(error: SchemaError | MissingHost): never {
    this.#fatal ??= error;
    throw this.#fatal;
  }

  /** Whether a protected call went well, by its status; does not come back where the evaluation has to end. */
  succeeded(L: LuaState, status: number): boolean {
    if (this.#fatal !== undefined) throw this.#fatal;
    if (status === nativeFailure) this.fail(this.#tooDeep());
    const ok = status === lua.LUA_OK || status === lua.LUA_YIELD;
    if (!ok) this.meter.caught(slotBytes(L.stack[L.top - 1])?.length ?? 0);
    return ok;
  }

  opaqueUsed(path: string): void {
    if (this.#isCalling) this.missing([path]);
  }

  opaqueDecides({ path, module }: OpaqueRef, asks?: "whether it is there"): void {
    // A module that is required is there.
    if (asks !== undefined && path === module) return;
    this.opaqueGuessed(path);
    if (this.opaqueDecisions.size < mostDecisions && !this.opaqueDecisions.has(path))
      this.opaqueDecisions.set(path, this.position());
  }

  opaqueGuessed(path: string): void {
    if (this.#isCalling) this.missing([path]);
    // Modules ask much of their host that no schema hears of.
    if (this.#guesses.size < mostDecisions && this.position()?.file === this.#file) this.#guesses.add(path);
  }

  opaqueChanged(module: string, change: string): void {
    const known = this.#opaqueChanges.get(module) ?? { changes: [], text: undefined };
    known.changes.push(change);
    known.text = undefined;
    this.#opaqueChanges.set(module, known);
  }

  /** Ends a call, or the evaluation, that hangs on something that is not here. */
  missing(names: readonly string[]): never {
    if (this.#isCalling) return this.fail(new MissingHost(names));
    return this.fail(
      new SchemaError("lua-runtime", `the source needs what is not here while it runs: ${names.join(", ")}`, {
        position: this.position(),
        nextStep: "Leave such work to the validators of the schema, or to the plugin's handler.",
      }),
    );
  }

  summarise(slot: TValue): string {
    this.#writer.beginWalk();
    return this.#writer.write(slot);
  }

  /** Takes one value out as it is now. */
  readValue(slot: TValue | undefined): LuaValue | undefined {
    return this.#extractor.values([slot], undefined)[0];
  }

  /** Checks and compiles a source and pushes its main function. Throws `SchemaError`. */
  load(L: LuaState, source: string, file: string): void {
    const positionAt = positionsOf(source, file === "" ? undefined : file);
    const bytes = Buffer.byteLength(source);
    if (bytes > this.limits.sourceBytes) {
      throw new SchemaError(
        "limit-source-size",
        `the source has ${bytes} bytes, more than ${this.limits.sourceBytes}`,
        {
          position: positionAt(0),
          nextStep: "Move large texts out of the schema, or raise the limit `sourceBytes`.",
        },
      );
    }
    this.meter.spend(bytes >> 4);
    const { text, cost, main, isDoubtful, badNumeral } = scanSource(source, this.limits, positionAt);
    this.meter.spend(cost.steps);
    this.meter.allocate(cost.bytes + 4 * bytes);
    if (isDoubtful) checkSyntax(source, positionAt);
    if (badNumeral !== undefined) throw numeralError(badNumeral, positionAt(badNumeral.offset));
    let rest: Uint8Array | null = toBytes(text);
    const reader = (): Uint8Array | null => {
      const piece = rest;
      rest = null;
      return piece;
    };
    if (lua.lua_load(L, reader, null, toBytes(`@${file}`), toBytes("t")) !== lua.LUA_OK) {
      // luaparse says more of what is wrong, and where
      checkSyntax(source, positionAt);
      throw this.#compileError(L, file);
    }
    const closure = L.stack[L.top - 1]?.value;
    if (closure instanceof LClosure) {
      setTrips(closure.p, { positionAt, text: source, shape: main }, this, this.origins);
    }
  }

  /** As `load`, but gives the error where the source is no Lua, and then pushes nothing. */
  tryLoad(L: LuaState, source: string, file: string): SchemaError | undefined {
    const top = lua.lua_gettop(L);
    try {
      this.load(L, source, file);
      return undefined;
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      if (error.code.startsWith("limit-")) return this.fail(error);
      lua.lua_settop(L, top);
      return error;
    }
  }

  /** Runs a source with arguments and gives what it returns first. Throws `SchemaError`. */
  run(source: string, file: string, args: readonly string[]): LuaValue | undefined {
    const L = this.#state;
    this.#file = file === "" ? undefined : file;
    return this.#guarded(() => {
      this.load(L, source, file);
      for (const arg of args) pushText(L, arg);
      this.#call(L, args.length);
      const start = { ...(file === "" ? {} : { file }), line: 1, column: 1 };
      return this.#extractor.values([L.stack[L.top - 1]], start)[0];
    });
  }

  get isCallable(): boolean {
    return this.#extractor.hasFunctions && !this.#isBroken;
  }

  /** The functions of the source, whose calls share a budget. */
  functions(budget = new CallBudget(this.limits)): LuaFunctions {
    return { call: (id, args) => this.#callFunction(id, args, budget) };
  }

  #callFunction(id: string, args: readonly LuaArgument[], budget: CallBudget): ReturnType<LuaFunctions["call"]> {
    const L = this.#state;
    const slot = this.#extractor.functionOf(id);
    if (slot === undefined) throw new SchemaError("option-invalid", `the schema has no function ${id}`);
    if (this.#guesses.size > 0) return { outcome: "unknown", missing: [...this.#guesses], argumentsAfter: [] };
    this.#isCalling = true;
    this.#fatal = undefined;
    this.meter.beginCall();
    try {
      return this.#guarded(() => {
        lua.lua_checkstack(L, 2 * args.length + 10);
        this.#arguments.give(L, args);
        const first = L.top - args.length;
        pushSlot(L, slot);
        for (let index = 0; index < args.length; index++) pushSlot(L, L.stack[first + index] ?? slot);
        const raised = !this.succeeded(L, lua.lua_pcall(L, args.length, lua.LUA_MULTRET, 0));
        const isPlain = this.#arguments.areUntouched && !L.stack.slice(first + args.length, L.top).some(isTable);
        const after = this.#extractor.values(L.stack.slice(isPlain ? first + args.length : first, L.top), undefined);
        const argumentsAfter = isPlain ? [] : after.slice(0, args.length);
        const results = isPlain ? after : after.slice(args.length);
        return raised
          ? { outcome: "raised", error: results[0], argumentsAfter }
          : { outcome: "returned", values: results, argumentsAfter };
      });
    } catch (error) {
      this.#isBroken = true;
      if (error instanceof MissingHost) return { outcome: "unknown", missing: error.missing, argumentsAfter: [] };
      throw error;
    } finally {
      this.#isCalling = false;
      budget.take(this.meter.stepsUsed);
    }
  }

  /** Pushes plain data as new tables. */
  pushValue(L: LuaState, value: LuaArgument): void {
    this.#arguments.push(L, value);
  }

  #call(L: LuaState, args: number): void {
    let position: Position | undefined;
    const handler = (): number => {
      position ??= this.position();
      return 1;
    };
    lua.lua_pushcfunction(L, handler);
    lua.lua_insert(L, -2 - args);
    const ok = this.succeeded(L, lua.lua_pcall(L, args, 1, -2 - args));
    if (!ok) throw this.#runtimeError(L.stack[L.top - 1], position);
  }

  /** Runs something in the state; whatever is thrown becomes one of the documented errors, and the stack is emptied. */
  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof SchemaError || error instanceof MissingHost) throw error;
      throw error instanceof RangeError ? this.#tooDeep() : this.#defect(error);
    } finally {
      lua.lua_settop(this.#state, 0);
    }
  }

  /** Called where an error of JavaScript's goes through a protected call, which would lose it. */
  #nativeError(error: unknown): never {
    if (error instanceof SchemaError || error instanceof MissingHost) this.fail(error);
    this.fail(error instanceof RangeError ? this.#tooDeep() : this.#defect(error));
  }

  #tooDeep(): SchemaError {
    return new SchemaError("limit-recursion", "calls are nested too deeply for the JavaScript stack", {
      position: this.position(),
    });
  }

  #defect(error: unknown): SchemaError {
    return new SchemaError("lua-runtime", `the Lua VM failed: ${error instanceof Error ? error.message : "?"}`, {
      position: this.position(),
      nextStep: "This is a defect of kong-schema-advisor: report it with the schema.",
    });
  }

  #changesOf(module: string): string {
    const known = this.#opaqueChanges.get(module);
    if (known === undefined) return "";
    if (known.text === undefined) {
      const text = known.changes.join("; ");
      known.text = ` as changed by ${text.length > longChange ? sha256(text) : text}`;
    }
    return known.text;
  }

  #compileError(L: LuaState, file: string): SchemaError {
    const message = showBytes(slotBytes(L.stack[L.top - 1]) ?? new Uint8Array());
    const { position, text } = splitPlace(message, file);
    if (/too many JS levels/.test(text)) {
      if (L.nCcalls > manyNativeCalls) return this.#tooDeep();
      return new SchemaError("limit-source-depth", "the source is nested more deeply than Lua's compiler allows", {
        position,
        nextStep: "Build deep structures in steps with local variables.",
      });
    }
    return new SchemaError("lua-syntax", `the source is not Lua: ${shorten(text)}`, {
      position,
      nextStep: "Correct the syntax; `luajit -bl FILE` shows LuaJIT's own message.",
    });
  }

  #runtimeError(slot: TValue | undefined, position: Position | undefined): SchemaError {
    const { message } = this.problemOf(slot, position?.file ?? "");
    return new SchemaError("lua-runtime", `the source fails when it is run: ${message}`, {
      position,
      nextStep: "Run the file with Kong's LuaJIT to see the same error, and correct it.",
    });
  }

  /** An error as Lua code raised it, and where, if it says so. */
  problemOf(slot: TValue | undefined, file: string): SourceProblem {
    const bytes = slotBytes(slot);
    const message =
      bytes === undefined
        ? `an error was raised with ${slot?.value instanceof Table ? "a table" : "a value that is no text"}: ${slot === undefined ? "nil" : this.summarise(slot)}`
        : showBytes(bytes);
    const { position, text } = splitPlace(message, file);
    return { message: shorten(text), position };
  }
}

/** More of them are not told. */
const mostDecisions = 20;

/** Changes of a module that take more characters are shown by a digest. */
const longChange = 400;

function isTable(slot: TValue | undefined): boolean {
  return slot?.value instanceof Table;
}

/** With more calls than these around it, the compiler has no room for ordinary nesting. */
const manyNativeCalls = 50;

/** A message of the schema's own may have any length. */
function shorten(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}

/** Takes `file:line: ` off a message of Lua's. */
function splitPlace(message: string, file: string): { position: Position | undefined; text: string } {
  const place = /^(.*?):(\d+): /s.exec(message);
  if (place === null) return { position: undefined, text: message };
  return {
    position: { ...(file === "" ? {} : { file }), line: Number(place[2]), column: 1 },
    text: message.slice(place[0].length),
  };
}
