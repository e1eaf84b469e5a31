import type { Report } from "../report.js";
import { summarise } from "./arrange.js";
import { renderGithub } from "./github.js";
import { renderJson } from "./json.js";
import { type Palette, plainPalette } from "./layout.js";
import { renderMarkdown, renderSeveralAsMarkdown } from "./markdown.js";
import { renderSeveralAsText, renderText } from "./text.js";

/** `github` prints workflow commands, which GitHub Actions shows as annotations. */
export type Format = "text" | "markdown" | "json" | "github";

export interface RenderOptions {
  /** How many characters a line of text may have; 100 by default. */
  readonly width?: number;
  /** Colours for text; none by default. */
  readonly palette?: Palette;
}

/**
 * Renders a report, with a line end after the last line; or the reports of several plugins, with a summary before them.
 * Whatever a schema's author wrote comes out as inert text.
 */
export function render(report: Report | readonly Report[], format: Format, options: RenderOptions = {}): string {
  const { width = 100, palette = plainPalette } = options;
  switch (format) {
    case "text":
      return isOne(report) ? renderText(report, { width, palette }) : renderSeveralAsText(report, { width, palette });
    case "markdown":
      return isOne(report) ? renderMarkdown(report) : renderSeveralAsMarkdown(report);
    case "json":
      return renderJson(isOne(report) ? report : summarise(report));
    case "github":
      return (isOne(report) ? [report] : report).map(renderGithub).join("");
  }
}

function isOne(report: Report | readonly Report[]): report is Report {
  return !Array.isArray(report);
}
