import fc from "fast-check";

/** Text of a decK file with plugins `p` and `q`, in all the ways in which people write and share configurations. */
export const arbitraryDeck: fc.Arbitrary<string> = fc
  .record({
    shared: fc.boolean(),
    entries: fc.array(fc.record({ plugin: fc.constantFrom("p", "p", "p", "q"), config: arbitraryConfig() }), {
      minLength: 1,
      maxLength: 8,
    }),
    lineEnd: fc.constantFrom("\n", "\n", "\r\n"),
    isIndented: fc.boolean(),
    endsWithLineEnd: fc.boolean(),
  })
  .map(({ shared, entries, lineEnd, isIndented, endsWithLineEnd }) => {
    const lines = ['_format_version: "3.0"', ...(shared ? sharedConfig : []), "plugins:", "# all of them"];
    const anchors = new Set<string>();
    for (const [index, { plugin, config }] of entries.entries()) {
      lines.push(`${isIndented ? "  " : ""}- name: ${plugin} # number ${index}`);
      const written = config(index, anchors, shared);
      lines.push(...written.map((line) => `${isIndented ? "    " : "  "}${line}`));
      lines.push("# between", "");
    }
    const text = lines.join("\n").trimEnd();
    return (endsWithLineEnd ? `${text}\n` : text).replaceAll("\n", lineEnd);
  });

const sharedConfig = [
  "_plugin_configs:",
  "  common:",
  "    b: 5 # shared",
  "    a: shared",
  "    c:",
  "      d: 9",
  "      e: shared",
];

type WriteConfig = (index: number, anchors: Set<string>, shared: boolean) => readonly string[];

interface Values {
  readonly a: string | undefined;
  readonly b: number | undefined;
  readonly d: number | undefined;
  readonly e: string | undefined;
  readonly limits: Readonly<Record<string, number>> | undefined;
}

function arbitraryConfig(): fc.Arbitrary<WriteConfig> {
  const values: fc.Arbitrary<Values> = fc.record({
    a: fc.option(fc.constantFrom("x", "yes", "12:30", '${{ env "DECK_A" }}'), { nil: undefined }),
    b: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    d: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    e: fc.option(fc.constantFrom("e", "a b"), { nil: undefined }),
    limits: fc.option(fc.dictionary(fc.constantFrom("k", "l"), fc.integer({ min: 1, max: 9 })), { nil: undefined }),
  });
  return fc.oneof(
    values.map(
      (given): WriteConfig =>
        () =>
          block(given),
    ),
    values.map((given): WriteConfig => () => [`config: ${flow(given)}`]),
    values.map((given): WriteConfig => (index, anchors) => {
      anchors.add(`all${index}`);
      return block(given, ` &all${index}`);
    }),
    values.map((given): WriteConfig => (index, anchors) => {
      if (given.d === undefined && given.e === undefined) return block(given);
      anchors.add(`c${index}`);
      return block(given, "", ` &c${index}`);
    }),
    fc.nat().map((choice): WriteConfig => (_, anchors) => {
      const name = pick(anchors, "all", choice);
      return name === undefined ? ["config: {}"] : [`config: *${name}`];
    }),
    fc.tuple(values, fc.nat()).map(([given, choice]): WriteConfig => (_, anchors) => {
      const name = pick(anchors, "all", choice);
      const [first = "", ...rest] = block(given);
      return name === undefined || rest.length === 0 ? [first, ...rest] : [first, `  <<: *${name}`, ...rest];
    }),
    fc.tuple(values, fc.nat()).map(([given, choice]): WriteConfig => (_, anchors) => {
      const name = pick(anchors, "c", choice);
      const own = block({ ...given, d: undefined, e: undefined });
      return name === undefined ? own : [...(own.length === 1 ? ["config:"] : own), `  c: *${name}`];
    }),
    values.map((given): WriteConfig => (_, __, shared) => [...(shared ? ["_config: common"] : []), ...block(given)]),
    fc.constant<WriteConfig>((_, __, shared) => (shared ? ["_config: common"] : ["config:"])),
    fc.constant<WriteConfig>(() => []),
  );
}

function pick(anchors: ReadonlySet<string>, kind: string, choice: number): string | undefined {
  const names = [...anchors].filter((name) => name.startsWith(kind));
  return names[choice % Math.max(1, names.length)];
}

function block({ a, b, d, e, limits }: Values, anchor = "", innerAnchor = ""): readonly string[] {
  const inner = [
    ...(d === undefined ? [] : [`    d: ${d} # to be moved`]),
    ...(e === undefined ? [] : ["    # about e", `    e: ${e}`]),
  ];
  const lines = [
    ...(a === undefined ? [] : ["  # about a", `  a: ${quoted(a)}`]),
    ...(b === undefined ? [] : [`  b: ${b} # will go`]),
    ...(inner.length === 0 ? [] : [`  c:${innerAnchor}`, ...inner]),
    ...(limits === undefined ? [] : [`  limits: ${Object.keys(limits).length === 0 ? "{}" : ""}`.trimEnd()]),
    ...Object.entries(limits ?? {}).map(([key, value]) => `    ${key}: ${value} # per key`),
  ];
  return lines.length === 0 ? [`config:${anchor} {}`] : [`config:${anchor}`, ...lines];
}

function flow({ a, b, d, e, limits }: Values): string {
  const inner = [...(d === undefined ? [] : [`d: ${d}`]), ...(e === undefined ? [] : [`e: ${e}`])];
  const entries = [
    ...(a === undefined ? [] : [`a: ${quoted(a)}`]),
    ...(b === undefined ? [] : [`b: ${b}`]),
    ...(inner.length === 0 ? [] : [`c: {${inner.join(",")}}`]),
    ...(limits === undefined ? [] : [`limits: ${JSON.stringify(limits)}`]),
  ];
  return `{ ${entries.join(", ")} }`;
}

function quoted(text: string): string {
  return text === "yes" || text.startsWith("$") ? `"${text}"` : text;
}
