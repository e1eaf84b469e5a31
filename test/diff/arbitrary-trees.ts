import fc from "fast-check";
import type { EntityCheck, Field, NamedField, RecordBody, SchemaTree, Value } from "../../src/schema/model.js";
import type { SchemaTrees } from "../../src/diff/trees.js";

/** Few names, so that two trees have many in common; some are traps for code that uses plain objects as tables. */
const name = fc.constantFrom("a", "b", "c", "1", "__proto__", "constructor", "toString", "required", "default");

const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(
    null,
    true,
    false,
    0,
    -0,
    1,
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "",
    "x",
    "function:d1",
    "10",
  ),
  fc.constantFrom("d1", "d2").map((digest): Value => ({ luaFunction: "lua:1", digest })),
  fc.constantFrom("m.x", "m.y").map((opaque): Value => ({ opaque })),
  fc.constant<Value>({ bytes: "/w==" }),
  fc.constant<Value>({
    luaTable: [
      [1, "x"],
      ["k", true],
    ],
  }),
);

const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

const attributeName = fc.constantFrom(
  "one_of",
  "gt",
  "between",
  "len_min",
  "match",
  "custom_validator",
  "referenceable",
  "description",
  "eq",
  "uuid",
  "odd",
);

const base = fc.record({
  required: fc.option(fc.boolean(), { nil: undefined }),
  default: fc.option(value, { nil: undefined }),
  attributes: fc.array(fc.tuple(attributeName, value), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
});

function attributesOf({
  required,
  default: fallback,
  attributes,
}: {
  required: boolean | undefined;
  default: Value | undefined;
  attributes: Record<string, Value>;
}) {
  return {
    ...(required === undefined ? {} : { required }),
    ...(fallback === undefined ? {} : { default: fallback }),
    attributes,
  };
}

const check: fc.Arbitrary<EntityCheck> = fc
  .tuple(fc.constantFrom("at_least_one_of", "conditional"), value)
  .map(([kind, argument]) => ({ check: { [kind]: argument } }));

const names = fc.array(name, { minLength: 1, maxLength: 2 });

/** One that says what it stands for, in the way of Kong Gateway 3.6 or of 3.9. */
const shorthand: fc.Arbitrary<NamedField> = fc
  .tuple(
    name,
    fc.oneof(
      names.map((path) => ({ translate_backwards: path })),
      fc.array(names, { maxLength: 2 }).map((paths) => ({
        deprecation: { replaced_with: paths.map((path) => ({ path })) },
      })),
    ),
  )
  .map(([shortName, attributes]) => ({ name: shortName, field: { type: "string", attributes } }));

// A type, not an interface: fast-check wants something that is assignable to a record.
type Shapes = { field: Field; named: NamedField; body: RecordBody };

const shapes = fc.letrec<Shapes>((tie) => ({
  field: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .tuple(fc.constantFrom("string", "number", "integer", "boolean", "any", "foreign"), base)
      .map(([type, rest]): Field => ({ type, ...attributesOf(rest) })),
    fc
      .tuple(fc.constantFrom("m.x", "m.y"), base)
      .map(([opaque, rest]): Field => ({ type: "opaque", opaque, ...attributesOf(rest) })),
    fc
      .tuple(fc.constantFrom("array", "set"), tie("field"), base)
      .map(([type, elements, rest]): Field => ({ type, elements, ...attributesOf(rest) })),
    fc
      .tuple(tie("field"), tie("field"), base)
      .map(([keys, values, rest]): Field => ({ type: "map", keys, values, ...attributesOf(rest) })),
    fc.tuple(tie("body"), base).map(([body, rest]): Field => ({ type: "record", ...body, ...attributesOf(rest) })),
  ),
  named: fc.record({ name, field: tie("field") }),
  body: fc.record({
    fields: fc.array(tie("named"), { maxLength: 5 }),
    shorthandFields: fc.array(fc.oneof(tie("named"), shorthand), { maxLength: 2 }),
    entityChecks: fc.array(check, { maxLength: 3 }),
  }),
}));

const tree: fc.Arbitrary<SchemaTree> = fc
  .tuple(fc.constantFrom("p", "q"), shapes.body, fc.array(fc.tuple(attributeName, value), { maxLength: 2 }))
  .map(([pluginName, body, attributes]) => ({ name: pluginName, ...body, attributes: Object.fromEntries(attributes) }));

/** Trees of any shape that the model can hold, not only those that Kong accepts, for one role or for both. */
export const schemaTrees: fc.Arbitrary<SchemaTrees> = fc
  .tuple(tree, fc.option(tree, { nil: undefined, freq: 4 }))
  .map(([controlPlane, dataPlane]) => ({ ...controlPlane, ...(dataPlane === undefined ? {} : { dataPlane }) }));

/** Two trees that have most in common: one, and the same with some of its parts replaced by those of another. */
const replacedTrees: fc.Arbitrary<readonly [SchemaTrees, SchemaTrees]> = fc
  .tuple(schemaTrees, schemaTrees, fc.integer({ min: 0, max: 4 }), fc.boolean())
  .map(([old, other, kept, sameChecks]) => [
    old,
    {
      ...old,
      fields: [...other.fields.slice(kept), ...old.fields.slice(0, kept)],
      entityChecks: sameChecks ? old.entityChecks : other.entityChecks,
    },
  ]);

/** One, and the same with some of its fields gone on as shorthands for others, in either direction. */
const movedTrees: fc.Arbitrary<readonly [SchemaTrees, SchemaTrees]> = fc
  .tuple(replacedTrees, fc.array(shorthand, { maxLength: 3 }), fc.boolean())
  .map(([[old, now], shorthands, isBackwards]) => {
    const names = old.fields.map(({ name: own }) => own);
    const kept = shorthands.map((one, index) => ({ ...one, name: names[index] ?? one.name }));
    const moved = {
      ...now,
      fields: now.fields.filter(({ name: own }) => !kept.some((one) => one.name === own)),
      shorthandFields: kept,
    };
    return isBackwards ? [moved, old] : [old, moved];
  });

export const relatedTrees = fc.oneof(replacedTrees, movedTrees);
