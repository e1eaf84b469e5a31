import { SchemaError, type Position } from "../errors.js";
import type { CallBudget } from "./meter.js";
import { normaliseText } from "./scan.js";
import { LuaVm, type SourceProblem, type VmOptions } from "./vm.js";
import type { LuaFunctions, LuaValue } from "./value.js";

export interface Evaluation {
  /** What the source returned; undefined for nil. */
  readonly value: LuaValue | undefined;
  /** The functions in it, ready to be called; all calls of these share a budget. */
  readonly functions: LuaFunctions;
  /** The functions in it with another budget. */
  readonly functionsWithin: (budget: CallBudget) => LuaFunctions;
  /** Whether there are functions in what the source returned, and no call of one was broken off in the middle. */
  readonly isCallable: () => boolean;
  /** What was used up to now; of instructions, by the evaluation or the last call. */
  readonly usage: () => Usage;
  /** The modules that were asked for and are not visible here, in the order of asking. */
  readonly opaqueModules: readonly string[];
  /** Why modules among them whose source was given are not. */
  readonly brokenModules: ReadonlyMap<string, SourceProblem>;
  /** The opaque values on which it hung which way the source went, and where it first did. */
  readonly opaqueDecisions: ReadonlyMap<string, Position | undefined>;
  /** Whether the source, or a function since, read the `kong` global, so that another role may give another result. */
  readonly readsKong: () => boolean;
}

/** What an evaluation has used so far, in the coins of `Limits`. */
export interface Usage {
  readonly instructions: number;
  readonly memoryBytes: number;
}

export interface EvaluateOptions extends VmOptions {
  /** Shown in positions and in Lua's messages. */
  readonly filename?: string | undefined;
  /** The chunk gets `kong.plugins.NAME.schema` as its argument. */
  readonly pluginName?: string | undefined;
}

/** Runs a source in a new sandboxed state. Throws `SchemaError`. */
export function evaluate(
  source: string,
  { filename = "schema.lua", pluginName, ...options }: EvaluateOptions,
): Evaluation {
  const vm = new LuaVm(options);
  const value = runNamed(vm, withoutMark(source), filename, pluginName);
  return {
    value,
    functions: vm.functions(),
    functionsWithin: (budget) => vm.functions(budget),
    isCallable: () => vm.isCallable,
    usage: () => vm.usage,
    opaqueModules: [...vm.opaqueModules],
    brokenModules: vm.brokenModules,
    opaqueDecisions: vm.opaqueDecisions,
    readsKong: () => vm.readsKong,
  };
}

/** Kong calls the chunk with the module's name. */
function runNamed(vm: LuaVm, source: string, filename: string, pluginName: string | undefined): LuaValue | undefined {
  try {
    return vm.run(source, filename, pluginName === undefined ? [] : [`kong.plugins.${pluginName}.schema`]);
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    const { code, message, position } = error;
    const nextStep = nextStepFor(code, { source, pluginName, opaque: [...vm.opaqueModules] });
    throw nextStep === undefined ? error : new SchemaError(code, message, { position, nextStep });
  }
}

/** What to do about an error that may come from what is not here. */
function nextStepFor(
  code: SchemaError["code"],
  {
    source,
    pluginName,
    opaque,
  }: { readonly source: string; readonly pluginName: string | undefined; readonly opaque: readonly string[] },
): string | undefined {
  const failed = code === "lua-runtime";
  if (failed && pluginName === undefined && asksForName(source)) return nameWanted;
  if (opaque.length === 0 || !(failed || code === "limit-instructions")) return undefined;
  const modules = opaque.length === 1 ? `module ${opaque.join()}, which is` : `modules ${opaque.join(", ")}, which are`;
  return `The source works with ${modules} not visible here: give the source (option \`modules\`, on the command line --module-path). If it fails all the same, Kong's LuaJIT shows the same error.`;
}

/** `({...})[1]`, `local name = ...`, `(...):match("x")`, `(... or ""):match("x")`, `select(1, ...)` */
export function asksForName(source: string): boolean {
  return /[={]\s*\.\.\.|\(\s*\.\.\.\s*(?:\)\s*[:[]|or\b)|\bselect\s*\(\s*1\s*,\s*\.\.\./.test(source);
}

export const nameWanted =
  "The source asks for the plugin's name by `...`: give the option `pluginName`, on the command line --plugin-name, where it " +
  "is otherwise the folder of a schema.lua or the name in a saved answer.";

/** Whether a source that is Lua has more in it than white space and comments. */
export function hasCode(source: string): boolean {
  return normaliseText(withoutMark(source)) !== "";
}

/** Kong loads schemas with `require`, which skips a byte order mark. */
function withoutMark(source: string): string {
  return source.startsWith("\uFEFF") ? source.slice(1) : source;
}
