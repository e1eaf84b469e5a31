// What a bot writes below a pull request: the report as Markdown, and a verdict for the check.
import { readFileSync } from "node:fs";
import { createReport, planMigration, readSchema, render } from "kong-schema-advisor";

const folders =
  process.argv.length > 3 ? process.argv.slice(2, 4) : ["examples/old/quota-guard", "examples/new/quota-guard"];
const [oldSchema, newSchema] = folders.map((folder) => {
  const filename = `${folder}/schema.lua`;
  return readSchema(readFileSync(filename, "utf8"), { filename });
});

const report = createReport(planMigration(oldSchema, newSchema));
console.log(render(report, "markdown"));
console.log(`<!-- verdict: ${report.path === "cp-dp-sync" ? "needs a review by operations" : "may be merged"} -->`);
