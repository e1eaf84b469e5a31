import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { adaptInstances } from "../../src/instances/adapt-instances.js";
import { checkInstances, type InstanceOptions } from "../../src/instances/check-instances.js";
import { readInstanceFiles, readInstances } from "../../src/instances/read-instances.js";
import { rewriteInstances } from "../../src/instances/rewrite/rewrite-instances.js";
import { readSchema } from "../../src/schema/read.js";
import { pluginWith } from "./plugin.js";

const old = pluginWith(`{ a = { type = "string" } }, { ttl = { type = "integer" } }, { host = { type = "string" } }`);
const now = pluginWith(`{ a = { type = "string" } }, { key = { type = "string", required = true } },
  { redis = { type = "record", fields = { { host = { type = "string" } } } } }`);
const options: InstanceOptions = {
  renames: [{ from: "config.host", to: "config.redis.host" }],
  answers: [{ path: "config.key", value: "k 1" }],
};

function rewritten(...texts: readonly string[]): readonly string[] {
  const files = texts.map((text, index) => ({ text, filename: `${index}.yaml` }));
  const edits = adaptInstances(old, now, readInstanceFiles(files, { format: "deck" }), options);
  return rewriteInstances(files, edits).map(({ text }) => text);
}

const head = '_format_version: "3.0"\n';

describe("a rewritten decK file", () => {
  it("keeps comments, order, quotes and white space", () => {
    const text = `# The file
${head}plugins:   # all
-   name: p
    config:

      # How long
      ttl: 5   # seconds

      # The text
      a:   'x'   # quoted
      host: "h"  # moved
`;
    expect(rewritten(text)).toEqual([
      `# The file
${head}plugins:   # all
-   name: p
    config:

      # How long

      # The text
      a:   'x'   # quoted
      redis:
        host: "h"
      key: "k 1"
`,
    ]);
  });

  it("edits maps on one line", () => {
    const text = `${head}plugins:
- { name: p, config: { ttl: 5, a: x } }
- { name: p, config: { a: x, ttl: 5 } } # last
- { name: p, config: { ttl: 5 } }
- { name: p, config: { a: x, ttl: 5, } }
- { name: p }
`;
    expect(rewritten(text)).toEqual([
      `${head}plugins:
- { name: p, config: { a: x, key: "k 1" } }
- { name: p, config: { a: x, key: "k 1" } } # last
- { name: p, config: { key: "k 1" } }
- { name: p, config: { a: x, key: "k 1", } }
- { name: p, config: { key: "k 1" } }
`,
    ]);
  });

  it("edits JSON as JSON", () => {
    const text = `{
  "_format_version": "3.0",
  "plugins": [
    {
      "name": "p",
      "config": {
        "ttl": 5,
        "a": "x",
        "host": "h"
      }
    }
  ]
}
`;
    const [json = ""] = rewritten(text);
    expect(json).toBe(`{
  "_format_version": "3.0",
  "plugins": [
    {
      "name": "p",
      "config": {
        "a": "x",
        "redis": {"host": "h"},
        "key": "k 1"
      }
    }
  ]
}
`);
  });

  it("edits what several plugins share once, where all of them want it", () => {
    const text = `${head}_plugin_configs:
  common:
    ttl: 5
    a: x
plugins:
- name: p
  _config: common
- name: p
  _config: common
  config:
    ttl: 6
- name: p
  config: &same
    ttl: 7
- name: p
  config: *same
`;
    expect(rewritten(text)).toEqual([
      `${head}_plugin_configs:
  common:
    a: x
    key: "k 1"
plugins:
- name: p
  _config: common
- name: p
  _config: common
  config: {}
- name: p
  config: &same
    key: "k 1"
- name: p
  config: *same
`,
    ]);
  });

  it("leaves what other plugins share as they have it", () => {
    const text = `${head}_plugin_configs:
  common: { ttl: 5 }
plugins:
- name: other
  _config: common
- name: p
  _config: common
- name: p
  config: &mine
    ttl: 7
    a: x
- name: other
  config: *mine
`;
    expect(rewritten(text)).toEqual([
      `${head}_plugin_configs:
  common: { ttl: 5 }
plugins:
- name: other
  _config: common
- name: p
  config:
    key: "k 1"
- name: p
  config:
    a: x
    key: "k 1"
- name: other
  config: &mine { ttl: 7, a: x }
`,
    ]);
  });

  it("says what only one plugin wants beside what it takes over", () => {
    const text = `${head}plugins:
- name: p
  config: &base { a: x, key: k }
- name: p
  config:
    <<: *base
    host: h # of its own
`;
    expect(rewritten(text)).toEqual([
      `${head}plugins:
- name: p
  config: &base { a: x, key: k }
- name: p
  config:
    <<: *base
    redis:
      host: h
`,
    ]);
  });

  it("keeps placeholders as they are written", () => {
    const text = `${head}plugins:
- name: p
  config:
    host: "\${{ env "DECK_HOST" }}" # quoted
    a: \${{ env "DECK_A" }}
- name: p
  config: { host: \${{ env "DECK_HOST_2" }} }
`;
    expect(rewritten(text)).toEqual([
      `${head}plugins:
- name: p
  config:
    a: \${{ env "DECK_A" }}
    redis:
      host: "\${{ env "DECK_HOST" }}"
    key: "k 1"
- name: p
  config: { redis: { host: \${{ env "DECK_HOST_2" }} }, key: "k 1" }
`,
    ]);
  });

  it("may be one of several, with shared configurations in another", () => {
    const shared = `${head}_plugin_configs:\n  common:\n    ttl: 5\n`;
    const plugins = `plugins:\n- name: p\n  _config: common`;
    expect(rewritten(shared, plugins)).toEqual([`${head}_plugin_configs:\n  common:\n    key: "k 1"\n`, plugins]);
  });

  it("gives a renamed plugin its new name", () => {
    const text = `${head}plugins:\n- config: { a: x } # a\n  name: p # the plugin\n- name: q\n`;
    const edits = adaptInstances(old, { ...old, name: "p-v2" }, readInstances(text, { format: "deck" }));
    expect(rewriteInstances([{ text }], edits)).toEqual([{ text: text.replace("name: p #", "name: p-v2 #") }]);
  });

  it("is not made where a decision is missing: that plugin stays as it is", () => {
    const text = `${head}plugins:\n- name: p\n  config: { ttl: 5 }\n`;
    const edits = adaptInstances(old, now, readInstances(text, { format: "deck" }));
    expect(edits.map(({ need }) => need)).toEqual(["decide"]);
    expect(rewriteInstances([{ text }], edits)).toEqual([{ text }]);
  });

  it("is not made where the text is written in a way that is not edited", () => {
    const text = `${head}plugins: &list\n- name: p\n  config:\n    ? ttl\n    : 5\n`;
    const edits = adaptInstances(old, now, readInstances(text, { format: "deck" }), options);
    expect(() => rewriteInstances([{ text }], edits)).toThrow(
      expect.objectContaining({ code: "instances-not-rewritten" }),
    );
  });
});

describe("the example's decK file", () => {
  const filename = "examples/decks/quota-guard.yaml";
  const text = readFileSync(filename, "utf8");
  const [before, after] = (["old", "new"] as const).map((side) =>
    readSchema(readFileSync(`examples/${side}/quota-guard/schema.lua`, "utf8"), { pluginName: "quota-guard" }),
  );
  if (before === undefined || after === undefined) throw new Error("two schemas");
  const decisions: InstanceOptions = {
    renames: [
      { from: "config.namespace", to: "config.redis.key_prefix" },
      { from: "config.error_code", to: "config.rejection.status" },
      { from: "config.error_message", to: "config.rejection.message" },
      { from: "config.overrides{}", to: "config.overrides{}.limit" },
    ],
    answers: [
      { path: "config.second", value: 1 },
      { path: "config.bursts[].seconds", value: 600 },
      { path: "config.day", value: 200 },
      { path: "config.redis.password", value: "{vault://env/quota-redis}" },
    ],
  };
  const instances = readInstances(text, { format: "deck", filename, pluginName: "quota-guard" });

  it("has the verdicts that it shows", () => {
    const tell = (given: InstanceOptions) =>
      checkInstances(before, after, instances, given).map(
        ({ verdict, path, sentence }) => `${verdict}, ${path}: ${sentence}`,
      );
    expect(instances.length).toBeGreaterThanOrEqual(30);
    expect({ asked: tell({}), decided: tell(decisions) }).toMatchSnapshot();
  });

  it("differs only where it must, once all is decided, and is then what the new schema takes", () => {
    const edits = adaptInstances(before, after, instances, decisions);
    const [edited] = rewriteInstances([{ text, filename }], edits);
    expect(linesThatDiffer(text, edited?.text ?? "")).toMatchSnapshot();
    const again = readInstances(edited?.text ?? "", { format: "deck", pluginName: "quota-guard" });
    const unknown = checkInstances(after, after, again).filter(({ verdict }) => verdict !== "untouched");
    expect(unknown.map(({ verdict, instance }) => [verdict, instance.address.instanceName])).toEqual([
      ["already-invalid", "reports-daily"],
    ]);
  });
});

/** The lines of a text that are gone and new, as `diff` shows them; both texts have all others in the same order. */
function linesThatDiffer(before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const lengths = old.map(() => now.map(() => 0));
  const lengthAt = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    const row = lengths[i] ?? [];
    for (let j = now.length - 1; j >= 0; j--) {
      row[j] = old[i] === now[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const lines: string[] = [];
  for (let i = 0, j = 0; i < old.length || j < now.length;) {
    if (i < old.length && old[i] === now[j]) [i, j] = [i + 1, j + 1];
    else if (i < old.length && lengthAt(i + 1, j) >= lengthAt(i, j + 1)) lines.push(`- ${old[i++] ?? ""}`);
    else lines.push(`+ ${now[j++] ?? ""}`);
  }
  return lines.join("\n");
}
