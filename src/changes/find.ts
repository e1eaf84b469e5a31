import type { Field, Value } from "../schema/model.js";
import type {
  AttributeDifference,
  DefinitionDifference,
  Difference,
  FieldAddition,
  FieldRemoval,
  Site,
} from "./difference.js";
import { isEffectivelyRequired } from "./effective.js";

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

/** Whether an attribute that is a switch is on. */
export function isOn(value: Value | undefined): boolean {
  return value === true;
}

/** The difference, if it turns the switch of this name on (or off). */
export function switchTurned(difference: Difference, attribute: string, on: boolean): AttributeDifference | undefined {
  const found = inAttribute(difference, attribute);
  return found !== undefined && isOn(found.old) === !on && isOn(found.new) === on ? found : undefined;
}

/** The difference, if it makes Kong treat a field as required that was optional (or the other way round). */
export function requirementTurned(difference: Difference, site: Site, on: boolean): AttributeDifference | undefined {
  const found = inAttribute(difference, "required");
  const before = site.old.at(-1);
  const after = site.new.at(-1);
  if (found === undefined || before === undefined || after === undefined) return undefined;
  const turned = isEffectivelyRequired(before, found.path) === !on && isEffectivelyRequired(after, found.path) === on;
  return turned ? found : undefined;
}

/** Whether the place is a field of the plugin beside `config`: `protocols`, `consumer`, … */
export function isPluginLevel(difference: Difference): boolean {
  return difference.path.length === 1 && difference.path[0] !== "config";
}

/** What may be said of a plugin-level field that comes, goes or is replaced. */
export interface PluginLevelChange {
  readonly name: string;
  readonly old: Field | undefined;
  readonly new: Field | undefined;
}

/** The two sides, if a plugin-level field comes or goes or is replaced as a whole. */
export function pluginLevelChange(
  difference: Difference,
): (PluginLevelChange & { readonly difference: FieldAddition | FieldRemoval | DefinitionDifference }) | undefined {
  const name = difference.path[0];
  if (!isPluginLevel(difference) || typeof name !== "string") return undefined;
  switch (difference.subject) {
    case "field-addition":
      return { name, old: undefined, new: difference.new, difference };
    case "field-removal":
      return { name, old: difference.old, new: undefined, difference };
    case "definition":
      return { name, old: difference.old, new: difference.new, difference };
    case "type":
    case "attribute":
    case "plugin-name":
    case "shadowed-definitions":
    case "entity-check":
    case "shorthand":
      return undefined;
  }
}
