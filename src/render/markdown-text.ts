import { neutralLine } from "./neutral.js";

/**
 * What GitHub makes a link of in the rendered text, after the first character or characters: mentions, references to issues
 * (`#1`, `GH-1`) and web addresses.
 * https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
const beginningOfLink = /[@#](?=\w)|(?<=GH)-(?=\d)|(?<=https?|ftp):|(?<=www)\./gi;

/** What may be a commit: from 7 digits on GitHub looks whether there is one. Numbers are left alone. */
const commit = /(?<!\w)(?!\d+(?!\w))[0-9a-f]{7,40}(?!\w)/gi;

/** Is not shown, and no link goes across it. */
const nothing = "<!-- -->";

/**
 * Text as Markdown that shows just this text: no formatting, links, HTML, mentions of people or references to issues and
 * commits come out of what the schema's author wrote.
 */
export function prose(text: string): string {
  return neutralLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/^(\s*)(?=[-+#>])/, "$1\\")
    .replace(/^(\s*\d+)(?=[.)])/, "$1\\")
    .replaceAll(commit, (digits) => digits.replaceAll(/.{6}(?=.)/g, `$&${nothing}`))
    .replaceAll(beginningOfLink, `$&${nothing}`);
}

/** A code span, with a fence that the text itself does not close. */
export function code(text: string): string {
  const shown = neutralLine(text);
  const fence = "`".repeat(longestRun(shown) + 1);
  const blank = shown === "" || shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${blank}${shown}${blank}${fence}`;
}

/** A block of code, with a fence that no line of it closes. */
export function fenced(body: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language}\n${body}\n${fence}`;
}

/** A bar ends a cell even inside a code span. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replaceAll(/(?<!\\)\|/g, "\\|")).join(" | ")} |`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
