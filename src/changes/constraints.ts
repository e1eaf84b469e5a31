import type { Value } from "../schema/model.js";
import { isValueMap } from "../schema/model.js";
import { isList, sameValue, valueKey } from "./value-key.js";

/** How the values that an attribute lets pass before and after compare. */
export type Strictness = "tighter" | "looser" | "different" | "same";

/** Compares two values of one constraint; `undefined` is its absence. */
export type Compare = (old: Value | undefined, now: Value | undefined, fieldType: string) => Strictness;

/** Absent lets everything pass; two different arguments are compared by `inner`. */
function whenGiven(inner: (old: Value, now: Value) => Strictness): Compare {
  return (old, now) => {
    if (sameValue(old, now)) return "same";
    if (old === undefined) return "tighter";
    if (now === undefined) return "looser";
    return inner(old, now);
  };
}

const different = (): Strictness => "different";
const same = (): Strictness => "same";

function opposite(strictness: Strictness): Strictness {
  switch (strictness) {
    case "tighter":
      return "looser";
    case "looser":
      return "tighter";
    case "different":
    case "same":
      return strictness;
  }
}

/** A larger number lets fewer values pass. */
function lowerBound(old: Value, now: Value): Strictness {
  if (typeof old !== "number" || typeof now !== "number") return "different";
  if (now > old) return "tighter";
  return now < old ? "looser" : "different";
}

const upperBound = (old: Value, now: Value): Strictness => opposite(lowerBound(old, now));

/** `between`: both ends are included. */
function interval(old: Value, now: Value): Strictness {
  if (!isList(old) || !isList(now)) return "different";
  const [oldLow, oldHigh] = old;
  const [newLow, newHigh] = now;
  if (oldLow === undefined || oldHigh === undefined || newLow === undefined || newHigh === undefined)
    return "different";
  return both(lowerBoundOrSame(oldLow, newLow), opposite(lowerBoundOrSame(oldHigh, newHigh)));
}

function lowerBoundOrSame(old: Value, now: Value): Strictness {
  return sameValue(old, now) ? "same" : lowerBound(old, now);
}

/** Two comparisons of parts that must both hold. */
function both(a: Strictness, b: Strictness): Strictness {
  if (a === "same" || a === b) return b;
  return b === "same" ? a : "different";
}

/** A list of which each entry lets more values pass; order and repetition do not matter. */
function choices(old: Value, now: Value): Strictness {
  if (!isList(old) || !isList(now)) return "different";
  const before = new Set(old.map(valueKey));
  const after = new Set(now.map(valueKey));
  const kept = [...before].filter((key) => after.has(key)).length;
  if (kept === before.size && kept === after.size) return "same";
  if (kept === after.size) return "tighter";
  return kept === before.size ? "looser" : "different";
}

/** A list of which each entry lets fewer values pass. */
const bans = (old: Value, now: Value): Strictness => opposite(choices(old, now));

/** `match_all`, `match_none`: each pattern is one more hurdle; the error's text does not count. */
const patternList = (old: Value, now: Value): Strictness =>
  isList(old) && isList(now) ? bans(old.map(patternOf), now.map(patternOf)) : "different";

function patternOf(item: Value): Value {
  return isValueMap(item) && item["pattern"] !== undefined ? item["pattern"] : item;
}

/** `match_any`: each pattern is one more way through. */
function anyPattern(old: Value, now: Value): Strictness {
  if (!isValueMap(old) || !isValueMap(now)) return "different";
  const before = old["patterns"];
  const after = now["patterns"];
  return before !== undefined && after !== undefined ? choices(before, after) : "different";
}

function prefix(old: Value, now: Value): Strictness {
  if (typeof old !== "string" || typeof now !== "string") return "different";
  if (now.startsWith(old)) return "tighter";
  return old.startsWith(now) ? "looser" : "different";
}

/** Kong gives every string field without the attribute a `len_min` of 1 (`Schema:validate_field`). */
const leastLength: Compare = (old, now, fieldType) => {
  const implied = fieldType === "string" ? 1 : 0;
  const before = old ?? implied;
  const after = now ?? implied;
  return sameValue(before, after) ? "same" : lowerBound(before, after);
};

/** A switch of which Kong asks only whether it is there: `uuid = false` checks too (`if field[k] ~= nil`). */
const anyArgument = whenGiven(same);

/** A switch of which Kong asks whether it is true. */
const whenTrue: Compare = (old, now) => {
  if ((old === true) === (now === true)) return "same";
  return now === true ? "tighter" : "looser";
};

/**
 * The attributes that decide which values of one parameter pass, in the order of `Schema.validators_order`
 * (kong/db/schema/init.lua 3.9.1), and how two arguments of each compare.
 */
export const constraints: Readonly<Record<string, Compare>> = {
  eq: whenGiven(different),
  ne: whenGiven(different),
  not_one_of: whenGiven(bans),
  one_of: whenGiven(choices),
  gt: whenGiven(lowerBound),
  timestamp: anyArgument,
  uuid: anyArgument,
  is_regex: anyArgument,
  between: whenGiven(interval),
  len_eq: whenGiven(different),
  len_min: leastLength,
  len_max: whenGiven(upperBound),
  starts_with: whenGiven(prefix),
  not_match: whenGiven(different),
  match_none: whenGiven(patternList),
  match: whenGiven(different),
  match_all: whenGiven(patternList),
  match_any: whenGiven(anyPattern),
  contains: whenGiven(different),
  mutually_exclusive_subsets: whenGiven(different),
  json_schema: whenGiven(different),
  reference: whenGiven(different),
  abstract: whenTrue,
};

/** How a constraint's two arguments compare; undefined where the attribute is no constraint. */
export function compareConstraint(
  attribute: string,
  old: Value | undefined,
  now: Value | undefined,
  fieldType: string,
): Strictness | undefined {
  return Object.hasOwn(constraints, attribute) ? constraints[attribute]?.(old, now, fieldType) : undefined;
}
