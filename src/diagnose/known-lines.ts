import type { Complaint, Reporter } from "./diagnosis.js";
import type { ProblemId } from "./problems.js";

/** A message that is one line, and always the same but for names and versions. */
interface KnownLine {
  readonly problem: ProblemId;
  readonly reporter: Reporter;
  /** Its whole match is the message; the group `plugin` is the name. */
  readonly pattern: RegExp;
}

/** Names and versions are short; the bound keeps a hostile line from being searched over and over. */
const name = String.raw`[\w.-]{1,200}`;

/**
 * What control planes and starting nodes write, from Kong's own code at 3.9.1: kong/clustering/compat/init.lua,
 * kong/db/dao/plugins.lua, kong/db/schema/plugin_loader.lua. The first that fits counts.
 */
const knownLines: readonly KnownLine[] = [
  {
    problem: "plugin-missing",
    reporter: "control-plane",
    pattern: new RegExp(`\\bconfigured (?<plugin>${name}) plugin(?: ${name})? is missing from data plane`),
  },
  {
    problem: "plugin-missing-unused",
    reporter: "control-plane",
    pattern: new RegExp(`(?<plugin>${name}) plugin(?: ${name})? is missing from data plane`),
  },
  {
    problem: "plugin-version",
    reporter: "control-plane",
    pattern: new RegExp(
      `\\bconfigured data plane (?<plugin>${name}) plugin version ${name} is different to control plane plugin version ${name}`,
    ),
  },
  {
    problem: "plugin-version-unused",
    reporter: "control-plane",
    pattern: new RegExp(
      `\\bdata plane (?<plugin>${name}) plugin version ${name} is different to control plane plugin version ${name}`,
    ),
  },
  {
    problem: "gateway-version",
    reporter: "control-plane",
    pattern: new RegExp(
      `\\bdata plane version(?: ${name})? is incompatible with (?:older )?control plane version(?: ${name})?(?: \\([^)]*\\))?`,
    ),
  },
  {
    problem: "plugin-not-installed",
    reporter: "start",
    pattern: new RegExp(`(?<plugin>${name}) plugin is enabled but not installed`),
  },
  {
    problem: "plugin-not-installed",
    reporter: "start",
    pattern: new RegExp(`\\bno configuration schema found for plugin: (?<plugin>${name})`),
  },
  {
    problem: "handler-refused",
    reporter: "start",
    pattern:
      /\bPlugin "(?<plugin>[^"]*)" cannot be loaded because its (?:PRIORITY|VERSION) field .*?(?:got: "[^"]*"|$)/,
  },
  {
    problem: "plugin-not-enabled",
    reporter: "admin-api",
    pattern: new RegExp(`\\bplugin '(?<plugin>${name})' not enabled; add it to the 'plugins' configuration property`),
  },
];

/** The complaint in a line that is known as a whole. */
export function findKnownLine(text: string, line: number): Complaint | undefined {
  for (const { problem, reporter, pattern } of knownLines) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const plugin = match.groups?.["plugin"] ?? null;
    return { problem, reporter, line, plugin, entity: null, entry: null, path: [], message: match[0] };
  }
  return undefined;
}
