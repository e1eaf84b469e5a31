import { readFileSync } from "node:fs";
import fc from "fast-check";
import { run } from "../../src/cli/run.js";
import {
  adaptInstances,
  AdvisorError,
  applyChanges,
  checkInstances,
  createReport,
  diagnose,
  diffSchemas,
  fillConfig,
  formatErrors,
  lintPlugin,
  planMigration,
  planRemoval,
  type PluginSchema,
  type ReadOptions,
  readInstances,
  readSchema,
  render,
  renderDiagnoses,
  reportInstances,
  rewriteInstances,
  sameSchema,
  validateConfig,
} from "../../src/index.js";
import { answerText, configuration, deckText, logText, readOptions } from "./data.js";
import { damagedSchema, program, schemaText } from "./lua.js";

/** Something that is done with random input, and throws nothing but what is not allowed. */
export interface Target {
  readonly name: string;
  readonly property: fc.IRawProperty<unknown[]>;
}

const codes = new Set(
  [...readFileSync("docs/errors.md", "utf8").matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code]) => code),
);

/** What an action gives; undefined where it throws an error that docs/errors.md explains. All else is a defect. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    const isDocumented =
      error instanceof Error && "code" in error && typeof error.code === "string" && codes.has(error.code);
    const isDefect = error instanceof AdvisorError && error.nextStep?.includes("This is a defect") === true;
    if (isDocumented && !isDefect) return undefined;
    throw error;
  }
}

const read = (text: string, options: ReadOptions = {}) => attempt(() => readSchema(text, options));

const role = fc.constantFrom("control_plane" as const, "data_plane" as const);

/** So that a validator that runs for ever ends soon. */
const limits = { instructions: 200_000 };

const pair = fc
  .tuple(schemaText, schemaText)
  .map(([before, after]) => [read(before, { limits }), read(after, { limits })] as const);

function judge(schema: PluginSchema, config: unknown, node: "control_plane" | "data_plane"): void {
  const verdict = attempt(() => validateConfig(schema, config, { role: node }));
  if (verdict?.verdict === "refused")
    for (const format of ["admin-api", "data-plane-log"] as const) formatErrors(verdict.errors, format);
  for (const context of ["insert", "update", "select"] as const)
    attempt(() => fillConfig(schema, config, { role: node, context }));
}

export const targets: readonly Target[] = [
  {
    name: "damaged schemas, read",
    property: fc.property(damagedSchema, readOptions, (text, options) => void read(text, options)),
  },
  { name: "random programs, read", property: fc.property(program, (text) => void read(text)) },
  {
    name: "random schemas, read and judging random configurations",
    property: fc.property(schemaText, fc.array(configuration, { maxLength: 4 }), role, (text, configs, node) => {
      const schema = read(text, { limits });
      if (schema !== undefined) for (const config of configs) judge(schema, config, node);
    }),
  },
  {
    name: "two random schemas, compared, planned, printed",
    property: fc.property(pair, ([before, after]) => {
      if (after === undefined) return;
      const plan = attempt(() => planMigration(before, after));
      if (before !== undefined && !sameSchema(applyChanges(before, diffSchemas(before, after)), after))
        throw new Error("the changes do not lead there");
      if (plan === undefined) return;
      for (const format of ["text", "markdown", "json", "github"] as const) render(createReport(plan), format);
      attempt(() => planRemoval(after));
    }),
  },
  {
    name: "decK files, read, judged, edited, written",
    property: fc.property(deckText, pair, (text, [before, after]) => {
      const instances = attempt(() => readInstances(text, { format: "deck", pluginName: "p" }));
      if (instances === undefined || before === undefined || after === undefined) return;
      attempt(() => checkInstances(before, after, instances));
      const edits = attempt(() => adaptInstances(before, after, instances));
      if (edits !== undefined) attempt(() => rewriteInstances([{ text }], edits));
      attempt(() => reportInstances(planMigration(before, after), instances, { controlPlane: "konnect" }));
    }),
  },
  {
    name: "answers of the Admin API, read",
    property: fc.property(
      answerText,
      fc.constantFrom("admin-api" as const, "json" as const, "deck" as const),
      (text, format) => {
        attempt(() => readInstances(text, { format }));
      },
    ),
  },
  {
    name: "logs, diagnosed",
    property: fc.property(logText, pair, (text, [oldSchema, newSchema]) => {
      const found = attempt(() =>
        diagnose(text, oldSchema !== undefined && newSchema !== undefined ? { oldSchema, newSchema } : {}),
      );
      if (found !== undefined)
        for (const format of ["text", "markdown", "json"] as const) renderDiagnoses(found, format);
    }),
  },
  {
    name: "plugins, linted",
    property: fc.property(
      fc.oneof(damagedSchema, schemaText, program),
      fc.oneof(damagedSchema, program),
      fc.constantFrom("installed" as const, "streamed" as const),
      (schema, handler, distribution) => {
        attempt(() =>
          lintPlugin({ files: { "schema.lua": schema, "handler.lua": handler }, distribution, pluginName: "p" }),
        );
      },
    ),
  },
  {
    name: "command lines",
    property: fc.asyncProperty(commandLine(), fc.oneof(damagedSchema, deckText), async (args, input) => {
      const outcome = await run(args, {
        cwd: process.cwd(),
        env: {},
        terminal: undefined,
        stdin: () => Promise.resolve(input),
      });
      if (outcome.stderr.includes("[internal-error]")) throw new Error(outcome.stderr);
    }),
  },
];

function commandLine(): fc.Arbitrary<string[]> {
  // prettier-ignore
  const words = [
    "-", "examples/old/response-stamp", "examples/new/response-stamp", "examples/decks/response-stamp.yaml", "examples/logs/data-plane.log", "examples", "missing", "", "git:HEAD:examples/old/response-stamp",
    "git:x:y", "--format", "json", "text", "markdown", "github", "--first-upload", "--instances", "--set", "config.ttl=1", "=", "--rename", "a=b", "--max-path", "short", "--trust", "proven", "--accept", "x:y=z",
    "--gateway-version", "3.9", "x.y", "--distribution", "streamed", "cloned", "--hosting", "konnect", "--deadline", "1", "--no-isolate", "--strategy", "side-by-side", "--new-name", "q", "--old-clone", "a:b:1",
    "examples/definitions/kong.yaml#custom_plugins/x", "--help", "--", "--known-name",
  ];
  return fc
    .tuple(
      fc.constantFrom("plan", "remove", "rollout", "adapt", "check", "lint", "diagnose", "explain", "help", "x"),
      fc.array(fc.constantFrom(...words), { maxLength: 6 }),
    )
    .map(([command, rest]) => [command, ...rest]);
}
