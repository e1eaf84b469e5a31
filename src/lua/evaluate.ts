import { SchemaError } from "../errors.js";
import type { CallBudget } from "./meter.js";
import { normaliseText } from "./scan.js";
import { LuaVm, type VmOptions } from "./vm.js";
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
    readsKong: () => vm.readsKong,
  };
}

/** Kong calls the chunk with the module's name. */
function runNamed(vm: LuaVm, source: string, filename: string, pluginName: string | undefined): LuaValue | undefined {
  if (pluginName !== undefined) return vm.run(source, filename, [`kong.plugins.${pluginName}.schema`]);
  try {
    return vm.run(source, filename, []);
  } catch (error) {
    if (!(error instanceof SchemaError) || error.code !== "lua-runtime" || !asksForName.test(source)) throw error;
    throw new SchemaError(error.code, error.message, {
      position: error.position,
      nextStep:
        "The source asks for the plugin's name by `...`: give the option `pluginName`; on the command line it is the folder of a schema.lua.",
    });
  }
}

/** `({...})[1]`, `local name = ...`, `(...):match("x")`, `select(1, ...)` */
const asksForName = /[={]\s*\.\.\.|\(\s*\.\.\.\s*\)\s*[:[]|\bselect\s*\(\s*1\s*,\s*\.\.\./;

/** Whether a source that is Lua has more in it than white space and comments. */
export function hasCode(source: string): boolean {
  return normaliseText(withoutMark(source)) !== "";
}

/** Kong loads schemas with `require`, which skips a byte order mark. */
function withoutMark(source: string): string {
  return source.startsWith("\uFEFF") ? source.slice(1) : source;
}
