import type { Report } from "../report.js";
import { briefReport } from "./brief.js";
import { renderGithub, renderSeveralForGithub } from "./github.js";
import { renderJson } from "./json.js";
import { type Palette, plainPalette } from "./layout.js";
import { planBlocks, renderMarkdown, rolloutBlocks } from "./markdown.js";
import { renderSeveralAsMarkdown, renderSeveralRolloutsAsMarkdown } from "./several-markdown.js";
import type { ReportOfSeveral } from "./several.js";
import { renderRolloutText, renderSeveralAsText, renderText } from "./text.js";

/** `github` prints workflow commands, which GitHub Actions shows as annotations. */
export type Format = "text" | "markdown" | "json" | "github";

export interface RenderOptions {
  /** How many characters a line of text may have; 100 by default. */
  readonly width?: number;
  /** Colours for text; none by default. */
  readonly palette?: Palette;
}

/**
 * Renders the report of one plugin, or of several with a summary before them; the last line has its end. Whatever a
 * schema's author wrote comes out as inert text.
 */
export function render(report: Report | ReportOfSeveral, format: Format, options: RenderOptions = {}): string {
  const { width = 100, palette = plainPalette } = options;
  if (format === "json") return renderJson(report);
  if ("plugins" in report) {
    const all = { ...report, plugins: report.plugins.map(briefReport) };
    switch (format) {
      case "text":
        return renderSeveralAsText(all, { width, palette });
      case "markdown":
        return renderSeveralAsMarkdown(all);
      case "github":
        return renderSeveralForGithub(all);
    }
  }
  const one = briefReport(report);
  switch (format) {
    case "text":
      return renderText(one, { width, palette });
    case "markdown":
      return renderMarkdown(one, planBlocks);
    case "github":
      return renderGithub(one);
  }
}

/** Renders what becomes of instances and nodes only; `json` and `github` have the whole report. */
export function renderRollout(report: Report | ReportOfSeveral, format: Format, options: RenderOptions = {}): string {
  const { width = 100, palette = plainPalette } = options;
  const reports = "plugins" in report ? report.plugins : [report];
  switch (format) {
    case "text":
      return reports.map((one) => renderRolloutText(one, { width, palette })).join("\n\n");
    case "markdown":
      return "plugins" in report ? renderSeveralRolloutsAsMarkdown(report) : renderMarkdown(report, rolloutBlocks);
    case "json":
    case "github":
      return render(report, format, options);
  }
}
