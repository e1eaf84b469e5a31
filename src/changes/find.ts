import type { Field, FieldPath, Value } from "../schema/model.js";
import type {
  AttributeDifference,
  DefinitionDifference,
  Difference,
  FieldMove,
  MoveEnd,
  Site,
  TypeDifference,
} from "./difference.js";
import { compareConstraint, type Strictness } from "./constraints.js";
import { isEffectivelyRequired } from "./effective.js";
import { hasOpaque } from "./value-key.js";

/** What the kinds share in recognising differences. */

export type AttributePresence = "added" | "removed" | "changed";

/** The difference, if it is in the attribute of this name of some field. */
export function inAttribute(difference: Difference, attribute: string): AttributeDifference | undefined {
  if (difference.subject !== "attribute" || difference.path.length === 0) return undefined;
  return difference.attribute === attribute ? difference : undefined;
}

export function presence(difference: { readonly old: unknown; readonly new: unknown }): AttributePresence {
  if (difference.old === undefined) return "added";
  return difference.new === undefined ? "removed" : "changed";
}

/** Whether one of the two values comes, in part at least, from a module that is not visible here. */
export function isUnknown(difference: AttributeDifference): boolean {
  return hasOpaque(difference.old) || hasOpaque(difference.new);
}

/** Whether an attribute that is a switch is on. */
function isOn(value: Value | undefined): boolean {
  return value === true;
}

/** The difference, if it turns the switch of this name on (or off). */
export function switchTurned(difference: Difference, attribute: string, on: boolean): AttributeDifference | undefined {
  const found = inAttribute(difference, attribute);
  if (found === undefined || isUnknown(found)) return undefined;
  return isOn(found.old) === !on && isOn(found.new) === on ? found : undefined;
}

/** The difference, if it makes Kong treat a field as required that was optional (or the other way round). */
export function requirementTurned(difference: Difference, site: Site, on: boolean): AttributeDifference | undefined {
  const found = inAttribute(difference, "required");
  const before = site.old.at(-1);
  const after = site.new.at(-1);
  if (found === undefined || before === undefined || after === undefined || isUnknown(found)) return undefined;
  const turned = isEffectivelyRequired(before, found.path) === !on && isEffectivelyRequired(after, found.path) === on;
  return turned ? found : undefined;
}

/** Whether the place is a field of the plugin beside `config`: `protocols`, `consumer`, … */
export function isPluginLevel(difference: Difference): boolean {
  return difference.path.length === 1 && difference.path[0] !== "config";
}

/** The difference, if it replaces the data type of a configuration parameter, and both types are known. */
export function inType(difference: Difference): DefinitionDifference | TypeDifference | undefined {
  if (difference.subject !== "definition" && difference.subject !== "type") return undefined;
  if (isPluginLevel(difference) || difference.old.type === "opaque" || difference.new.type === "opaque")
    return undefined;
  return difference;
}

/** What may be said of a plugin-level field that comes, goes or is replaced. */
export interface PluginLevelChange {
  readonly name: string;
  readonly old: Field | undefined;
  readonly new: Field | undefined;
}

/** The two sides, if a plugin-level field comes or goes or is replaced as a whole. */
export function pluginLevelChange(difference: Difference): PluginLevelChange | undefined {
  const name = difference.path[0];
  if (!isPluginLevel(difference) || typeof name !== "string") return undefined;
  switch (difference.subject) {
    case "field-addition":
      return { name, old: undefined, new: difference.new };
    case "field-removal":
      return { name, old: difference.old, new: undefined };
    case "definition":
    case "type":
      return { name, old: difference.old, new: difference.new };
    case "attribute":
    case "plugin-name":
    case "shadowed-definitions":
    case "entity-check":
    case "shorthand":
    case "field-move":
      return undefined;
  }
}

/** Whether a path ends at the elements, keys or values of a list or map. */
export function isPlace(path: FieldPath, place: "elements" | "keys" | "values"): boolean {
  const last = path.at(-1);
  return typeof last === "object" && last.in === place;
}

/**
 * The difference, if it is in the default of a field. Kong never looks at a default of elements, keys or values:
 * only the fields of a record are filled in.
 */
export function inDefault(difference: Difference): AttributeDifference | undefined {
  return typeof difference.path.at(-1) === "string" ? inAttribute(difference, "default") : undefined;
}

/** The difference, if it is in a constraint whose old and new argument compare like this. */
export function inConstraint(
  difference: Difference,
  site: Site,
  strictness: Strictness,
): AttributeDifference | undefined {
  if (difference.subject !== "attribute" || difference.path.length === 0) return undefined;
  const fieldType = site.new.at(-1)?.type ?? "any";
  const compared = compareConstraint(difference.attribute, difference.old, difference.new, fieldType);
  return compared === strictness ? difference : undefined;
}

export interface OneToOne {
  readonly move: FieldMove;
  readonly from: MoveEnd;
  readonly to: MoveEnd;
}

/** The two ends, if one parameter goes on as one other. */
export function oneToOne(difference: Difference): OneToOne | undefined {
  if (difference.subject !== "field-move") return undefined;
  const [from, otherFrom] = difference.from;
  const [to, otherTo] = difference.to;
  if (from === undefined || to === undefined || otherFrom !== undefined || otherTo !== undefined) return undefined;
  return { move: difference, from, to };
}

/** Whether only the name is another one. */
export function isSameRecord({ from, to }: OneToOne): boolean {
  return JSON.stringify(from.path.slice(0, -1)) === JSON.stringify(to.path.slice(0, -1));
}
