import { describe, expect, it } from "vitest";
import { InstanceError } from "../../src/instances/errors.js";
import { readInstances } from "../../src/instances/read-instances.js";

const head = '_format_version: "3.0"\n';

function errorOf(text: string, maxBytes?: number): unknown {
  try {
    readInstances(text, { format: "deck", filename: "kong.yaml", ...(maxBytes === undefined ? {} : { maxBytes }) });
  } catch (error) {
    if (!(error instanceof InstanceError)) throw error;
    return [error.code, error.position?.line, error.message];
  }
  return undefined;
}

const broken: readonly (readonly [what: string, text: string, code: string, line: number])[] = [
  ["an open bracket", `${head}plugins: [{ name: p }\n`, "instances-syntax", 3],
  ["a tab as indentation", `${head}plugins:\n\t- name: p\n`, "instances-syntax", 3],
  ["an indentation that fits nowhere", `${head}plugins:\n  - name: p\n - name: q\n`, "instances-syntax", 4],
  ["an open quote", `${head}plugins:\n- name: "p\n`, "instances-syntax", 4],
  ["two anchors of one name", `${head}plugins:\n- name: &a p\n- name: &a p\n`, "instances-duplicate-anchor", 4],
  ["an alias to nothing", `${head}plugins:\n- name: p\n  config: *a\n`, "instances-unknown-anchor", 4],
  ["an alias before its anchor", `${head}plugins:\n- name: *a\n- name: &a p\n`, "instances-unknown-anchor", 3],
  ["a value in itself", `${head}plugins:\n- name: p\n  config: &a { x: *a }\n`, "instances-cyclic", 4],
  ["a map merged into itself", `${head}plugins:\n- name: p\n  config: &a\n    <<: *a\n`, "instances-cyclic", 5],
  ["a key that stands twice", `${head}plugins:\n- name: p\n  config: { x: 1, x: 2 }\n`, "instances-duplicate-key", 4],
  ["plugins twice", `${head}plugins: []\nplugins: []\n`, "instances-duplicate-key", 3],
  ["a tag of another kind", `${head}plugins:\n- name: p\n  config: { x: !ruby/object 1 }\n`, "instances-tag", 4],
  ["two documents", `${head}plugins: []\n---\nplugins: []\n`, "instances-several-documents", 3],
  ["no format version", "plugins:\n- name: p\n", "instances-format-version", 1],
  ["an old format version", '_format_version: "1.1"\nplugins: []\n', "instances-format-version", 1],
  ["a format version that is no text", "_format_version: 3.0\nplugins: []\n", "instances-format-version", 1],
  ["nothing", "# nothing\n", "instances-wrong-shape", 1],
  ["a list", "- name: p\n", "instances-wrong-shape", 1],
  ["plugins that are a map", `${head}plugins:\n  name: p\n`, "instances-wrong-shape", 3],
  ["a plugin that is a text", `${head}plugins:\n- p\n`, "instances-wrong-shape", 3],
  ["a plugin without a name", `${head}plugins:\n- config: {}\n`, "instances-wrong-shape", 3],
  ["a plugin with a number as its name", `${head}plugins:\n- name: 5\n`, "instances-wrong-shape", 3],
  ["a configuration that is a list", `${head}plugins:\n- name: p\n  config: [1]\n`, "instances-wrong-shape", 3],
  ["services that are texts", `${head}services: [a]\n`, "instances-wrong-shape", 2],
  ["a key that is a list", `${head}plugins:\n- name: p\n  config: { [a]: 1 }\n`, "instances-wrong-shape", 4],
  [
    "a number that JSON does not have",
    `${head}plugins:\n- name: p\n  config: { x: .inf }\n`,
    "instances-wrong-shape",
    4,
  ],
  ["a merge key with a text", `${head}plugins:\n- name: p\n  config: { <<: a }\n`, "instances-wrong-shape", 4],
  [
    "a shared configuration that is missing",
    `${head}plugins:\n- name: p\n  _config: common\n`,
    "instances-plugin-config-missing",
    3,
  ],
];

describe("a broken decK file", () => {
  it.each(broken)("with %s gets an error with a line", (_, text, code, line) => {
    expect(errorOf(text)).toEqual([code, line, expect.any(String)]);
  });

  it("has errors that say what is wrong", () => {
    expect(broken.map(([what, text]) => [what, errorOf(text)])).toMatchSnapshot();
  });

  it("is refused by its size before anybody parses it", () => {
    expect(errorOf(`${head}# é\n`, 28)).toEqual(undefined);
    expect(errorOf(`${head}# é\n`, 27)).toEqual(["instances-too-large", 1, "the text is larger than 27 bytes"]);
    expect(errorOf("\t".repeat(33 * 1024 * 1024))).toEqual([
      "instances-too-large",
      1,
      "the text is larger than 33554432 bytes",
    ]);
  });
});

describe("a hostile file", () => {
  it.each([
    ["nested lists", "[".repeat(100_000), "instances-too-deep"],
    [
      "nested maps",
      `${head}${Array.from({ length: 300 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")}`,
      "instances-too-deep",
    ],
    ["nested dashes", "- ".repeat(50_000), "instances-too-deep"],
    ["nothing but line ends", "\n".repeat(8_000_100), "instances-too-dense"],
    ["as many commas as it can hold", `[${",".repeat(8_000_100)}]`, "instances-too-dense"],
  ])("of %s is refused", (_, text, code) => {
    expect(errorOf(text)).toEqual([code, expect.any(Number), expect.any(String)]);
  });

  it("whose aliases multiply is refused once they come to too much", () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const items = level === 0 ? "x" : Array.from({ length: 10 }, () => `*a${level - 1}`).join(", ");
      return `    k${level}: &a${level} [${items}]\n`;
    });
    const text = `${head}plugins:\n- name: p\n  config:\n${levels.join("")}`;
    expect(errorOf(text)).toEqual(["instances-too-many-values", expect.any(Number), expect.any(String)]);
  });

  it("whose merged maps multiply is refused once they come to too much", () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const merged = level === 0 ? "x: 1" : `<<: [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(", ")}]`;
      return `    k${level}: &a${level} { ${merged} }\n`;
    });
    const text = `${head}plugins:\n- name: p\n  config:\n${levels.join("")}`;
    expect(errorOf(text)).toEqual(["instances-too-many-values", expect.any(Number), expect.any(String)]);
  });

  it("with many keys in one map is read in time that grows with them", () => {
    const keys = Array.from({ length: 60_000 }, (_, key) => `    k${key}: 1\n`).join("");
    expect(errorOf(`${head}plugins:\n- name: p\n  config:\n${keys}`)).toBeUndefined();
  });

  it("cannot reach the prototypes of the program", () => {
    const text = `${head}plugins:\n- name: p\n  config: { __proto__: { polluted: yes }, constructor: { prototype: { polluted: yes } } }\n`;
    const [instance] = readInstances(text, { format: "deck" });
    expect(Object.keys(instance?.config ?? {})).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("a password that is not in quotes and reads as something else", () => {
  const passwords = [
    "*Pa55word",
    "!Pa55word",
    "!e!Pa55word",
    "{ a: &Pa55word x, b: &Pa55word y }",
    "|Pa55word",
    "]Pa55word",
    "}} Pa55word",
    '"x" Pa55word',
  ];
  passwords.push(
    "@Pa55word",
    "%Pa55word",
    "`Pa55word",
    '"\\qPa55word"',
    "!<Pa55word> x",
    "{ a: b } Pa55word",
    "b: Pa55word",
  );

  it.each(passwords)("is in no message: %s", (password) => {
    const [code, line, message] = partsOf(
      errorOf(`${head}plugins:\n- name: p\n  config:\n    password: ${password}\n`),
    );
    expect(code).toMatch(/^instances-/);
    expect(line).toBe(5);
    expect(message).toMatch(/^[\w(][^]{20}/);
    expect(message).not.toContain("a55word");
  });

  it("is in none about JSON either", () => {
    for (const value of ["Pa55word", "1e999Pa55word"]) {
      const read = () => readInstances(`{ "name": "p", "config": { "password": ${value} } }`, { format: "json" });
      expect(read).toThrow(expect.objectContaining({ message: "this is not JSON: a text stands in quotes" }));
    }
  });
});

function partsOf(error: unknown): readonly unknown[] {
  return Array.isArray(error) ? error : [];
}
