import type { Position } from "../errors.js";
import type { CommentFact } from "../lua/static/facts.js";
import { installed, cloned, streamed } from "./applicability.js";
import { schemaOf } from "./example.js";
import type { LintAcceptance, LintFinding } from "./finding.js";
import type { LintedPlugin } from "./plugin.js";
import type { RuleDescription } from "./rule.js";

const everywhere = [installed, streamed, cloned];
const typedefs = `local typedefs = require "kong.db.schema.typedefs"\n\n`;
const url = "{ upstream = typedefs.url }";

export const unusedAcceptance: RuleDescription = {
  id: "unused-acceptance",
  severity: "warning",
  summary: "An acceptance fits no finding.",
  why: "It would hide a finding that comes later, which nobody has looked at.",
  remedy: "Take it away, or correct its rule or path.",
  facts: [],
  appliesTo: everywhere,
  example: {
    bad: {
      files: {
        "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`, {
          before: "-- kong-schema-advisor: accept typedefs-in-schema because Konnect takes it\n\n",
        }),
      },
    },
    good: { files: { "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`) } },
  },
};

export const malformedAcceptance: RuleDescription = {
  id: "malformed-acceptance",
  severity: "warning",
  summary: "A comment addressed to this tool is no acceptance, or names no rule.",
  why: "It accepts nothing, so the finding that it is meant for stays.",
  remedy: "Write `-- kong-schema-advisor: accept RULE because REASON` on the line of the finding or right above it.",
  facts: [],
  appliesTo: everywhere,
  example: {
    bad: { files: { "schema.lua": schemaOf(url, { before: `-- kong-schema-advisor: ignore typedefs\n${typedefs}` }) } },
    good: {
      files: {
        "schema.lua": schemaOf(url, {
          before: `-- kong-schema-advisor: accept typedefs-in-schema because Konnect takes it\n${typedefs}`,
        }),
      },
    },
  },
};

export const acceptanceRules: readonly RuleDescription[] = [unusedAcceptance, malformedAcceptance];

/** An acceptance in a comment: it holds on certain lines of its file. */
export interface CommentAcceptance {
  readonly rule: string;
  readonly reason: string;
  readonly position: Position;
  /** The comment's own lines, and the next line of code where it stands alone. */
  readonly lines: readonly number[];
}

export interface CommentAcceptances {
  readonly acceptances: readonly CommentAcceptance[];
  readonly malformed: readonly LintFinding[];
}

/** Reads the comments `-- kong-schema-advisor: accept RULE because REASON` of all Lua files of a plugin. */
export function readComments(plugin: LintedPlugin, isRule: (id: string) => boolean): CommentAcceptances {
  const acceptances: CommentAcceptance[] = [];
  const malformed: LintFinding[] = [];
  for (const [file, source] of plugin.files) {
    const comments = plugin.factsOf(file)?.comments ?? [];
    for (const comment of comments) {
      const words = /^\s*kong-schema-advisor:(.*)$/s.exec(comment.text)?.[1];
      if (words === undefined) continue;
      const [, rule, reason] = /^\s*accept\s+([\w-]+)\s+because\s+(\S.*?)\s*$/s.exec(words) ?? [];
      if (rule === undefined || reason === undefined || !isRule(rule)) {
        malformed.push(malformedFinding(comment, rule));
      } else {
        acceptances.push({ rule, reason, position: comment.position, lines: linesOf(comment, source) });
      }
    }
  }
  return { acceptances, malformed };
}

/** Whether an acceptance of the command covers a finding. */
export function isAcceptedBy({ rule, path }: LintAcceptance, { id, position }: LintFinding): boolean {
  if (rule !== id) return false;
  return path === undefined || position?.file === path || position?.file?.endsWith(`/${path}`) === true;
}

/** Whether an acceptance in a comment covers a finding. */
export function isAcceptedByComment(
  { rule, lines, position: comment }: CommentAcceptance,
  { id, position }: LintFinding,
): boolean {
  return rule === id && position?.file === comment.file && position !== undefined && lines.includes(position.line);
}

export function unusedFinding(shown: string, position?: Position): LintFinding {
  return {
    id: unusedAcceptance.id,
    severity: unusedAcceptance.severity,
    message: `${shown} is accepted, and there is no such finding`,
    remedy: unusedAcceptance.remedy,
    ...(position === undefined ? {} : { position }),
  };
}

function malformedFinding({ position }: CommentFact, rule: string | undefined): LintFinding {
  return {
    id: malformedAcceptance.id,
    severity: malformedAcceptance.severity,
    message:
      rule === undefined
        ? "this comment is addressed to kong-schema-advisor and accepts nothing"
        : `this comment accepts ${rule}, and there is no rule of this name`,
    remedy: malformedAcceptance.remedy,
    position,
  };
}

function linesOf({ position, lastLine, isBesideCode }: CommentFact, source: string): readonly number[] {
  const own = Array.from({ length: lastLine - position.line + 1 }, (_, index) => position.line + index);
  if (isBesideCode) return own;
  const lines = source.split("\n");
  let next = lastLine;
  while (next < lines.length && /^\s*(?:--.*)?$/.test(lines[next] ?? "")) next++;
  return [...own, next + 1];
}
