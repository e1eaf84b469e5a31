import { describe, expect, it } from "vitest";
import { evaluate } from "../../src/lua/evaluate.js";
import { defaultLimits } from "../../src/lua/limits.js";
import { scanSource } from "../../src/lua/scan.js";
import type { FunctionShape, TableShape } from "../../src/lua/shapes.js";

const source = `local function first() return { 1, { deep = function() return {} end } } end
local t = { name = "a", ["in quotes"] = 1, [ [[long]] ] = 2, [("x")] = 3, [1 + 1] = 4, [f "s"] = 5, word, (a), -1; ["a" .. "b"] = 6,
  nested = { [1] = { x = 1 } }, f = function(a) local b = { inner = a } return b end, name = "again", f { y = 1 }, }
function t.m:n() end
return t`;

function shown({ range, constructors, functions }: FunctionShape): unknown {
  return {
    text: range === undefined ? "main" : source.slice(...range).slice(0, 20),
    constructors: constructors.map(entriesOf),
    functions: functions.map(shown),
  };
}

/** What stands at each entry that has a place. */
function entriesOf(shape: TableShape): string[] {
  const names = ["name", "in quotes", "[long]", "x", "f", "nested", "deep", "inner", "y", "ab", "s"];
  const offsets = [
    ...names.map((name) => shape.offsetOfName(name)),
    ...Array.from({ length: 6 }, (_, index) => shape.offsetOfItem(index + 1)),
  ];
  return offsets.filter((offset) => offset !== undefined).map((offset) => source.slice(offset, offset + 9));
}

describe("the shapes in a source", () => {
  it("are its functions and table constructors, with the places of their entries", () => {
    expect(shown(scanSource(source, defaultLimits, () => ({ line: 1, column: 1 })).main)).toEqual({
      text: "main",
      constructors: [
        [
          'name = "a',
          '["in quot',
          "[ [[long]",
          '[("x")] =',
          "f = funct",
          "nested = ",
          "word, (a)",
          "(a), -1; ",
          '-1; ["a" ',
          "f { y = 1",
        ],
        [],
        ["x = 1 } }"],
        ["y = 1 }, "],
      ],
      functions: [
        {
          text: "local function first",
          constructors: [["1, { deep", "{ deep = "], ["deep = fu"]],
          functions: [{ text: "function() return {}", constructors: [[]], functions: [] }],
        },
        { text: "function(a) local b ", constructors: [["inner = a"]], functions: [] },
        { text: "function t.m:n() end", constructors: [], functions: [] },
      ],
    });
  });

  it("do not begin inside a numeral: LuaJIT takes a numeral and the word behind it for one", () => {
    expect(() => evaluate("local a = 1if a then end", { role: "control_plane" })).toThrow(
      "malformed number near '1if'",
    );
  });
});
