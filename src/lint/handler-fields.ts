import type { ReturnedFieldFact, StaticConstant } from "../lua/static/facts.js";
import type { LintedPlugin } from "./plugin.js";
import type { Observation } from "./rule.js";

/** What is wrong with a field that the handler must have. Nothing is said of a handler or a value that is put together out of sight. */
export function observeField(
  plugin: LintedPlugin,
  name: "VERSION" | "PRIORITY",
  wanted: string,
  isRight: (value: StaticConstant) => boolean,
): readonly Observation[] {
  const returned = plugin.factsOf("handler.lua")?.returned;
  const field = returned?.fields.get(name);
  if (field === undefined || field.value.kind === "nil") {
    if (returned?.isWhole !== true) return [];
    return [
      {
        file: "handler.lua",
        position: field?.position ?? returned.position,
        message: `the handler has no ${name}: a node of Gateway 3.0 or later does not load the plugin`,
      },
    ];
  }
  if (field.value.kind === "unknown" || isRight(field.value)) return [];
  return [
    {
      file: "handler.lua",
      position: field.position,
      message: `${name} of the handler is ${shown(field.value)} and has to be ${wanted}: a node of Gateway 3.0 or later does not load the plugin`,
    },
  ];
}

/** The functions of these names that the handler has. */
export function findPhases(
  plugin: LintedPlugin,
  names: readonly string[],
): readonly (ReturnedFieldFact & { readonly name: string })[] {
  const fields = plugin.factsOf("handler.lua")?.returned.fields;
  return names.flatMap((name) => {
    const field = fields?.get(name);
    return field === undefined || isNoFunction(field.value) ? [] : [{ name, ...field }];
  });
}

function isNoFunction({ kind }: StaticConstant): boolean {
  return kind === "nil" || kind === "boolean" || kind === "text" || kind === "number" || kind === "table";
}

function shown(value: StaticConstant): string {
  switch (value.kind) {
    case "text":
      return JSON.stringify(value.text);
    case "number":
      return String(value.number);
    case "boolean":
    case "nil":
    case "table":
    case "function":
    case "unknown":
      return `a ${value.kind}`;
  }
}
