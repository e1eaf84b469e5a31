import type { Difference, Site } from "../difference.js";
import { inConstraint, isUnknown, pluginLevelChange } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { compareProtocols, compareScope, isScope } from "../plugin-level.js";
import { describeAttribute, nameOf } from "../words.js";

export type NoEffectEdit = Explained<Difference, "no-effect-edit">;

/** Attributes of which Kong judges no value of a plugin's configuration. */
const withoutEffect: readonly string[] = [
  // The words of an error, not whether there is one.
  "err",
  // About tables of a database; a plugin's configuration is one column to Kong.
  "on_delete",
  "unique_across_ws",
  "transient",
  "generate_admin_api",
];

/** Switches; turning one is a kind of its own, so what comes here writes the same state in another way. */
const switches: readonly string[] = ["required", "referenceable", "encrypted", "immutable", "unique", "auto"];

export const noEffectEdit: ChangeKind<NoEffectEdit> = {
  id: "no-effect-edit",
  summary: "Something is written in another way and means the same.",
  why: "Kong stores and judges every configuration as before.",
  updatePath: {
    derived: "short",
    freeze: "none",
    isHarmless: true,
    because: "Kong stores and judges every configuration as before.",
  },
  mirror: "no-effect-edit",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = { type = "string", required = false, len_min = 1 } }`,
  },
  remedy: null,
  describe(change) {
    if (change.subject === "attribute") return `${describeAttribute(change)}; it means the same`;
    return `${nameOf(change.path)} is written in another way and means the same`;
  },
  find: (difference, site) => (hasNoEffect(difference, site) ? explain("no-effect-edit", difference) : undefined),
};

function hasNoEffect(difference: Difference, site: Site): boolean {
  const whole = pluginLevelChange(difference);
  if (whole?.name === "protocols") return compareProtocols(whole.old, whole.new) === "same";
  if (whole !== undefined) return isScope(whole.name) && compareScope(whole.old, whole.new) === "same";
  if (difference.subject !== "attribute" || difference.path.length === 0) return false;
  if (inConstraint(difference, site, "same") !== undefined || withoutEffect.includes(difference.attribute)) return true;
  if (isUnknown(difference)) return false;
  // Only the fields of a record are filled in, so a default of elements, keys or values is never looked at.
  if (difference.attribute === "default") return typeof difference.path.at(-1) === "object";
  return switches.includes(difference.attribute);
}
