import {
  isAcceptedBy,
  isAcceptedByComment,
  readComments,
  unusedFinding,
  type CommentAcceptance,
} from "./acceptance.js";
import type { LintAcceptance, LintFinding } from "./finding.js";
import { LintedPlugin, type LintedPluginOptions } from "./plugin.js";
import { findRule, lintRules } from "./registry.js";
import type { LintRule, Observation, RuleDescription } from "./rule.js";

export interface LintOptions extends LintedPluginOptions {
  /** Findings that were reviewed; those in comments of the sources hold besides. */
  readonly accept?: readonly LintAcceptance[];
}

/** All findings of a run over one plugin or several. */
export interface LintReport {
  readonly formatVersion: 1;
  readonly plugins: readonly PluginLintReport[];
  /** What belongs to no plugin: acceptances of the command that fit nothing. */
  readonly findings: readonly LintFinding[];
  /** How many findings of each severity are left when the accepted ones are taken away. */
  readonly left: Readonly<Record<LintFinding["severity"], number>>;
}

export interface PluginLintReport {
  /** The name that the schema gives, or the folder's; null where there is none. */
  readonly plugin: string | null;
  readonly folder: string | null;
  /** In the order of files and lines. */
  readonly findings: readonly LintFinding[];
}

/**
 * Whether Kong would admit a plugin: every documented requirement that files can show, and what keeps a node from loading it. The
 * default is a plugin that is installed on data planes of Konnect. Accepted findings are among the findings, marked.
 * Throws a `SchemaError` with the code `option-invalid`.
 */
export function lintPlugin({ accept = [], ...plugin }: LintOptions): LintFinding[] {
  const { plugins, findings } = lintPlugins([plugin], { accept });
  return [...plugins.flatMap((report) => report.findings), ...findings];
}

/** As `lintPlugin`, for several plugins with the acceptances of one command. */
export function lintPlugins(
  plugins: readonly LintedPluginOptions[],
  { accept = [] }: { readonly accept?: readonly LintAcceptance[] } = {},
): LintReport {
  const used = new Set<LintAcceptance>();
  const reports = plugins.map((options) => lintOne(options, accept, used));
  const unused = accept
    .filter((acceptance) => !used.has(acceptance))
    .map(({ rule, path }) => unusedFinding(path === undefined ? rule : `${rule}:${path}`));
  const left = { error: 0, warning: 0, note: 0 };
  for (const { severity, accepted } of [...reports.flatMap(({ findings }) => findings), ...unused]) {
    if (accepted === undefined) left[severity]++;
  }
  return { formatVersion: 1, plugins: reports, findings: unused, left };
}

function lintOne(
  options: LintedPluginOptions,
  accept: readonly LintAcceptance[],
  used: Set<LintAcceptance>,
): PluginLintReport {
  const plugin = new LintedPlugin(options);
  const found = lintRules
    .filter((rule) => applies(rule, plugin))
    .flatMap((rule) => rule.check(plugin).map((observation) => findingOf(rule, observation, plugin)));
  const { acceptances, malformed } = readComments(plugin, (id) => findRule(id) !== undefined);
  const usedComments = new Set<CommentAcceptance>();
  const marked = found.map((finding) => {
    const comment = acceptances.find((candidate) => isAcceptedByComment(candidate, finding));
    const acceptance = accept.find((candidate) => isAcceptedBy(candidate, finding));
    if (comment !== undefined) usedComments.add(comment);
    if (acceptance !== undefined) used.add(acceptance);
    const reason = comment?.reason ?? acceptance?.reason;
    return reason === undefined ? finding : { ...finding, accepted: { reason } };
  });
  // A source can be linted for several distributions: what it accepts for another one is no mistake.
  const unused = acceptances
    .filter((comment) => !usedComments.has(comment) && applies(findRule(comment.rule), plugin))
    .map(({ rule, position }) => unusedFinding(rule, position));
  return {
    plugin: plugin.schemaName ?? plugin.pluginName ?? null,
    folder: options.folder ?? null,
    findings: [...marked, ...malformed, ...unused].sort(byPlace),
  };
}

function applies(rule: RuleDescription | undefined, { distribution, hosting }: LintedPlugin): boolean {
  return (
    rule?.appliesTo.some(
      (where) => where.distribution === distribution && (where.hostings?.includes(hosting) ?? true),
    ) === true
  );
}

function findingOf(rule: LintRule, observation: Observation, plugin: LintedPlugin): LintFinding {
  const { message, remedy, file, position } = observation;
  const place = position ?? (file === undefined ? undefined : { file: plugin.shownFile(file), line: 1, column: 1 });
  return {
    id: rule.id,
    severity: rule.severity,
    message,
    remedy: remedy ?? rule.remedy,
    ...(place === undefined ? {} : { position: place }),
    ...(rule.source === undefined ? {} : { source: rule.source }),
  };
}

function byPlace({ position: a }: LintFinding, { position: b }: LintFinding): number {
  const [fileA, fileB] = [a?.file ?? "", b?.file ?? ""];
  if (fileA !== fileB) return fileA < fileB ? -1 : 1;
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}
