import type { Report } from "../report.js";
import { neutralJson } from "./neutral.js";
import type { ReportOfSeveral } from "./several.js";

/** For programs. The keys stand in the report's own order; `schemas/report-v1.schema.json` describes them. */
export function renderJson(report: Report | ReportOfSeveral): string {
  return `${neutralJson(JSON.stringify(report, null, 2))}\n`;
}
