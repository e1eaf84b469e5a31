import luaparse from "luaparse";
import { createReport, planMigration, readSchema, render } from "../../src/index.js";
import { runInBareFengari } from "./bare-fengari.js";
import type { BenchLine } from "./measure.js";

/** How the time grows with the number of parameters: the plan of a pair in which one parameter of fifty differs. */
export const someFields = lineFor(1_000);
export const manyFields = lineFor(10_000);

function lineFor(count: number): BenchLine {
  return {
    name: `plan of a pair with ${count.toLocaleString("en")} fields ÷ both in bare fengari and luaparse`,
    subject: (run) => {
      const oldSchema = readSchema(schemaOf(count, run, "old"));
      const newSchema = readSchema(schemaOf(count, run, "new"));
      return render(createReport(planMigration(oldSchema, newSchema)), "json");
    },
    yardstick: (run) => {
      for (const side of ["old", "new"] as const) {
        const source = schemaOf(count, run, side);
        luaparse.parse(source, { luaVersion: "LuaJIT", locations: true });
        runInBareFengari(source);
      }
    },
    runs: 30,
  };
}

function schemaOf(count: number, run: number, side: "old" | "new"): string {
  const fields = Array.from({ length: count }, (_, index) => {
    const preset = side === "new" && index % 50 === 0 ? run + 1 : run;
    return `{ field_${index} = { type = "integer", default = ${preset}, gt = -1, description = "Parameter number ${index}." } },`;
  });
  return `return { name = "wide", fields = { { config = { type = "record", fields = {\n${fields.join("\n")}\n} } } } }`;
}
