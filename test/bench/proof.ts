import { planMigration, readSchema } from "../../src/index.js";
import type { BenchLine } from "./measure.js";

const fieldCount = 200;
const changeEvery = 5;

/** From two texts of 200 fields, of which 40 differ in eight ways, to the plan. */
export const planWithProof: BenchLine = {
  name: "plan of 200 fields with 40 changes, proven ÷ the same by Kong's table",
  subject: (run) => planMigration(readSchema(schemaOf(run, "old")), readSchema(schemaOf(run, "new"))),
  yardstick: (run) =>
    planMigration(readSchema(schemaOf(run, "old")), readSchema(schemaOf(run, "new")), { trust: "table" }),
  runs: 30,
  limit: 3,
};

/** What a field of this number is in the new version, and what it was. */
const edits: readonly (readonly [old: string, now: string | undefined])[] = [
  [`type = "string"`, undefined],
  [`type = "string", default = "a"`, `type = "string", required = true, default = "a"`],
  [`type = "integer", gt = 0`, `type = "integer", gt = 9`],
  [`type = "string", one_of = { "a", "b" }`, `type = "string", one_of = { "a", "b", "c" }`],
  [`type = "integer", default = 1`, `type = "integer", default = 2`],
  [`type = "number"`, `type = "integer"`],
  [`type = "string"`, `type = "string", len_max = 5`],
  [`type = "boolean"`, `type = "boolean", required = true, default = true`],
];

function schemaOf(run: number, side: "old" | "new"): string {
  const fields = Array.from({ length: fieldCount }, (_, index) => {
    const [old, now] = edits[(index / changeEvery) % edits.length] ?? [`type = "integer", default = ${run}`, undefined];
    const isEdited = index % changeEvery === 0;
    if (isEdited && side === "new" && now === undefined) return "";
    return `{ field_${index} = { ${isEdited && side === "new" ? (now ?? old) : old} } },`;
  });
  return `return { name = "wide", fields = { { config = { type = "record", fields = {\n${fields.join("\n")}\n} } } } }`;
}
