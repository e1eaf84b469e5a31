import { Work } from "../../src/schema/engine/work.js";
import { describe, expect, it } from "vitest";
import { Undecidable } from "../../src/schema/engine/lua.js";
import { findsRegex, isRegex } from "../../src/schema/engine/pcre.js";

describe("A regular expression, read as PCRE reads it", () => {
  it.each(["", "a|b", "^/api/(?:v1|v2)$", "[]a-z\\d.-]+", "a{2,3}?", "{a}", "\\Aa\\z", "(?=x)", "é+"])(
    "compiles: %j",
    (pattern) => {
      expect(isRegex(pattern)).toBe(true);
    },
  );

  it.each(["(", ")", "*a", "a|+", "[a", "[z-a]", "a\\", "a{3,1}", "a{70000}"])("is refused: %j", (pattern) => {
    expect(isRegex(pattern)).toBe(false);
  });

  it.each(["(?<name>a)", "\\Qa", "(?i)a", "a++", "[[:alpha:]]", "\\1", "a{,2}", "(*UTF8)a"])(
    "is left undecided where the dialects part: %j",
    (pattern) => {
      expect(() => isRegex(pattern)).toThrow(Undecidable);
    },
  );

  it("matches bytes, and `$` before a last line feed", () => {
    expect(findsRegex("é", "^..$", new Work())).toBe(true);
    expect(findsRegex("a\n", "a$", new Work())).toBe(true);
    expect(findsRegex("a\nb", "a$", new Work())).toBe(false);
    expect(findsRegex("\u00a0", "\\s", new Work())).toBe(false);
  });

  it("is not run where that could take very long", () => {
    expect(() => findsRegex("a".repeat(40), "^(a+)+b$", new Work())).toThrow(Undecidable);
    expect(() => findsRegex("a".repeat(5000), "a*a*b", new Work())).toThrow(Undecidable);
    expect(() => findsRegex("a".repeat(40), "(a|a)*b", new Work())).toThrow(Undecidable);
    expect(() => findsRegex("a".repeat(200), "a*a*a*a*a*b", new Work())).toThrow(Undecidable);
    expect(() => findsRegex("a".repeat(40), `^${"a?".repeat(40)}${"a".repeat(40)}b$`, new Work())).toThrow(Undecidable);
    expect(() => findsRegex("a".repeat(300_000), "a*b", new Work())).toThrow(Undecidable);
    expect(findsRegex("192.168.100.200", "^(\\d{1,3}\\.){3}\\d{1,3}$", new Work())).toBe(true);
  });
});
