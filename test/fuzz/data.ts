import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { ReadOptions } from "../../src/index.js";
import { arbitraryDeck } from "../instances/arbitrary-deck.js";

const names = fc.constantFrom(
  "a",
  "b",
  "x",
  "s",
  "ttl",
  "redis",
  "__proto__",
  "constructor",
  "toString",
  "",
  "config",
  "1",
);

/** A configuration: JSON, and some values that JSON has not. */
export const configuration: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.dictionary(names, fc.anything({ key: names, maxDepth: 3, withNullPrototype: true })) },
  {
    weight: 1,
    arbitrary: fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      cyclic(),
      () => 1,
      Symbol("x"),
      { a: Number.NaN, b: -0, x: Infinity },
      deep(500),
      { a: "\ud800" },
    ),
  },
);

function cyclic(): unknown {
  const value: Record<string, unknown> = {};
  value["a"] = { b: value };
  return value;
}

function deep(levels: number): unknown {
  return levels === 0 ? null : { a: deep(levels - 1) };
}

/** A text with pieces of it lost, doubled, or replaced. */
function damaged(text: fc.Arbitrary<string>, debris: readonly string[]): fc.Arbitrary<string> {
  const blow = fc.record({ at: fc.nat(), length: fc.nat({ max: 20 }), by: fc.option(fc.constantFrom(...debris)) });
  return fc.tuple(text, fc.array(blow, { maxLength: 4 })).map(([whole, blows]) =>
    blows.reduce((left, { at, length, by }) => {
      const place = at % (left.length + 1);
      const piece = left.slice(place, place + length);
      return left.slice(0, place) + (by ?? piece + piece) + left.slice(place + (by === null ? 0 : length));
    }, whole),
  );
}

// prettier-ignore
const yamlDebris = [
  "", "&a", "*a", "*b", "<<: *a", "!!binary x", "!x", "? ", ": ", "- ", "---\n", "...\n", "{", "}", "[", "]", "|\n", ">-\n", "'", '"', "#", "\t", "\n", "\r", "~", "null", "1e999",
  "0x1F", "0o7", ".inf", "2001-01-01", "__proto__: 1", "_format_version: 2", "_plugin_configs:", "_config: common", "plugins:", "name: p", "\u0000", "\ud800", "\ufeff", "${{ env \"DECK_X\" }}",
];

export const deckText = damaged(arbitraryDeck, yamlDebris);

export const answerText = damaged(
  fc
    .record({
      data: fc.array(
        fc.record({
          id: fc.uuid(),
          name: fc.constantFrom("p", "q"),
          config: fc.dictionary(names, fc.jsonValue({ maxDepth: 2 })),
          enabled: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
      next: fc.constantFrom(null, "/plugins?offset=x"),
    })
    .map((answer) => JSON.stringify(answer, null, 2)),
  [
    "",
    "{",
    "}",
    "[",
    "]",
    ",",
    '"',
    "null",
    "1e999",
    "\\u0000",
    "\\ud800",
    '"__proto__": {},',
    "\n",
    "\ufeff",
    '"message": "Unauthorized"',
  ],
);

export const logText = damaged(
  fc
    .array(
      fc.oneof(
        fc.constant(readFileSync("examples/logs/data-plane.log", "utf8")),
        fc.constantFrom(
          '{"message":"schema violation (config.ttl: required field missing)","name":"schema violation","fields":{"config":{"ttl":"required field missing"}},"code":2}',
          "2024/05/06 10:11:12 [error] 7#0: *9 [lua] data_plane.lua:261: [clustering] unable to update running config: bad config received from control plane in 'plugins':",
          "  - in entry 1 of 'plugins':\n    in 'config':\n      in 'ttl': required field missing",
          'declarative config is invalid: {plugins={{config={ttl="expected an integer"}}}}',
        ),
        fc.string({ maxLength: 60 }),
      ),
      { maxLength: 6 },
    )
    .map((lines) => lines.join("\n")),
  [
    "",
    "\n",
    "\r\n",
    "in 'config':",
    "in entry 99999999999 of 'plugins':",
    "in '__proto__':",
    "{",
    "}",
    '\\"',
    "\u001b[31m",
    "\u0000",
    "'",
    " ".repeat(200),
  ],
);

/** Options of `readSchema`, most of them right. */
export const readOptions: fc.Arbitrary<ReadOptions> = fc
  .record(
    {
      filename: fc.constantFrom<unknown>("s.lua", "", "a\u202eb", 7),
      pluginName: fc.constantFrom<unknown>("p", "", "__proto__", null),
      gatewayVersion: fc.constantFrom<unknown>("3.9", "3.4.1.2", "2.8", "99.0", "x", 3.9),
      edition: fc.constantFrom<unknown>("oss", "enterprise", "both"),
      modules: fc.constantFrom<unknown>(
        {},
        { x: "return { field = { type = 'string' } }" },
        { x: "return" },
        { x: "error({})" },
        { x: "while true do end" },
        { __proto__: null, x: "(" },
        { x: 7 },
        [],
      ),
      limits: fc.constantFrom<unknown>(
        {},
        { instructions: 1000 },
        { memoryBytes: 0 },
        { stackSlots: 10 },
        { dataDepth: 3 },
        { sourceBytes: 10 },
        { instructions: -1 },
        { noSuch: 1 },
        5,
      ),
    },
    { requiredKeys: [] },
  )
  .map((options) => options as ReadOptions);
