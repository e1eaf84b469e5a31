import { isList } from "../changes/value-key.js";
import type { Change } from "../changes/registry.js";
import {
  findField,
  isLuaFunction,
  isMixedTable,
  isOpaque,
  isValueMap,
  type Field,
  type FieldPath,
  type RecordBody,
  type SchemaTree,
  type Value,
} from "../schema/model.js";

/**
 * What rules tie together must be judged together; what no rule ties can be judged apart. A node is a parameter directly under
 * `config` (`ttl`), or in a record there (`redis.host`), with all that is in it, or, with an `@` in front, a field beside `config`.
 */
export class Groups {
  readonly #parents = new Map<string, string>();
  /** By the name of a parameter under `config`: the nodes in it. */
  readonly #inside = new Map<string, readonly string[]>();
  #topNames: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  constructor(trees: readonly (readonly [SchemaTree, TargetsOf])[]) {
    for (const [tree] of trees) this.#addNodes(tree);
    for (const [tree, targetsOf] of trees) this.#tieTree(tree, targetsOf);
  }

  /** The one node that stands for all that are tied to this one. */
  groupOf(node: string): string {
    let at = node;
    for (;;) {
      const parent = this.#parents.get(at);
      if (parent === undefined || parent === at) return at;
      at = parent;
    }
  }

  /** Ties what some names stand for; a name of a record stands for all that is in it. */
  tie(names: readonly string[]): void {
    const [first, ...others] = names.flatMap((name) => this.nodesOf(name));
    if (first === undefined) return;
    this.#topNames = undefined;
    for (const other of others) {
      const root = this.groupOf(first);
      const added = this.groupOf(other);
      if (root !== added) this.#parents.set(added, root);
    }
  }

  nodesOf(name: string): readonly string[] {
    return this.#inside.get(name) ?? [name];
  }

  /** The names under `config`, and beside it, of which a group has something. */
  topNames(group: string): ReadonlySet<string> {
    return (this.#topNames ??= this.#namesByGroup()).get(group) ?? new Set();
  }

  #namesByGroup(): ReadonlyMap<string, ReadonlySet<string>> {
    const found = new Map<string, Set<string>>();
    for (const name of this.#inside.keys()) {
      for (const node of this.nodesOf(name)) {
        const group = this.groupOf(node);
        const names = found.get(group) ?? new Set<string>();
        found.set(group, names.add(name));
      }
    }
    return found;
  }

  everything(): readonly string[] {
    return [...this.#inside.keys()];
  }

  #addNodes(tree: SchemaTree): void {
    for (const { name } of tree.fields) if (name !== "config") this.#inside.set(`@${name}`, [`@${name}`]);
    for (const { name, field } of configOf(tree)?.fields ?? []) {
      const known = this.#inside.get(name) ?? [];
      const nodes = field.type === "record" ? field.fields.map((inner) => `${name}.${inner.name}`) : [];
      this.#inside.set(name, [...new Set([name, ...known, ...nodes])]);
    }
  }

  #tieTree(tree: SchemaTree, targetsOf: TargetsOf): void {
    const everything = this.everything();
    for (const { check } of tree.entityChecks) this.tie(besideNames(check, tree) ?? everything);
    if (tree.shorthandFields.length > 0 || tree.attributes["transformations"] !== undefined) this.tie(everything);
    const config = configOf(tree);
    if (config === undefined) return;
    this.#tieBody(config, "", targetsOf);
    for (const { name, field } of config.fields) {
      if (field.type !== "record") continue;
      this.#tieBody(field, `${name}.`, targetsOf);
      if (field.attributes["custom_validator"] !== undefined || field.default !== undefined) this.tie([name]);
    }
  }

  #tieBody(body: RecordBody, prefix: string, targetsOf: TargetsOf): void {
    const all = body.fields.map(({ name }) => prefix + name);
    for (const { check } of body.entityChecks) this.tie(nodesIn(check, body)?.map((name) => prefix + name) ?? all);
    for (const { name, field } of body.shorthandFields) {
      const targets = targetsOf(field);
      this.tie(targets === undefined ? [prefix + name, ...all] : [name, ...targets].map((target) => prefix + target));
    }
  }
}

/** The names that a shorthand is turned into; undefined where they cannot be told. */
export type TargetsOf = (shorthand: Field) => readonly string[] | undefined;

type ConfigRecord = Extract<Field, { readonly type: "record" }>;

export function configOf(tree: RecordBody): ConfigRecord | undefined {
  const field = findField(tree.fields, "config")?.field;
  return field?.type === "record" ? field : undefined;
}

/** The names of a record that a check speaks of; undefined where it cannot be told. */
export function namesIn(check: Value, body: RecordBody): readonly string[] | undefined {
  const known = new Set(body.fields.map(({ name }) => name));
  const texts = textsIn(check);
  if (texts === undefined) return undefined;
  const names = [...new Set(texts.map((text) => text.split(".", 1)[0] ?? text))].filter((name) => known.has(name));
  return names.length === 0 ? undefined : names;
}

/** The same as nodes: `redis.host` stands for no more than that. */
function nodesIn(check: Value, body: RecordBody): readonly string[] | undefined {
  const names = namesIn(check, body);
  const texts = textsIn(check) ?? [];
  return names?.flatMap((name) => {
    const inside = texts
      .filter((text) => text.startsWith(`${name}.`))
      .map((text) => text.split(".").slice(0, 2).join("."));
    return texts.includes(name) || inside.length === 0 ? [name] : inside;
  });
}

/** The same for a check of the plugin itself. */
export function besideNames(check: Value, tree: SchemaTree): readonly string[] | undefined {
  const texts = textsIn(check);
  const config = configOf(tree);
  if (texts === undefined || config === undefined) return undefined;
  const inside = new Set(config.fields.map(({ name }) => name));
  const beside = new Set(tree.fields.map(({ name }) => name));
  const names = texts.flatMap((text) => {
    const [head = "", next = ""] = text.split(".");
    if (head === "config") return inside.has(next) ? [next] : [];
    return beside.has(head) ? [`@${head}`] : [];
  });
  return names.length === 0 ? undefined : names;
}

/** Every text in a value; undefined where part of it is not visible. */
function textsIn(value: Value): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object" || isLuaFunction(value)) return [];
  if (isOpaque(value)) return undefined;
  const texts: string[] = [];
  for (const item of itemsIn(value)) {
    const found = textsIn(item);
    if (found === undefined) return undefined;
    texts.push(...found);
  }
  return texts;
}

function itemsIn(value: Value): readonly Value[] {
  if (isList(value)) return value;
  if (isMixedTable(value)) return value.luaTable.flat();
  return isValueMap(value) ? Object.values(value) : [];
}

/** The names that a change touches; undefined where it touches all. */
export function touchedNames(change: Change, trees: readonly SchemaTree[]): readonly string[] | undefined {
  if (change.subject === "entity-check")
    return namesOfCheck(change.path, [change.old?.check, change.new?.check], trees);
  if (change.subject !== "field-move") return namesAt(change.path, trees);
  const names = [change, ...change.from, ...change.to].map(({ path }) => namesAt(path, trees));
  return names.some((found) => found === undefined) ? undefined : names.flatMap((found) => found ?? []);
}

function namesAt(path: FieldPath, trees: readonly SchemaTree[]): readonly string[] | undefined {
  const [top, name, inner] = path;
  if (typeof top !== "string") return undefined;
  if (top !== "config") return [`@${top}`];
  if (typeof name !== "string") return undefined;
  const isInRecord = trees.every((tree) => findField(configOf(tree)?.fields ?? [], name)?.field.type === "record");
  return typeof inner === "string" && isInRecord ? [`${name}.${inner}`] : [name];
}

function namesOfCheck(
  path: FieldPath,
  checks: readonly (Value | undefined)[],
  trees: readonly SchemaTree[],
): readonly string[] | undefined {
  const [top, name] = path;
  if (top === "config" && typeof name === "string") return [name];
  const names = checks.flatMap((check) =>
    check === undefined
      ? []
      : trees.flatMap((tree) => {
          const config = configOf(tree);
          if (top === undefined) return besideNames(check, tree) ?? [];
          return config === undefined ? [] : (nodesIn(check, config) ?? []);
        }),
  );
  return names.length === 0 ? undefined : [...new Set(names)];
}
