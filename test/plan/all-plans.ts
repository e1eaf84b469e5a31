import { readFileSync } from "node:fs";
import { planMigration } from "../../src/plan/plan-migration.js";
import { planRemoval } from "../../src/plan/plan-removal.js";
import type { MigrationPlan, PlannedInstance } from "../../src/plan/plan.js";
import { hostings, isInstalledHosting } from "../../src/kong/hostings.js";
import { streamingHostings, type Hosting } from "../../src/kong/streamed-and-cloned.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";

export interface NamedPlan {
  /** Such as `installed-konnect`. */
  readonly name: string;
  readonly plan: MigrationPlan;
}

/** The example plugin in every way that Kong documents, at every hosting that takes it. */
export function allPlans(old = example("old"), next = example("new")): readonly NamedPlan[] {
  return [
    ...hostings.flatMap((hosting) => [
      ...(isInstalledHosting(hosting) ? installedPlans(old, next, hosting) : []),
      ...(streamingHostings[hosting] ? streamedPlans(old, next, hosting) : []),
      ...clonedPlans(old.name, hosting),
    ]),
    ...milderPlans(old.name),
  ];
}

/** Where not everything has to be done at once: the milder paths, and the orders that a control plane of one's own needs. */
function milderPlans(name: string): readonly NamedPlan[] {
  const of = (fields: string) =>
    readSchema(
      `return { name = ${luaString(name)}, fields = { { config = { type = "record", fields = { ${fields} } } } } }`,
    );
  const plain = of(`{ url = { type = "string" } }`);
  const more = of(`{ url = { type = "string" } }, { ttl = { type = "integer" } }`);
  const filled = of(`{ url = { type = "string" } }, { ttl = { type = "integer", default = 60 } }`);
  const tight = of(`{ url = { type = "string", len_min = 8 } }`);
  const hybrid = { hosting: "self-managed-hybrid", fromVersion: "1.4.0", toVersion: "1.5.0" } as const;
  return [
    { name: "installed-konnect-short", plan: planMigration(plain, more) },
    { name: "installed-konnect-long", plan: planMigration(more, plain) },
    { name: "installed-self-managed-hybrid-any-order", plan: planMigration(plain, more, hybrid) },
    { name: "installed-self-managed-hybrid-control-plane-first", plan: planMigration(more, plain, hybrid) },
    { name: "installed-self-managed-hybrid-data-planes-first", plan: planMigration(plain, filled, hybrid) },
    { name: "installed-self-managed-hybrid-edits-before", plan: planMigration(plain, tight, hybrid) },
    { name: "installed-traditional-edits-before", plan: planMigration(plain, tight, { hosting: "traditional" }) },
    { name: "installed-db-less-edits-before", plan: planMigration(plain, tight, { hosting: "db-less" }) },
  ];
}

/** Every byte as a decimal escape: nothing in it has a meaning to Lua. */
export function luaString(text: string): string {
  return `"${[...Buffer.from(text, "utf8")].map((byte) => `\\${String(byte).padStart(3, "0")}`).join("")}"`;
}

export function example(version: "old" | "new", plugin = "quota-guard"): PluginSchema {
  const filename = `examples/${version}/${plugin}/schema.lua`;
  return readSchema(readFileSync(filename, "utf8"), { filename });
}

function installedPlans(old: PluginSchema, next: PluginSchema, hosting: Hosting): readonly NamedPlan[] {
  const versions = { fromVersion: "1.4.0", toVersion: "2.0.0" };
  const schemaFile = "schema.lua";
  return [
    { name: `installed-${hosting}`, plan: planMigration(old, next, { hosting, schemaFile, ...versions }) },
    {
      name: `side-by-side-${hosting}`,
      plan: planMigration(old, next, { hosting, schemaFile, strategy: "side-by-side", ...versions }),
    },
    { name: `installed-${hosting}-handler-only`, plan: planMigration(next, next, { hosting, schemaFile }) },
    { name: `installed-${hosting}-first`, plan: planMigration(undefined, next, { hosting, schemaFile }) },
    { name: `installed-${hosting}-removal`, plan: planRemoval(old, instancesOf(old.name), { hosting }) },
  ];
}

function streamedPlans(old: PluginSchema, next: PluginSchema, hosting: Hosting): readonly NamedPlan[] {
  const options = { distribution: "streamed", hosting, schemaFile: "schema.lua" } as const;
  return [
    { name: `streamed-${hosting}`, plan: planMigration(old, next, { ...options, toVersion: "2.0.0" }) },
    { name: `streamed-${hosting}-first`, plan: planMigration(undefined, next, options) },
    {
      name: `streamed-${hosting}-removal`,
      plan: planRemoval(old, instancesOf(old.name), { distribution: "streamed", hosting }),
    },
  ];
}

function clonedPlans(oldName: string, hosting: Hosting): readonly NamedPlan[] {
  const name = `${oldName}-headers`;
  const old = { name, ref: "request-transformer", priority: 802 };
  const next = { ...old, priority: 750 };
  const first = { name: "acme-headers", ref: "request-transformer" };
  const options = { distribution: "cloned", hosting } as const;
  return [
    { name: `cloned-${hosting}`, plan: planMigration(undefined, undefined, { ...options, clone: { old, new: next } }) },
    {
      name: `cloned-${hosting}-first`,
      plan: planMigration(undefined, undefined, { ...options, clone: { new: first } }),
    },
    { name: `cloned-${hosting}-removal`, plan: planRemoval(undefined, instancesOf(name), { ...options, name }) },
  ];
}

function instancesOf(name: string): readonly PlannedInstance[] {
  return [
    { name, address: { position: { file: "kong.yaml", line: 12 }, scope: { service: "orders" } } },
    { name, address: { position: { file: "kong.yaml", line: 40 }, scope: {}, instanceName: "everywhere" } },
    { name: "another", address: { scope: {} } },
  ];
}
