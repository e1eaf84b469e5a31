import { hasOpaque } from "../changes/value-key.js";
import type { Change } from "../changes/registry.js";
import type { SchemaTrees } from "../diff/trees.js";
import type { EntityCheck, Field, FieldPath, NamedField, RecordBody, SchemaTree, ValueMap } from "../schema/model.js";
import { besideNames, namesIn } from "./groups.js";
import { functionsIn } from "./literals.js";

/**
 * The part of a schema without what only its own functions or other modules can judge, as far as no change touches it: both versions
 * say the same of it, whatever they say, so it decides nothing, and an answer that hangs on it can be had without it. Undefined where
 * there is nothing of the kind.
 */
export function withoutUntouchedCode(trees: SchemaTrees, changes: readonly Change[]): SchemaTrees | undefined {
  const paths = changes.map(({ path }) => path);
  const seen = { isCodeFound: false };
  const without = (tree: SchemaTree): SchemaTree => ({ ...tree, ...withoutIn(tree, [], paths, seen, tree) });
  const found = {
    ...without(trees),
    ...(trees.dataPlane === undefined ? {} : { dataPlane: without(trees.dataPlane) }),
  };
  return seen.isCodeFound ? found : undefined;
}

interface Seen {
  isCodeFound: boolean;
}

function withoutIn(
  body: RecordBody,
  at: FieldPath,
  touched: readonly FieldPath[],
  seen: Seen,
  plugin?: SchemaTree,
): Pick<RecordBody, "fields" | "entityChecks"> {
  const namesOf = ({ check }: EntityCheck) =>
    plugin === undefined ? namesIn(check, body) : besideNames(check, plugin);
  const below = plugin === undefined ? at : ["config"];
  const entityChecks = body.entityChecks.filter((entry) => {
    const names = isCode(entry.check) ? namesOf(entry) : undefined;
    const isLeft =
      names === undefined ||
      names.some((name) => isTouched(name.startsWith("@") ? [name.slice(1)] : [...below, name], touched));
    if (!isLeft) seen.isCodeFound = true;
    return isLeft;
  });
  const fields = body.fields.map((named): NamedField => {
    const path = [...at, named.name];
    return { ...named, field: withoutInField(named.field, path, touched, seen) };
  });
  return { fields, entityChecks };
}

function withoutInField(field: Field, path: FieldPath, touched: readonly FieldPath[], seen: Seen): Field {
  const bare = isTouched(path, touched) ? field : bareField(field, seen);
  switch (bare.type) {
    case "record":
      return { ...bare, ...withoutIn(bare, path, touched, seen) };
    case "array":
    case "set":
      return { ...bare, elements: withoutInField(bare.elements, [...path, { in: "elements" }], touched, seen) };
    case "map":
      return {
        ...bare,
        keys: withoutInField(bare.keys, [...path, { in: "keys" }], touched, seen),
        values: withoutInField(bare.values, [...path, { in: "values" }], touched, seen),
      };
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "opaque":
      return bare;
  }
}

/** A field without what judges it or fills it in; the fields in it are as they were. */
function bareField(field: Field, seen: Seen): Field {
  const { default: preset, ...rest } = field;
  const isKept = preset === undefined || !hasOpaque(preset);
  const attributes: ValueMap = Object.fromEntries(
    Object.entries(field.attributes).filter(([, value]) => !isCode(value)),
  );
  if (isKept && Object.keys(attributes).length === Object.keys(field.attributes).length) return field;
  seen.isCodeFound = true;
  return { ...rest, ...(isKept && preset !== undefined ? { default: preset } : {}), attributes };
}

/** The functions of typedefs are known here. */
function isCode(value: ValueMap[string]): boolean {
  return functionsIn(value).length > 0 || hasOpaque(value);
}

/** Whether a change is at a place, in it or around it. */
function isTouched(path: FieldPath, touched: readonly FieldPath[]): boolean {
  return touched.some((changed) => {
    const shared = Math.min(path.length, changed.length);
    return path.slice(0, shared).every((segment, index) => isSame(segment, changed[index]));
  });
}

function isSame(a: FieldPath[number], b: FieldPath[number] | undefined): boolean {
  return typeof a === "object" && typeof b === "object" ? a.in === b.in : a === b;
}
