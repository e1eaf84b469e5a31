import { readSchema, validateConfig } from "../../src/index.js";
import type { BenchLine } from "./measure.js";

const kinds = [
  (validator: string) => `type = "string", ${validator} one_of = { "a", "b" }`,
  () => `type = "integer", between = { 0, 100000 }, default = 1`,
  () => `type = "array", elements = { type = "string" }`,
  () => `type = "record", fields = { { x = { type = "string" } }, { y = { type = "boolean", default = true } } }`,
  () => `type = "map", keys = { type = "string" }, values = { type = "number" }`,
];

/** Filling in and validating configurations of 30 fields as a control plane does; the yardstick reads each from JSON. */
export const plainConfigs = lineFor("without custom validators", 1_000, "");
export const customConfigs = lineFor(
  "with six custom validators",
  1_000,
  "custom_validator = function(v) if #v > 5 then return nil, 'too long' end return true end,",
);
/** How the time grows with the number of configurations. */
export const manyConfigs = lineFor("without custom validators", 10_000, "");

function lineFor(name: string, count: number, validator: string): BenchLine {
  const schema = readSchema(schemaOf(validator));
  return {
    name: `${count.toLocaleString("en")} configurations judged ${name} ÷ JSON.parse of each`,
    subject: (run) => {
      for (let index = 0; index < count; index++)
        validateConfig(schema, configOf(run, index), { role: "control_plane" });
    },
    yardstick: (run) => {
      for (let index = 0; index < count; index++) JSON.parse(JSON.stringify(configOf(run, index)));
    },
    runs: 30,
  };
}

function schemaOf(validator: string): string {
  const fields = Array.from(
    { length: 30 },
    (_, at) => `{ f${at} = { ${kinds[at % kinds.length]?.(validator) ?? ""} } },`,
  );
  return `return { name = "p", fields = { { config = { type = "record", fields = {\n${fields.join("\n")}\n} } } } }`;
}

function configOf(run: number, index: number): Record<string, unknown> {
  const values = ["a", (run + index) % 1000, ["x", "y"], { x: "q" }, { k: index }];
  return Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f${at}`, values[at % values.length]]));
}
