import { describe, expect, it } from "vitest";
import { AdvisorError } from "../../src/errors.js";
import { adaptInstances } from "../../src/instances/adapt-instances.js";
import { readInstanceFiles } from "../../src/instances/read-instances.js";
import { rewriteInstances } from "../../src/instances/rewrite/rewrite-instances.js";
import { pluginWith } from "./plugin.js";

const old = pluginWith(`{ url = { type = "string" } }, { ttl = { type = "integer" } }`);
const now = pluginWith(`{ url = { type = "string" } }`);

/** The texts with `ttl` taken away, or the code and place of what is said against them. */
function withoutTtl(...texts: readonly string[]): readonly string[] | string {
  const files = texts.map((text, index) => ({ text, filename: `${index + 1}.yaml` }));
  try {
    const edits = adaptInstances(old, now, readInstanceFiles(files, { format: "deck" }));
    return rewriteInstances(files, edits).map(({ text }) => text);
  } catch (error) {
    if (!(error instanceof AdvisorError)) throw error;
    const { file = "", line = 0 } = error.position ?? {};
    return `${error.code} at ${file}:${line}`;
  }
}

const head = '_format_version: "3.0"\n';

describe("decK files as people write them", () => {
  it.each([
    [
      "with Windows line ends",
      `plugins:\r\n- name: p\r\n  config:\r\n    ttl: 60 # a\r\n    url: x\r\n`,
      `plugins:\r\n- name: p\r\n  config:\r\n    url: x\r\n`,
    ],
    [
      "with a document's end",
      `plugins:\n- name: p\n  config: { ttl: 60 }\n...\n`,
      `plugins:\n- name: p\n  config: {}\n...\n`,
    ],
    [
      "with tabs between words",
      `plugins:\n- name:\tp\n  config:\t{ttl:\t60}\t# c\n`,
      `plugins:\n- name:\tp\n  config:\t{}\t# c\n`,
    ],
    [
      "without a last line end",
      `plugins:\n- name: p\n  config:\n    url: x\n    ttl: 60`,
      `plugins:\n- name: p\n  config:\n    url: x\n`,
    ],
    [
      "with the name last",
      `plugins:\n  - config:\n      ttl: 60\n    name: p\n`,
      `plugins:\n  - config: {}\n    name: p\n`,
    ],
    [
      "with quoted keys",
      `plugins:\n- name: p\n  "config":\n    'ttl': 60\n    "url": x\n`,
      `plugins:\n- name: p\n  "config":\n    "url": x\n`,
    ],
    [
      "with a tag of YAML's own",
      `plugins:\n- name: p\n  config:\n    ttl: !!int 60\n    url: !!str 5\n`,
      `plugins:\n- name: p\n  config:\n    url: !!str 5\n`,
    ],
    [
      "in a flow map over several lines",
      `plugins:\n- name: p\n  config: {\n    ttl: 60, # six\n    url: x }\n`,
      `plugins:\n- name: p\n  config: {\n    url: x }\n`,
    ],
    [
      "with comments everywhere",
      `plugins: # all\n# a\n- # b\n  name: p # c\n  # d\n  config: # e\n    # f\n    ttl: 60\n    # g\n\n    url: x # h\n# i\n`,
      `plugins: # all\n# a\n- # b\n  name: p # c\n  # d\n  config: # e\n    # f\n    # g\n\n    url: x # h\n# i\n`,
    ],
    [
      "with a comment that ends in a colon",
      `plugins:\n- name: p\n  config: # see:\n    ttl: 60\n`,
      `plugins:\n- name: p\n  config: # see:\n    {}\n`,
    ],
    [
      "below consumer groups",
      `consumer_groups:\n- name: gold\n  plugins:\n  - name: p\n    config:\n      ttl: 60\n`,
      `consumer_groups:\n- name: gold\n  plugins:\n  - name: p\n    config: {}\n`,
    ],
    [
      "with a value from the environment that goes",
      `plugins:\n- name: p\n  config:\n    ttl: \${{ env "T" | toInt }}\n    url: "x-\${{ env "U" }}"\n`,
      `plugins:\n- name: p\n  config:\n    url: "x-\${{ env "U" }}"\n`,
    ],
    [
      "with a merge that is overridden",
      `plugins:\n- name: p\n  config: &c\n    ttl: 60\n    url: x\n- name: p\n  config:\n    <<: *c\n    ttl: 90\n`,
      `plugins:\n- name: p\n  config: &c\n    url: x\n- name: p\n  config:\n    <<: *c\n`,
    ],
    [
      "with an anchor on what goes",
      `plugins:\n- name: p\n  config:\n    ttl: &t 60\n- name: q\n  config:\n    size: *t\n`,
      `plugins:\n- name: p\n  config: {}\n- name: q\n  config:\n    size: &t 60\n`,
    ],
    [
      "with a shared configuration that another plugin needs",
      `_plugin_configs:\n  s: { ttl: 5, url: x }\nplugins:\n- name: p\n  _config: s\n- name: q\n  _config: s\n`,
      `_plugin_configs:\n  s: { ttl: 5, url: x }\nplugins:\n- name: p\n  config:\n    url: x\n- name: q\n  _config: s\n`,
    ],
  ])("are edited where they must be: %s", (_, before, after) => {
    expect(withoutTtl(head + before)).toEqual([head + after]);
  });

  it("are edited where the configuration stands, in whichever file that is", () => {
    const using = `${head}_info:\n  defaults:\n    service: { retries: 3 }\nservices:\n- name: a\n  plugins:\n  - { name: p, _config: s }\n`;
    const shared = "_info: { select_tags: [x] }\n_plugin_configs:\n  s:\n    ttl: 3 # three\n    url: x\n";
    expect(withoutTtl(using, shared)).toEqual([using, shared.replace("    ttl: 3 # three\n", "")]);
  });

  it("keep their byte order mark", () => {
    expect(withoutTtl(`\uFEFF${head}plugins:\n- name: p\n  config: { ttl: 60 }\n`)).toEqual([
      `\uFEFF${head}plugins:\n- name: p\n  config: {}\n`,
    ]);
  });

  it.each([
    ["tabs as indentation", "plugins:\n- name: p\n\tconfig: { ttl: 60 }\n", "instances-syntax at 1.yaml:4"],
    ["a second document", "plugins: []\n---\nplugins: []\n", "instances-several-documents at 1.yaml:3"],
    [
      "a key twice",
      "plugins:\n- name: p\n  config:\n    ttl: 60\n    ttl: 70\n",
      "instances-duplicate-key at 1.yaml:6",
    ],
    [
      "a key behind a question mark",
      "plugins:\n- name: p\n  config:\n    ? ttl\n    : 60\n    url: x\n",
      "instances-not-rewritten at 1.yaml:5",
    ],
    ["a tag of somebody's own", "plugins:\n- name: p\n  config:\n    ttl: !mine 60\n", "instances-tag at 1.yaml:5"],
    [
      "a whole configuration from the environment",
      'plugins:\n- name: p\n  config: ${{ env "C" }}\n',
      "instances-wrong-shape at 1.yaml:3",
    ],
  ])("are refused with the line, and nothing is given out: %s", (_, text, refusal) => {
    expect(withoutTtl(head + text)).toBe(refusal);
  });

  it.each(["1.1", "2.1", "3.1"])("are refused where their format is %s", (version) => {
    expect(withoutTtl(`_format_version: "${version}"\nplugins: []\n`)).toBe("instances-format-version at 1.yaml:1");
  });

  it("are refused where JSON is cut off", () => {
    expect(withoutTtl('{ "_format_version": "3.0",\n"plugins": [ { "name": "p", "config": { "ttl": 6')).toBe(
      "instances-syntax at 1.yaml:2",
    );
  });

  it("are refused by their size before they are parsed", () => {
    expect(withoutTtl(`${head}# ${"x".repeat(33 * 1024 * 1024)}\n`)).toBe("instances-too-large at 1.yaml:1");
  });
});
