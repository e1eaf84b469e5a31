import { describe, expect, it } from "vitest";
import { describeAddress } from "../../src/instances/instance.js";
import { readInstanceFiles, readInstances } from "../../src/instances/read-instances.js";

function configsIn(text: string): unknown {
  return readInstances(text, { format: "deck" }).map(({ config }) => config);
}

const nested = `_format_version: "3.0"
_info:
  defaults:
    service: { retries: 1 }
plugins:
- name: p
  config: { a: 1 }
services:
- name: orders
  plugins:
  - name: p
    instance_name: of-orders
    config: { a: 2 }
  - name: another
    config: { x: true }
  routes:
  - name: list
    plugins:
    - name: p
      enabled: false
      config: { a: 3 }
routes:
- id: 5c1d4d05-3e1f-4f8e-9c1e-0f6a2c0d9d11
  plugins:
  - { name: p, config: { a: 4 } }
consumers:
- username: ann
  plugins:
  - name: p
    service: orders
    config: { a: 5 }
consumer_groups:
- name: gold
  plugins:
  - name: p
    config: { a: 6 }
`;

describe("a decK file", () => {
  it("gives the plugin's instances at all places, with their addresses", () => {
    const instances = readInstances(nested, { format: "deck", filename: "kong.yaml", pluginName: "p" });
    expect(instances.map(({ address, config }) => [describeAddress(address), config])).toEqual([
      ["kong.yaml:6, global", { a: 1 }],
      ['kong.yaml:11, on service "orders", "of-orders"', { a: 2 }],
      ['kong.yaml:19, on route "list"', { a: 3 }],
      ['kong.yaml:25, on route "5c1d4d05-3e1f-4f8e-9c1e-0f6a2c0d9d11"', { a: 4 }],
      ['kong.yaml:29, on service "orders" and consumer "ann"', { a: 5 }],
      ['kong.yaml:35, on consumer group "gold"', { a: 6 }],
    ]);
  });

  it("gives an instance as plain data", () => {
    const [, , disabled] = readInstances(nested, { format: "deck", pluginName: "p" });
    expect(disabled).toEqual({
      name: "p",
      address: {
        position: { line: 19, column: 7 },
        scope: { route: "list" },
        keys: ["services", 0, "routes", 0, "plugins", 0],
      },
      form: "given",
      config: { a: 3 },
      fields: { enabled: false, route: { id: "00000000-0000-4000-8000-000000000000" } },
      placeholders: [],
    });
  });

  it("gives the plugins of all names where none is asked for", () => {
    expect(readInstances(nested, { format: "deck" }).map(({ name }) => name)).toContain("another");
  });

  it("is read as decK's YAML reader does", () => {
    const text = `_format_version: "3.0"
plugins:
- name: p
  config:
    words: [yes, No, on, OFF, y, n, true, ~, null, ""]
    texts: ["yes", 'no', yesterday, !!str 5, 12:30, 2020-01-01, 1.2.3]
    numbers: [10, 010, 0x1f, 0b11, 0o17, 1_000, -7, 1.5, .5, 1e3, 08, +3]
    5: five
    no: five
    __proto__: own
    lines: |
      a
      b
`;
    expect(configsIn(text)).toEqual([
      {
        words: [true, false, true, false, true, false, true, null, null, ""],
        texts: ["yes", "no", "yesterday", "5", "12:30", "2020-01-01", "1.2.3"],
        numbers: [10, 8, 31, 3, 15, 1000, -7, 1.5, 0.5, 1000, 8, 3],
        "5": "five",
        false: "five",
        ["__proto__"]: "own",
        lines: "a\nb\n",
      },
    ]);
  });

  it("may be JSON", () => {
    const text = `{\n\t"_format_version": "3.0",\n\t"plugins": [\n\t\t{ "name": "p", "config": { "a": "\\u00e9\\/" } }\n\t]\n}`;
    const [instance] = readInstances(text, { format: "deck" });
    expect([instance?.config, instance?.address.position]).toEqual([{ a: "é/" }, { line: 4, column: 3 }]);
  });

  it("may begin with a byte order mark and have the line ends of Windows", () => {
    const [instance] = readInstances(`\uFEFF${nested.replaceAll("\n", "\r\n")}`, { format: "deck" });
    expect([instance?.config, instance?.address.position.line]).toEqual([{ a: 1 }, 6]);
  });

  it("takes over what anchors name and merge keys merge", () => {
    const text = `_format_version: "3.0"
plugins:
- name: p
  config: &base
    a: 1
    deep: &deep { x: 1, z: 2 }
- name: p
  config: *base
- name: p
  config:
    <<: *base
    a: 2
- name: p
  config:
    <<: [{ a: 7 }, *base]
    deep:
      <<: *deep
      z: 3
- name: p
  config:
    "<<": quoted
`;
    expect(configsIn(text)).toEqual([
      { a: 1, deep: { x: 1, z: 2 } },
      { a: 1, deep: { x: 1, z: 2 } },
      { a: 2, deep: { x: 1, z: 2 } },
      { a: 7, deep: { x: 1, z: 3 } },
      { "<<": "quoted" },
    ]);
  });

  it("fills in the shared configuration that _config names, map by map", () => {
    const text = `_format_version: "3.0"
_plugin_configs:
  common: { a: 1, b: 2, deep: { x: 1, z: 2 }, list: [1] }
plugins:
- name: p
  _config: common
- name: p
  _config: common
  config: { a: 5, b: null, deep: { z: 3 }, list: [] }
`;
    expect(configsIn(text)).toEqual([
      { a: 1, b: 2, deep: { x: 1, z: 2 }, list: [1] },
      { a: 5, b: null, deep: { x: 1, z: 3 }, list: [] },
    ]);
  });

  it("may share configurations and its format version with files beside it", () => {
    const shared = { text: `_format_version: "3.0"\n_plugin_configs:\n  common: { a: 1 }\n`, filename: "shared.yaml" };
    const plugins = { text: `plugins:\n- name: p\n  _config: common\n`, filename: "plugins.yaml" };
    const alone = readInstances(plugins.text, { format: "deck", filename: plugins.filename, alongside: [shared] });
    expect(alone.map(({ config }) => config)).toEqual([{ a: 1 }]);
    expect(readInstanceFiles([plugins, shared], { format: "deck" })).toEqual(alone);
  });

  it("keeps what comes from the environment as a value that is not known, wherever it stands", () => {
    const text = `_format_version: "3.0"
plugins:
# - \${{ env "DECK_COMMENT" }}
- name: p
  enabled: \${{ env "DECK_ENABLED" | toBool }}
  config:
    bare: \${{ env "DECK_A" }}
    number: \${{ env "DECK_B" | toInt }} # at night
    quoted: "\${{ env "DECK_C" }}"
    part: https://\${{ env "DECK_D" }}/\${{ env "DECK_E" }}?x
    list: ['\${{ env "DECK_F" }}', b]
    plain: $x
`;
    const [instance] = readInstances(text, { format: "deck" });
    expect(instance?.config).toEqual({
      bare: '${{ env "DECK_A" }}',
      number: '${{ env "DECK_B" | toInt }}',
      quoted: '${{ env "DECK_C" }}',
      part: 'https://${{ env "DECK_D" }}/${{ env "DECK_E" }}?x',
      list: ['${{ env "DECK_F" }}', "b"],
      plain: "$x",
    });
    expect(instance?.placeholders).toEqual([
      '${{ env "DECK_A" }}',
      '${{ env "DECK_B" | toInt }}',
      '${{ env "DECK_C" }}',
      'https://${{ env "DECK_D" }}/${{ env "DECK_E" }}?x',
      '${{ env "DECK_F" }}',
      '${{ env "DECK_ENABLED" | toBool }}',
    ]);
  });
});
