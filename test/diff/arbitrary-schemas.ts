import fc from "fast-check";

/** A parameter, as what it is, however its schema writes it. */
export interface Parameter {
  readonly name: string;
  /** Attributes as Lua, by name. */
  readonly attributes: Readonly<Record<string, string>>;
}

const validator = "(value) if value == 'x' then return nil, 'no x' end return true end";

const attributes = fc.oneof(
  fc.record(
    {
      type: fc.constant(`"integer"`),
      required: fc.constantFrom("true", "false"),
      default: fc.nat(9).map(String),
      between: fc.constant("{ 0, 9 }"),
      description: fc.constant(`"How many are kept."`),
    },
    { requiredKeys: ["type"] },
  ),
  fc.record(
    {
      type: fc.constant(`"string"`),
      required: fc.constantFrom("true", "false"),
      one_of: fc.constant(`{ "a", "b" }`),
      custom_validator: fc.constant("VALIDATOR"),
    },
    { requiredKeys: ["type"] },
  ),
  fc.constant({ type: `"integer"`, between: "{ 0, 65535 }", TYPEDEF: "port" }),
  fc.constant({ type: `"array"`, elements: `{ type = "string" }`, default: `{ "a", "b" }` }),
  fc.constant({
    type: `"record"`,
    fields: `{ { a = { type = "string" } }, { b = { type = "boolean", default = true } } }`,
  }),
  fc.constant({ type: `"map"`, keys: `{ type = "string" }`, values: `{ type = "number" }` }),
);

export const parameters: fc.Arbitrary<readonly Parameter[]> = fc
  .uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "host", "port", "end_at"), { minLength: 1, maxLength: 5 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        attributes.map((all) => ({ name, attributes: { ...all } satisfies Parameter["attributes"] })),
      ),
    ),
  );

/** How one parameter is written. */
const manners = ["inline", "local", "helper", "assigned", "typedef"] as const;

export interface Style {
  readonly order: readonly number[];
  readonly style: (typeof manners)[number];
  readonly isFunctionNamed: boolean;
  readonly isLoud: boolean;
}

export const styles: fc.Arbitrary<Style> = fc.record({
  order: fc.array(fc.nat(20), { minLength: 8, maxLength: 8 }),
  style: fc.constantFrom(...manners),
  isFunctionNamed: fc.boolean(),
  isLoud: fc.boolean(),
});

/** What is before the schema's table, and what stands in it. */
interface Written {
  readonly before: readonly string[];
  readonly field: string;
}

function write({ name, attributes: all }: Parameter, { order, style, isFunctionNamed, isLoud }: Style): Written {
  const { TYPEDEF: typedef, ...others } = all;
  if (typedef !== undefined && style === "typedef") return { before: [], field: `{ ${name} = bare_${typedef} }` };
  const before: string[] = [];
  const gap = isLoud ? " -- so\n  " : " ";
  const shuffled = Object.entries(others)
    .map(([key, value], index) => ({ key, value, at: order[index] ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ key, value }) => {
      if (value !== "VALIDATOR") return { key, value };
      if (!isFunctionNamed) return { key, value: `function${validator}` };
      before.push(`local function check_${name}${validator}`);
      return { key, value: `check_${name}` };
    });
  const table = (entries: readonly { readonly key: string; readonly value: string }[]): string =>
    `{${gap}${entries.map(({ key, value }) => (isLoud ? `["${key}"] = ${value}` : `${key} = ${value}`)).join(`,${gap}`)}${gap}}`;
  switch (style) {
    case "typedef":
    case "inline":
      return { before, field: `{ ${name} = ${table(shuffled)} }` };
    case "local":
      return { before: [...before, `local field_${name} = ${table(shuffled)}`], field: `{ ${name} = field_${name} }` };
    case "helper": {
      const rest = shuffled.filter(({ key }) => key !== "type");
      return { before, field: `field("${name}", ${others["type"] ?? ""}, ${table(rest)})` };
    }
    case "assigned":
      return {
        before: [
          ...before,
          `local field_${name} = {}`,
          ...shuffled.map(({ key, value }) => `field_${name}.${key} = ${value}`),
        ],
        field: `{ ${name} = field_${name} }`,
      };
  }
}

/** The whole schema: its fields in a list, or put there one by one. */
export function source(all: readonly Parameter[], chosen: readonly Style[], isLooped: boolean): string {
  const written = all.flatMap((parameter, index) => {
    const one = chosen[index % chosen.length];
    return one === undefined ? [] : [write(parameter, one)];
  });
  const list = `{ ${written.map(({ field }) => field).join(", ")} }`;
  const names = `entity_checks = { { at_least_one_of = { ${all
    .map(({ name }) => `"${name}"`)
    .toSorted()
    .join(", ")} } } }`;
  return `
    local typedefs = require "kong.db.schema.typedefs"
    local bare_port = { type = typedefs.port.type, between = typedefs.port.between }
    local function field(name, type, attributes)
      attributes.type = type
      return { [name] = attributes }
    end
    ${written.flatMap(({ before }) => before).join("\n    ")}
    ${isLooped ? `local fields = {}\n    for _, one in ipairs(${list}) do fields[#fields + 1] = one end` : ""}
    return { name = "example", fields = { { config = { type = "record", fields = ${isLooped ? "fields" : list}, ${names} } } } }`;
}
