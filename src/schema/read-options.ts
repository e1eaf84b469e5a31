import { SchemaError } from "../errors.js";
import { parseRelease } from "../kong/release.js";
import { defaultLimits } from "../lua/limits.js";
import type { ReadOptions } from "./model.js";

/** The source of a schema as it may come from a caller who does not use TypeScript. Throws `SchemaError`. */
export function checkedSource(source: unknown): string {
  if (typeof source !== "string") {
    throw new SchemaError("source-not-text", "the source of a schema must be a string", {
      nextStep: "Read the file as UTF-8 text and pass its content.",
    });
  }
  if (hasLoneSurrogate(source)) {
    throw new SchemaError("source-not-text", "the source holds half of a character (a lone UTF-16 surrogate)", {
      nextStep: "Read the file as UTF-8 text and pass its content.",
    });
  }
  return source;
}

/** A copy of the options with nothing in it that is not one of them. Throws `SchemaError`. */
export function checkedOptions(options: unknown): ReadOptions {
  try {
    const given = fieldsOf(options, "the options");
    const known = Object.entries(checks).flatMap(([name, check]) => {
      const value = given[name];
      return value === undefined ? [] : [[name, check(value)] as const];
    });
    return Object.fromEntries(known);
  } catch (error) {
    if (error instanceof SchemaError) throw error;
    return refuse("the options cannot be read", "Give a plain object.");
  }
}

type Fields = Readonly<Record<string, unknown>>;

const checks: { readonly [Name in keyof ReadOptions]-?: (value: unknown) => Required<ReadOptions>[Name] } = {
  filename: (value) => text(value, "filename"),
  pluginName: (value) => text(value, "pluginName"),
  gatewayVersion(value) {
    const version = text(value, "gatewayVersion");
    return parseRelease(version) === undefined
      ? refuse(`${JSON.stringify(version)} is not a Gateway version`, "Give it as 3.9, 3.9.1 or 3.9.1.2.")
      : version;
  },
  edition(value) {
    return value === "enterprise" || value === "oss"
      ? value
      : refuse("the option `edition` has no such value", 'Give "enterprise" or "oss".');
  },
  modules(value) {
    const modules = Object.entries(fieldsOf(value, "the option `modules`"));
    return Object.fromEntries(
      modules.map(([name, source]) => [name, text(source, `modules[${JSON.stringify(name)}]`)]),
    );
  },
  limits(value) {
    const limits = Object.entries(fieldsOf(value, "the option `limits`"));
    return Object.fromEntries(limits.filter(([, limit]) => limit !== undefined).map(checkedLimit));
  },
};

function checkedLimit([name, limit]: [string, unknown]): [string, number] {
  if (!Object.hasOwn(defaultLimits, name)) {
    return refuse(`there is no limit \`${name}\``, `The limits are ${Object.keys(defaultLimits).join(", ")}.`);
  }
  return typeof limit === "number" && limit >= 0
    ? [name, limit]
    : refuse(`the limit \`${name}\` is not a number from 0 on`, "Give a number, or leave it out for the default.");
}

function text(value: unknown, name: string): string {
  return typeof value === "string" && !hasLoneSurrogate(value)
    ? value
    : refuse(`the option \`${name}\` is not a text`, "Give a string.");
}

function fieldsOf(value: unknown, name: string): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? { ...value }
    : refuse(`${name} is not an object`, "Give a plain object.");
}

function hasLoneSurrogate(value: string): boolean {
  return /[\uD800-\uDFFF]/u.test(value);
}

function refuse(problem: string, nextStep: string): never {
  throw new SchemaError("option-invalid", problem, { nextStep });
}
