import pc from "picocolors";
import type * as Library from "../../index.js";
import type { Format, LintAcceptance, LintOptions } from "../../index.js";
import type { Outcome } from "../surroundings.js";

export interface LintJob {
  readonly kind: "lint";
  readonly plugins: readonly LintOptions[];
  readonly accept: readonly LintAcceptance[] | undefined;
  readonly format: Format;
  readonly width: number;
  readonly colours: boolean;
}

export function runLintJob(job: LintJob, { lintPlugins, renderLint }: typeof Library): Outcome {
  const { plugins, accept, format, width, colours } = job;
  const report = lintPlugins(plugins, accept === undefined ? {} : { accept });
  const { error } = report.left;
  return {
    exitCode: error > 0 ? 2 : 0,
    stdout: renderLint(report, format, { width, palette: pc.createColors(colours) }),
    stderr: error > 0 ? `kong-schema-advisor: ${error === 1 ? "1 error is" : `${error} errors are`} left\n` : "",
  };
}
