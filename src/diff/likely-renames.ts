import { isInside, parseShownPath } from "../changes/rename.js";
import type { Change } from "../changes/registry.js";
import { isList, valueKey } from "../changes/value-key.js";
import { typeOf } from "../changes/types.js";
import { showValue } from "../changes/words.js";
import { showPath, type Field, type FieldPath, type SchemaTree, type Value } from "../schema/model.js";
import { isMove } from "./moves.js";

/** A parameter that may have another place now. Nobody has said so: it is a question, and changes no verdict. */
export interface LikelyRename {
  readonly from: FieldPath;
  readonly to: FieldPath;
  /** What the two have in common, each as the end of a sentence about them: `have the default 429`. */
  readonly evidence: readonly string[];
}

/** Where so much came and went, questions about each would help nobody, and finding them takes long. */
const mostPairs = 40_000;

/** Pairs of what goes and what comes, of one type, that have more in common with each other than with all others. */
export function findLikelyRenames(
  old: SchemaTree,
  now: SchemaTree,
  changes: readonly Change[],
): readonly LikelyRename[] {
  const gone = changes.flatMap((change) => (change.kind === "field-removed" ? inside(change.path, change.old) : []));
  const come = changes.flatMap((change) => (change.kind === "field-added" ? inside(change.path, change.new) : []));
  if (gone.length * come.length > mostPairs) return [];
  const demanded = [gone, come].map((all) => all.filter(({ field }) => isDemanded(field)));
  const isOnlyDemand = demanded.every((all) => all.length === 1);

  const pairs = gone.flatMap((from) =>
    come
      .filter(
        (to) =>
          from.family !== undefined && from.family === to.family && isMove({ from: from.path, to: to.path }, old, now),
      )
      .map((to): Pair => ({ from, to, clues: cluesOf(from, to, isOnlyDemand) })),
  );
  const best = bestWeights(pairs);
  const likely = pairs.filter((pair) => weightOf(pair) >= least && isClearlyBest(pair, best));
  const isAbove = (a: Parameter, b: Parameter) => isInside(b.path, a.path);
  return likely
    .filter((pair) => !likely.some((other) => isAbove(other.from, pair.from) && isAbove(other.to, pair.to)))
    .map(({ from, to, clues }) => ({
      from: from.path,
      to: to.path,
      evidence: [`are ${typeOf(to.field)}`, ...clues.map(({ words }) => words)],
    }));
}

interface Parameter {
  readonly path: FieldPath;
  readonly field: Field;
  /**
   * What its values can be, and the list or map that it stands in, if any: only parameters that share both are compared. Undefined where
   * `--rename` has no words for it.
   */
  readonly family: string | undefined;
  /** `redis`, `host` of `config.redis_host` and of `config.redis.host`. */
  readonly words: readonly string[];
}

interface Pair {
  readonly from: Parameter;
  readonly to: Parameter;
  readonly clues: readonly Clue[];
}

interface Clue {
  readonly weight: number;
  readonly words: string;
}

/** One word in common is too little to ask. */
const least = 2;

function weightOf({ clues }: Pair): number {
  return clues.reduce((sum, { weight }) => sum + weight, 0);
}

/** Whether neither end fits anything else as well. */
function isClearlyBest(pair: Pair, best: ReturnType<typeof bestWeights>): boolean {
  const weight = weightOf(pair);
  return [pair.from, pair.to].every((end) => best.get(end)?.weight === weight && best.get(end)?.times === 1);
}

/** The highest weight among the pairs of each parameter, and how many of them have it. */
function bestWeights(
  pairs: readonly Pair[],
): ReadonlyMap<Parameter, { readonly weight: number; readonly times: number }> {
  const best = new Map<Parameter, { readonly weight: number; readonly times: number }>();
  for (const pair of pairs) {
    const weight = weightOf(pair);
    for (const end of [pair.from, pair.to]) {
      const known = best.get(end);
      if (known === undefined || known.weight < weight) best.set(end, { weight, times: 1 });
      else if (known.weight === weight) best.set(end, { weight, times: known.times + 1 });
    }
  }
  return best;
}

/** A parameter and those in it, where records lead to them. */
function inside(path: FieldPath, field: Field): readonly Parameter[] {
  const below = field.type === "record" ? field.fields : [];
  return [parameterAt(path, field), ...below.flatMap(({ name, field: inner }) => inside([...path, name], inner))];
}

function parameterAt(path: FieldPath, field: Field): Parameter {
  const list = showPath(path.slice(0, path.findLastIndex((segment) => typeof segment === "object") + 1));
  const isNamed = parseShownPath(showPath(path)) !== undefined;
  const names = path.slice(1).filter((segment) => typeof segment === "string");
  return {
    path,
    field,
    family: isNamed ? `${typeOf(field).replaceAll("integer", "number")} in ${list}` : undefined,
    words: names.flatMap((name) => name.toLowerCase().split(/[^a-z0-9]+/)).filter((word) => word !== ""),
  };
}

function isDemanded({ type, required, default: preset }: Field): boolean {
  return type !== "record" && required === true && preset === undefined;
}

function cluesOf(from: Parameter, to: Parameter, isOnlyDemand: boolean): readonly Clue[] {
  return [
    ...nameClue(from, to),
    ...descriptionClue(from.field, to.field),
    ...fieldsClue(from.field, to.field),
    ...attributeClues(from.field, to.field),
    ...(isOnlyDemand && isDemanded(from.field) && isDemanded(to.field)
      ? [{ weight: 2, words: "are the only ones of their side that are required without a default" }]
      : []),
  ];
}

function nameClue({ path: from, words: before }: Parameter, { path: to, words: after }: Parameter): readonly Clue[] {
  if (before.toSorted().join(" ") === after.toSorted().join(" ")) {
    return [{ weight: 3, words: "have the same words in their names" }];
  }
  if (from.at(-1) === to.at(-1)) return [{ weight: 2, words: "have the same name" }];
  const shared = [...new Set(before.filter((word) => word.length > 2 && after.includes(word)))];
  if (shared.length === 0) return [];
  const isMost = shared.length * 2 >= Math.max(before.length, after.length);
  return [{ weight: isMost ? 2 : 1, words: `have ${shared.map((word) => `"${word}"`).join(", ")} in their names` }];
}

function descriptionClue(before: Field, after: Field): readonly Clue[] {
  const [was, isNow] = [before, after].map(({ attributes }) => attributes["description"]);
  if (typeof was !== "string" || typeof isNow !== "string") return [];
  if (was === isNow) return [{ weight: 3, words: "have the same description" }];
  const [old, now] = [was, isNow].map((text) => new Set(text.toLowerCase().match(/[a-z0-9]{3,}/g)));
  if (old === undefined || now === undefined) return [];
  const shared = [...old].filter((word) => now.has(word)).length;
  return shared * 3 >= Math.max(old.size, now.size) * 2 ? [{ weight: 2, words: "have similar descriptions" }] : [];
}

/** Of records: how many of their fields have the same names. */
function fieldsClue(before: Field, after: Field): readonly Clue[] {
  if (before.type !== "record" || after.type !== "record") return [];
  const names = new Set(after.fields.map(({ name }) => name));
  const shared = before.fields.filter(({ name }) => names.has(name)).length;
  const most = Math.max(before.fields.length, after.fields.length);
  return shared > 1 && shared * 2 > most ? [{ weight: 3, words: `have ${shared} of ${most} fields in common` }] : [];
}

/** Attributes that say nothing about which parameter it is. */
const commonAttributes: readonly string[] = ["description", "referenceable", "encrypted", "deprecation", "len_min"];

function attributeClues(before: Field, after: Field): readonly Clue[] {
  const [preset, newPreset] = [before.default, after.default];
  const isSamePreset = preset !== undefined && newPreset !== undefined && valueKey(preset) === valueKey(newPreset);
  const same = Object.entries(before.attributes).filter(
    ([name, value]) =>
      !commonAttributes.includes(name) &&
      Object.hasOwn(after.attributes, name) &&
      valueKey(value) === valueKey(after.attributes[name]),
  );
  return [
    ...(isSamePreset && isTelling(preset) ? [{ weight: 2, words: `have the default ${showValue(preset)}` }] : []),
    ...same.map(([name]) => ({ weight: 1, words: `have the same ${name}` })),
  ];
}

/** Whether a default is one that few parameters have. */
function isTelling(preset: Value): boolean {
  if (typeof preset === "number") return Math.abs(preset) > 1;
  if (typeof preset === "string") return preset.length > 1;
  return isList(preset) && preset.length > 0;
}
