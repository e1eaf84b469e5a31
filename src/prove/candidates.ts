import { fieldsAlong } from "../changes/along.js";
import type { Json, JsonObject } from "../changes/json.js";
import type { Change } from "../changes/registry.js";
import {
  findField,
  type Field,
  type FieldPath,
  type PluginSchema,
  type RecordBody,
  type SchemaTree,
} from "../schema/model.js";
import { configOf, namesIn } from "./groups.js";
import type { Candidate } from "./nodes.js";
import { isObject } from "./objects.js";
import { someUuid } from "./samples.js";
import { Typical } from "./typical.js";
import { fieldVariants, recordVariants, type SideOf } from "./variants.js";

/** Rules over more parameters than these are tried with those parameters as the least instance has them. */
const mostTied = 6;

export interface CandidateOptions {
  /** Whether there are more changes that rules tie to these, with which they are tried together. */
  readonly isAlone: boolean;
  /** Values that functions which are judged may compare with. */
  readonly hints: readonly (string | number)[];
  /** Names that stand in them, those of parameters among others. */
  readonly names: readonly string[];
}

/** The instances to ask about: what the changes touch varies, all else is as little as the schemas need. */
export function candidatesFor(
  old: PluginSchema,
  now: PluginSchema,
  changes: readonly Change[],
  { hints, names: spokenOf, isAlone }: CandidateOptions,
): readonly Candidate[] {
  const sides = [
    { tree: old, config: configOf(old), typical: new Typical(old, hints) },
    { tree: now, config: configOf(now), typical: new Typical(now, hints) },
  ] as const;
  const [before, after] = sides;
  const seen = spokenOf.filter((name) => before.config?.type === "record" && findField(before.config.fields, name));
  const own = [
    ...(seen.length > 0
      ? [...new Set(seen)].slice(0, mostTied).map((name) => ["config", name])
      : changes.flatMap((change) => fociOf(change, [old, now]))),
  ];
  const isTouched = (name: string): boolean => own.some(([top, touched]) => top === "config" && touched === name);
  const tied = isAlone ? [] : tiedNames(before.config).filter((name) => !isTouched(name));
  const foci = [...own, ...tied.map((name) => ["config", name])];
  const configs = configsFor(
    { thing: before.config, typical: before.typical },
    { thing: after.config, typical: after.typical },
    foci.filter(([top]) => top === "config").map((path) => path.slice(1)),
  );
  const beside = new Set(foci.flatMap(([top]) => (typeof top === "string" && top !== "config" ? [top] : [])));
  const [plainest = {}] = configs;
  const names = changes.some(({ subject }) => subject === "plugin-name") ? [old, now].map(instanceName) : [];
  return [
    ...(names.length > 0
      ? names.map((name) => ({ config: plainest, instance: { name } }))
      : configs.map((config) => ({ config }))),
    ...[...beside].flatMap((name) =>
      besideValues(name, fieldIn(old, name), fieldIn(now, name), before.typical).map((value) => ({
        config: plainest,
        instance: { [name]: value },
      })),
    ),
  ];
}

/** The name under which instances refer to the plugin. */
function instanceName({ name, options }: PluginSchema): string {
  return options.pluginName ?? name;
}

function configsFor(old: SideOf<Field>, now: SideOf<Field>, foci: readonly FieldPath[]): readonly JsonObject[] {
  const isWhole = foci.some((focus) => focus.length === 0);
  if (isWhole) return [...fieldVariants(old, now, [[]])].filter(isObject);
  const bodies = [old, now].map(({ thing, typical }) => ({
    thing: thing?.type === "record" ? thing : undefined,
    typical,
  }));
  const [before = { thing: undefined, typical: old.typical }, after = before] = bodies;
  return recordVariants(before, after, foci);
}

function fieldIn(tree: SchemaTree, name: string): Field | undefined {
  return findField(tree.fields, name)?.field;
}

/** The paths of what a change touches, from the plugin on. */
function fociOf(change: Change, trees: readonly SchemaTree[]): readonly FieldPath[] {
  const { path } = change;
  switch (change.subject) {
    case "plugin-name":
      return [];
    case "entity-check": {
      const bodies = trees.flatMap((tree) => bodyAt(tree, path) ?? []);
      const names = [change.old?.check, change.new?.check].flatMap((check) =>
        check === undefined ? [] : bodies.flatMap((body) => namesIn(check, body) ?? []),
      );
      const all = names.length > 0 ? names : bodies.flatMap((body) => body.fields.map(({ name }) => name));
      return [...new Set(all)].map((name) => [...path, name]);
    }
    case "shorthand": {
      const bodies = trees.flatMap((tree) => bodyAt(tree, path.slice(0, -1)) ?? []);
      const names = new Set(bodies.flatMap((body) => body.fields.map(({ name }) => name)));
      return [path, ...[...names].slice(0, mostTied).map((name) => [...path.slice(0, -1), name])];
    }
    case "field-move":
      return [...change.to, ...change.from].map((end) => end.path);
    case "attribute":
      return path.length === 0 ? [] : [path];
    case "field-addition":
    case "field-removal":
    case "definition":
    case "type":
    case "shadowed-definitions":
      return [path];
  }
}

/** The parameters of the configuration that rules speak of. */
function tiedNames(config: Field | undefined): readonly string[] {
  if (config?.type !== "record") return [];
  const names = new Set(config.entityChecks.flatMap(({ check }) => namesIn(check, config) ?? []));
  return names.size > mostTied ? [] : [...names];
}

function bodyAt(tree: SchemaTree, path: FieldPath): RecordBody | undefined {
  const along = fieldsAlong(tree, path);
  const last = along.length < path.length ? undefined : (along.at(-1) ?? tree);
  return last !== undefined && "fields" in last ? last : undefined;
}

const someProtocols: readonly string[] = ["http", "https", "grpc", "grpcs", "tcp", "tls", "tls_passthrough", "udp"];

/** What a field beside `config` can be. */
function besideValues(name: string, old: Field | undefined, now: Field | undefined, typical: Typical): readonly Json[] {
  if (name === "protocols") return someProtocols.map((protocol) => [protocol]);
  const variants = fieldVariants({ thing: old, typical }, { thing: now, typical }, [[]]);
  const isScope = [old, now].some((field) => field?.type === "foreign");
  return [...(isScope ? [{ id: someUuid }] : []), ...variants.flatMap((value) => value ?? [])];
}
