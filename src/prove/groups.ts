import { isList } from "../changes/value-key.js";
import type { Change } from "../changes/registry.js";
import {
  isLuaFunction,
  isMixedTable,
  isOpaque,
  isValueMap,
  type Field,
  type RecordBody,
  type SchemaTree,
  type Value,
} from "../schema/model.js";

/**
 * The names that a rule ties together must be judged together; names that no rule ties can be judged apart. A name is that of a
 * parameter directly under `config`, with all that is in it, or, with an `@` in front, of a field beside `config`.
 */
export class Groups {
  readonly #parents = new Map<string, string>();

  constructor(trees: readonly (readonly [SchemaTree, TargetsOf])[]) {
    for (const [tree, targetsOf] of trees) this.#tieTree(tree, targetsOf);
  }

  /** The one name that stands for all that are tied to this one. */
  groupOf(name: string): string {
    let at = name;
    for (;;) {
      const parent = this.#parents.get(at);
      if (parent === undefined || parent === at) return at;
      at = parent;
    }
  }

  tie(names: readonly string[]): void {
    const [first, ...others] = names;
    if (first === undefined) return;
    for (const other of others) {
      const root = this.groupOf(first);
      const added = this.groupOf(other);
      if (root !== added) this.#parents.set(added, root);
    }
  }

  #tieTree(tree: SchemaTree, targetsOf: TargetsOf): void {
    const config = configOf(tree);
    const inside = (config?.fields ?? []).map(({ name }) => name);
    const beside = tree.fields.flatMap(({ name }) => (name === "config" ? [] : [`@${name}`]));
    const everything = [...inside, ...beside];
    for (const { check } of tree.entityChecks) this.tie(besideNames(check, tree) ?? everything);
    if (tree.shorthandFields.length > 0 || tree.attributes["transformations"] !== undefined) this.tie(everything);
    if (config === undefined) return;
    for (const { check } of config.entityChecks) this.tie(namesIn(check, config) ?? inside);
    for (const { name, field } of config.shorthandFields) {
      const targets = targetsOf(field);
      this.tie(targets === undefined ? [name, ...inside] : [name, ...targets]);
    }
    if (judgesWhole(config)) this.tie(inside);
  }
}

/** The names that a shorthand is turned into; undefined where they cannot be told. */
export type TargetsOf = (shorthand: Field) => readonly string[] | undefined;

type ConfigRecord = Extract<Field, { readonly type: "record" }>;

export function configOf(tree: RecordBody): ConfigRecord | undefined {
  const field = tree.fields.findLast(({ name }) => name === "config")?.field;
  return field?.type === "record" ? field : undefined;
}

/** Whether a function sees the whole record. */
function judgesWhole(config: ConfigRecord): boolean {
  return Object.keys(config.attributes).some((name) => name === "custom_validator" || name === "shorthands");
}

/** The names of a record that a check speaks of; undefined where it cannot be told. */
export function namesIn(check: Value, body: RecordBody): readonly string[] | undefined {
  const known = new Set(body.fields.map(({ name }) => name));
  const texts = textsIn(check);
  if (texts === undefined) return undefined;
  const names = [...new Set(texts.map((text) => text.split(".", 1)[0] ?? text))].filter((name) => known.has(name));
  return names.length === 0 ? undefined : names;
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
  const inside = isList(value)
    ? value
    : isMixedTable(value)
      ? value.luaTable.flat()
      : isValueMap(value)
        ? Object.values(value)
        : [];
  const texts: string[] = [];
  for (const item of inside) {
    const found = textsIn(item);
    if (found === undefined) return undefined;
    texts.push(...found);
  }
  return texts;
}

/** The names that a change touches; undefined where it touches all. */
export function touchedNames(change: Change, trees: readonly SchemaTree[]): readonly string[] | undefined {
  const [top, name] = change.path;
  if (typeof top !== "string") {
    const checks = change.subject === "entity-check" ? [change.old?.check, change.new?.check] : [];
    const names = checks.flatMap((check) =>
      check === undefined ? [] : trees.flatMap((tree) => besideNames(check, tree) ?? []),
    );
    return names.length === 0 ? undefined : names;
  }
  if (top !== "config") return [`@${top}`];
  if (typeof name === "string") return [name];
  if (change.subject !== "entity-check") return undefined;
  const names = [change.old?.check, change.new?.check].flatMap((check) =>
    check === undefined
      ? []
      : trees.flatMap((tree) => {
          const config = configOf(tree);
          return config === undefined ? [] : (namesIn(check, config) ?? []);
        }),
  );
  return names.length === 0 ? undefined : [...new Set(names)];
}
