import { evaluate, type EvaluateOptions, type Evaluation } from "../../src/lua/evaluate.js";
import { LuaTable, type LuaValue } from "../../src/lua/value.js";
import type { Value } from "../../src/schema/model.js";
import { toValue } from "../../src/schema/values.js";

/** Runs a Lua source in the sandbox. */
export function run(source: string, options: Partial<EvaluateOptions> = {}): Evaluation {
  return evaluate(source, { role: "control_plane", ...options });
}

/** What a Lua source returns, as plain data; nil is undefined. */
export function valueOf(source: string, options: Partial<EvaluateOptions> = {}): Value | undefined {
  const { value } = run(source, options);
  return value === undefined ? undefined : toValue(value);
}

/** The values of Lua expressions, as plain data. */
export function valuesOf(...expressions: readonly string[]): readonly (Value | undefined)[] {
  const list = run(`local t = {} ${expressions.map((text, at) => `t[${at + 1}] = ${text}`).join(" ")} return t`).value;
  return expressions.map((_, at) => {
    const item: LuaValue | undefined = list instanceof LuaTable ? list.get(at + 1) : undefined;
    return item === undefined ? undefined : toValue(item);
  });
}

/** What is thrown, with its code, place and message. */
export function problemOf(action: () => unknown): { code: unknown; line: unknown; message: string } {
  try {
    action();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code, position } = error as { code?: unknown; position?: { line: number } };
    return { code, line: position?.line, message: error.message };
  }
  throw new Error("nothing was thrown");
}
