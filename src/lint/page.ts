import { SchemaError } from "../errors.js";
import { readLuaFacts } from "../lua/static/facts.js";
import { notChecked } from "./not-checked.js";
import type { LintedPluginOptions } from "./plugin.js";
import { describedRules } from "./registry.js";
import type { Applicability, RuleDescription } from "./rule.js";
import { lintedFacts } from "./sources.js";

/** The page of a rule, in Markdown: what `explain` prints and docs/rules holds. */
export function rulePage(rule: RuleDescription): string {
  const { id, severity, summary, why, remedy, appliesTo, example } = rule;
  return blocks([
    `# ${id}`,
    `**${severity}**: ${summary}`,
    `Holds for ${listOf(appliesTo.map(showApplicability))}.`,
    "## Why",
    why,
    "## What to do",
    remedy,
    "## Found",
    ...exampleBlocks(example.bad),
    "## Not found",
    ...exampleBlocks(example.good),
    ...sourceBlocks(rule),
  ]);
}

/** The list of all rules, in Markdown, with what none of them checks. */
export function rulesPage(): string {
  const rows = describedRules.map(({ id, severity, summary }) => `| [${id}](${id}.md) | ${severity} | ${summary} |`);
  const left = lintedFacts.flatMap(({ id, fact }) => {
    const reason = Object.entries(notChecked).find(([unchecked]) => unchecked === id)?.[1];
    return reason === undefined ? [] : [`| ${fact} | ${reason} |`];
  });
  return blocks([
    "# Rules of `lint`",
    "Each finding names its rule. An error is something that Kong refuses, a warning something that may be refused or break later, a note something to know.",
    ["| rule | severity | finds |", "| --- | --- | --- |", ...rows].join("\n"),
    "## What no rule checks",
    ["| Kong says | why there is no rule |", "| --- | --- |", ...left].join("\n"),
  ]);
}

function sourceBlocks({ facts, source }: RuleDescription): readonly string[] {
  if (source === undefined) return [];
  const said = lintedFacts.filter(({ id }) => facts.includes(id));
  const alone = said.some((fact) => fact.source === source) ? [] : [`- <${source}>`];
  return ["## Sources", [...alone, ...said.map((fact) => `- ${fact.fact} <${fact.source}>`)].join("\n")];
}

/** What an example is linted with beside its files. */
function exampleBlocks({
  files = {},
  clones,
  gatewayVersion,
  hosting,
  distribution,
  knownPluginNames,
  pluginName,
}: Partial<LintedPluginOptions>): string[] {
  const options = [
    ...(pluginName === undefined ? [] : [`in a folder called \`${pluginName}\``]),
    ...(distribution === undefined ? [] : [`with \`--distribution ${distribution}\``]),
    ...(hosting === undefined ? [] : [`with \`--hosting ${hosting}\``]),
    ...(gatewayVersion === undefined ? [] : [`with \`--gateway-version ${gatewayVersion}\``]),
    ...(knownPluginNames ?? []).map((name) => `with \`--known-name ${name}\``),
  ];
  const names = Object.keys(files);
  return [
    ...(options.length === 0 ? [] : [`${capitalised(listOf(options))}:`]),
    ...Object.entries(files).map(([name, text]) => fence(name, text)),
    ...(clones === undefined ? [] : [`\`\`\`json\n${JSON.stringify({ cloned_plugins: clones }, null, 2)}\n\`\`\``]),
    ...(names.length === 0 && clones === undefined ? ["A folder without the file."] : []),
  ];
}

const mostLines = 40;

/** Lua as Lua, as far as it is any; long files are cut in the middle. */
function fence(name: string, text: string): string {
  const lines = text.trimEnd().split("\n");
  const shown =
    lines.length > mostLines
      ? [...lines.slice(0, 5), `-- … ${lines.length - 15} more lines …`, ...lines.slice(-10)]
      : lines;
  const language = lines.length <= mostLines && name.endsWith(".lua") && isLua(text) ? "lua" : "text";
  return `\`\`\`${language} ${name}\n${shown.join("\n")}\n\`\`\``;
}

function isLua(text: string): boolean {
  try {
    readLuaFacts(text);
    return true;
  } catch (error) {
    if (error instanceof SchemaError) return false;
    throw error;
  }
}

function showApplicability({ distribution, hostings }: Applicability): string {
  return `${distribution} plugins${hostings === undefined ? "" : ` (${hostings.join(", ")})`}`;
}

function listOf(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function blocks(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}
