import { readFileSync } from "node:fs";
import { planMigration, readSchema } from "kong-schema-advisor";

const read = (file) => readSchema(readFileSync(file, "utf8"));
const plan = planMigration(
  read("examples/old/response-stamp/schema.lua"),
  read("examples/new/response-stamp/schema.lua"),
);
console.log(plan.path);
