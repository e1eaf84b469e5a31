import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diagnose, Diagnoser } from "../../src/diagnose/diagnose.js";
import type { Diagnosis } from "../../src/diagnose/diagnosis.js";
import { problems } from "../../src/diagnose/problems.js";
import { readSchema } from "../../src/schema/read.js";
import { noise } from "./wrappings.js";

const brief = ({ problem, reporter, plugin, entry, shownPath, message }: Diagnosis) => ({
  problem,
  reporter,
  plugin,
  entry,
  shownPath,
  message,
});
const schema = (fields: string, name = "delay") =>
  readSchema(`return { name = "${name}", fields = { { config = { type = "record", fields = { ${fields} } } } } }`);

describe("the message that Kong's documentation explains", () => {
  const log = `[lua] data_plane.lua:244: [clustering] unable to update running config: bad config received from Control Plane in'plugins':
    - in entry 1 of 'plugins':
      in'config':
        in'ttl': required field missing, context: ngx.timer
`;

  it("is told with what can be said without the schemas", () => {
    expect(diagnose(log)).toEqual([
      {
        problem: "required-field-missing",
        reporter: "data-plane",
        line: 1,
        times: 1,
        plugin: null,
        entity: "plugins",
        entry: 1,
        path: ["config", "ttl"],
        shownPath: "config.ttl",
        message: "required field missing",
        cause:
          "The schema on this data plane node requires a parameter that the payload does not have: a required parameter was taken out of the control plane's schema while the node has the older one, or the node's newer schema requires it and the instance was saved before.",
        blame: null,
        steps: [
          "Compare the schema.lua on this node with the one on the control plane: kong-schema-advisor plan OLD NEW.",
          "If the node's is the older one, put the new schema.lua and handler.lua on it, and reload it: kong reload.",
          "If the node's is the newer one, update the schema on the control plane; then give config.ttl a value in every instance.",
          "See that `unable to update running config` does not come again. Until then the node works with the last configuration that it took; a new node has none at all.",
        ],
        source: "https://developer.konghq.com/custom-plugins/konnect-hybrid-mode/",
      },
    ]);
  });

  it("is told by the change to blame where the required parameter was removed: the node needs the new schema", () => {
    const oldSchema = schema(`{ ttl = { type = "integer", required = true } }, { x = { type = "string" } }`);
    const newSchema = schema(`{ x = { type = "string" } }`);
    const [found] = diagnose(log, { oldSchema, newSchema });
    expect(found).toMatchObject({
      plugin: "delay",
      blame: {
        refusedBy: "old",
        changes: [{ kind: "field-removed", path: "config.ttl", description: "config.ttl (integer) was removed" }],
      },
      cause:
        "This data plane node still has the old schema, and the control plane sends what only the new one takes. What changed there: config.ttl (integer) was removed.",
    });
    expect(found?.steps[0]).toMatch(/^Put the new schema\.lua and handler\.lua on this node/);
  });

  it("is told by the change to blame where the parameter became required: the instances need a value", () => {
    const oldSchema = schema(`{ ttl = { type = "integer" } }`);
    const newSchema = schema(`{ ttl = { type = "integer", required = true } }`);
    const [found] = diagnose(log, { oldSchema, newSchema });
    expect(found?.blame).toMatchObject({ refusedBy: "new", changes: [{ kind: "became-required" }] });
    expect(found?.steps).toEqual([
      "See that the control plane has the new schema; if not, update it first.",
      "Set config.ttl where it is null or absent: it is required now and has no default.",
      "Saving an instance pushes the configuration to all nodes.",
      "See that `unable to update running config` does not come again. Until then the node works with the last configuration that it took; a new node has none at all.",
    ]);
  });

  it("is told to be of another plugin where the two schemas are the same there", () => {
    const same = schema(`{ x = { type = "string" } }`);
    const [found] = diagnose(log.replace("ttl", "y").replace("required field missing", "unknown field"), {
      oldSchema: same,
      newSchema: same,
    });
    expect(found).toMatchObject({ plugin: null, blame: { refusedBy: "both", changes: [] } });
    expect(found?.cause).toMatch(/another plugin, or of a third version\.$/);
  });
});

describe("a log", () => {
  const at = (text: string) => `2024/05/06 10:11:12 [error] 7#0: *9 [lua] ${text}`;
  const start = at(
    "data_plane.lua:261: [clustering] unable to update running config: bad config received from control plane ",
  );

  it("may hold several entries with several errors, deep ones too", () => {
    const log = `${noise}${start}in 'plugins':
  - in entry 2 of 'plugins':
    in 'config':
      in 'limits':
        - in entry 3 of 'limits':
          in 'minute': expected an integer
        - in entry 10 of 'limits': expected a record
      in 'redis':
        in 'host': required field missing
      in '@entity':
        - in entry 1 of '@entity': at least one of these fields must be non-empty: 'a', 'b'
    in 'protocols':
      - in entry 1 of 'protocols': expected one of: http, https
  - in entry 5 of 'plugins':
    in 'name': plugin 'stamp' not enabled; add it to the 'plugins' configuration property, context: ngx.timer
${noise}`;
    expect(diagnose(log).map(brief)).toEqual(
      [
        ["wrong-type", null, 2, "config.limits[3].minute", "expected an integer"],
        ["wrong-type", null, 2, "config.limits[10]", "expected a record"],
        ["required-field-missing", null, 2, "config.redis.host", "required field missing"],
        ["entity-check", null, 2, "config", "at least one of these fields must be non-empty: 'a', 'b'"],
        ["value-refused", null, 2, "protocols[1]", "expected one of: http, https"],
        [
          "plugin-not-enabled",
          "stamp",
          5,
          "name",
          "plugin 'stamp' not enabled; add it to the 'plugins' configuration property",
        ],
      ].map(([problem, plugin, entry, shownPath, message]) => ({
        problem,
        reporter: "data-plane",
        plugin,
        entry,
        shownPath,
        message,
      })),
    );
  });

  it("says the same thing once, with the first line and how often", () => {
    const one = `${start}in 'plugins':\n  - in entry 1 of 'plugins':\n    in 'config':\n      in 'n': unknown field, context: ngx.timer\n`;
    expect(diagnose(`${noise}${one}${noise}${one}${one}`).map(({ line, times }) => ({ line, times }))).toEqual([
      { line: 6, times: 3 },
    ]);
  });

  const cases: readonly (readonly [what: string, log: string, ...expected: Partial<Diagnosis>[]])[] = [
    [
      "deprecated parameters",
      `${start}in 'plugins':\n  - in entry 1 of 'plugins':\n    in 'config':\n      in 'redis_host': both deprecated and new field are used but their values mismatch: redis_host = a vs redis.host = b`,
      { problem: "deprecated-mismatch", reporter: "data-plane", shownPath: "config.redis_host" },
    ],
    [
      "a text of the schema's own",
      `${start}in 'plugins':\n  - in entry 1 of 'plugins':\n    in 'config':\n      in 'n': must be nice; really: (yes), context: ngx.timer`,
      { problem: "custom-message", message: "must be nice; really: (yes)" },
    ],
    [
      "an error that was raised",
      at(
        "data_plane.lua:261: [clustering] unable to update running config: /usr/local/share/lua/5.1/kong/plugins/x/schema.lua:12: attempt to index a nil value, context: ngx.timer",
      ),
      {
        problem: "raised",
        reporter: "data-plane",
        message: "/usr/local/share/lua/5.1/kong/plugins/x/schema.lua:12: attempt to index a nil value",
      },
    ],
    [
      "an old release that gives no reason",
      at("clustering.lua:165: unable to update running config: bad config received from control plane"),
      { problem: "not-told" },
    ],
    [
      "an entity that is no plugin",
      `${start}in 'services':\n  - in entry 3 of 'services':\n    in 'host': required field missing`,
      { problem: "other-entity", entry: 3, shownPath: "host" },
    ],
    [
      "a declarative file with plugins inside services",
      `Error: error parsing declarative config file /kong.yml:\nin 'services':\n  - in entry 1 of 'services':\n    in 'plugins':\n      - in entry 2 of 'plugins':\n        in 'config':\n          in 'n': unknown field`,
      { problem: "unknown-field", reporter: "start", entry: 2, shownPath: "config.n" },
    ],
    [
      "a plugin that is missing on a data plane",
      at(
        'control_plane.lua:439: [clustering] unable to send updated configuration to data plane: configured stamp plugin 1.2.0 is missing from data plane [id: 1, host: dp, ip: 10.0.0.1, version: 3.9.1], client: 10.0.0.1, server: kong_cluster_listener, request: "GET /v1/outlet HTTP/1.1"',
      ),
      {
        problem: "plugin-missing",
        reporter: "control-plane",
        plugin: "stamp",
        message: "configured stamp plugin 1.2.0 is missing from data plane",
      },
    ],
    [
      "the same of a plugin without a version",
      at(
        "[clustering] unable to send updated configuration to data plane: configured my-stamp plugin is missing from data plane",
      ),
      { problem: "plugin-missing", plugin: "my-stamp" },
    ],
    [
      "a plugin that nothing uses yet",
      at("[clustering] stamp plugin 1.2.0 is missing from data plane [id: 1]"),
      { problem: "plugin-missing-unused", plugin: "stamp", message: "stamp plugin 1.2.0 is missing from data plane" },
    ],
    [
      "another version of a configured plugin",
      at(
        "[clustering] unable to send updated configuration to data plane: configured data plane stamp plugin version 1.0.0 is different to control plane plugin version 2.0.0 [id: 1]",
      ),
      {
        problem: "plugin-version",
        plugin: "stamp",
        message: "configured data plane stamp plugin version 1.0.0 is different to control plane plugin version 2.0.0",
      },
    ],
    [
      "another version at the connection",
      at("[clustering] data plane stamp plugin version 1.0.0 is different to control plane plugin version 2.0.0"),
      { problem: "plugin-version-unused", plugin: "stamp" },
    ],
    [
      "a newer data plane",
      at("[clustering] data plane version 3.9.1 is incompatible with older control plane version 3.8.0 [id: 1]"),
      {
        problem: "gateway-version",
        message: "data plane version 3.9.1 is incompatible with older control plane version 3.8.0",
      },
    ],
    [
      "a data plane of another major release",
      at("[clustering] data plane version 2.8.5 is incompatible with control plane version 3.9.1 (3.x.y are accepted)"),
      {
        problem: "gateway-version",
        message: "data plane version 2.8.5 is incompatible with control plane version 3.9.1 (3.x.y are accepted)",
      },
    ],
    [
      "files that are not there",
      "Error: /usr/local/share/lua/5.1/kong/init.lua:700: error loading plugin schemas: on plugin 'stamp': stamp plugin is enabled but not installed;",
      { problem: "plugin-not-installed", reporter: "start", plugin: "stamp" },
    ],
    [
      "a schema that is not there",
      "on plugin 'stamp': no configuration schema found for plugin: stamp",
      { problem: "plugin-not-installed", plugin: "stamp" },
    ],
    [
      "a handler without a version",
      `on plugin 'stamp': Plugin "stamp" cannot be loaded because its VERSION field does not follow the "x.y.z" format, got: "nil".`,
      { problem: "handler-refused", plugin: "stamp" },
    ],
    [
      "a plugin that the control plane does not have",
      `{"message":"schema violation (name: plugin 'stamp' not enabled; add it to the 'plugins' configuration property)","name":"schema violation","code":2}`,
      { problem: "plugin-not-enabled", reporter: "admin-api", plugin: "stamp", shownPath: "name" },
    ],
    [
      "an answer with several errors and tables",
      `3 schema violations (at least one of these fields must be non-empty: 'a', 'b'; config.l: {\n  [2] = {\n    ["a-b"] = "say \\"no\\"; always: (so)"\n  }\n}; protocols.1: expected one of: http)`,
      { problem: "entity-check", reporter: "admin-api", shownPath: "" },
      { problem: "custom-message", shownPath: "config.l[2].a-b", message: 'say "no"; always: (so)' },
      { problem: "value-refused", shownPath: "protocols[1]", message: "expected one of: http" },
    ],
  ];
  it.each(cases.map(([what, text, ...expected]) => ({ what, text, expected })))(
    "may tell of $what",
    ({ text, expected }) => {
      const found = diagnose(`${noise}${text}\n${noise}`);
      expect(found).toHaveLength(expected.length);
      expected.forEach((part, index) => expect(found[index]).toMatchObject(part));
    },
  );

  it("may be cut off in the middle of a message", () => {
    expect(diagnose(`${start}in 'plugins':\n  - in entry 1 of 'plu`).map(({ problem }) => problem)).toEqual([
      "not-told",
    ]);
    expect(diagnose(`schema violation (config.l: {\n  {\n    n = "unkn`).map(({ problem }) => problem)).toEqual([
      "not-told",
    ]);
  });

  it("may mix the messages of several containers", () => {
    const lines = (name: string, field: string) =>
      `${start}in 'plugins':\n  - in entry 1 of 'plugins':\n    in 'config':\n      in '${field}': unknown field, context: ngx.timer`
        .split("\n")
        .map((line) => `${name} | ${line}`);
    const [one, two] = [lines("dp-1", "a"), lines("dp-2", "b")];
    const mixed = one.flatMap((line, index) => [line, two[index]]).join("\n");
    expect(diagnose(mixed).map(({ shownPath }) => shownPath)).toEqual(["config.a", "config.b"]);
  });

  it("without a refusal yields nothing", () => {
    expect(diagnose(noise.repeat(1000))).toEqual([]);
    expect(diagnose("")).toEqual([]);
    // What the control plane says of harmless differences.
    expect(
      diagnose(at("[clustering] data plane minor version 3.8.0 is different to control plane minor version 3.9.1")),
    ).toEqual([]);
  });
});

describe("a log that is fed in pieces", () => {
  const log = `${noise}unable to update running config: bad config received from control plane in 'plugins':
  - in entry 1 of 'plugins':
    in 'config':
      in 'n': unknown field, context: ngx.timer
${noise}{"message":"schema violation (config.l: {\\n  \\"expected an integer\\"\\n})","code":2}
${noise}`;

  it("says the same however it is cut", () => {
    const whole = diagnose(log);
    expect(whole).toHaveLength(2);
    fc.assert(
      fc.property(fc.array(fc.nat(log.length), { maxLength: 20 }), (cuts) => {
        const diagnoser = new Diagnoser();
        const places = [0, ...cuts.sort((a, b) => a - b), log.length];
        places.forEach((from, index) => diagnoser.feed(log.slice(from, places[index + 1])));
        expect(diagnoser.end()).toEqual(whole);
      }),
    );
  });

  it("is not kept: neither many lines, nor a line without an end, nor ever-new refusals", () => {
    const diagnoser = new Diagnoser();
    for (let index = 0; index < 2000; index++) {
      diagnoser.feed(noise);
      diagnoser.feed("schema violation in a line that has no end ".repeat(100));
    }
    diagnoser.feed("\n");
    for (let index = 0; index < 3000; index++) diagnoser.feed(`schema violation (config.n${index}: unknown field)\n`);
    expect(diagnoser.end()).toHaveLength(1000);
  });
});

describe("a hostile log", () => {
  it.each([
    ["very many names on a line", `bad config received from control plane ${"in 'x': ".repeat(20_000)}`],
    ["very many errors on a line", `bad config received from control plane ${"in 'x': unknown field ".repeat(10_000)}`],
    ["names without an end", `bad config received from control plane ${"in 'x".repeat(40_000)}`],
    ["a table without an end", `schema violation (config.x: ${"{\n".repeat(20_000)}`],
    ["a deep table", `schema violation (config.x: ${"{ ".repeat(20_000)}"a"${" }".repeat(20_000)})`],
    ["very many violations", `9999 schema violations (${"config.x: unknown field; ".repeat(9000)})`],
    ["long words", `${"a".repeat(200_000)} plugin is missing from data plane`],
    ["nested quotes", `schema violation (config.x: ${'\\"'.repeat(50_000)})`],
    ["deep JSON", `${'{"log":'.repeat(20_000)}"schema violation (a: b)"${"}".repeat(20_000)}`],
    ["names of JavaScript's own", "schema violation (__proto__: constructor)"],
    ["control characters", "schema violation (config.\u001b[31m: \u202eabc)"],
  ])("is read to its end: %s", (_, log) => {
    expect(Array.isArray(diagnose(log))).toBe(true);
  });

  it("of any text yields diagnoses and no error", () => {
    const word = fc.constantFrom(
      "in 'plugins':",
      "- in entry 1 of 'plugins':",
      "bad config received from control plane ",
      "schema violation (",
      "{",
      "}",
      '"',
      "\\",
      "\n",
      "; ",
      ": ",
      ")",
      "config.x",
      "'",
      "unknown field",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 40 }), (words) => {
        for (const { shownPath, message, cause, steps } of diagnose(words.join("")))
          expect([typeof shownPath, typeof message, typeof cause, steps.length > 0]).toEqual([
            "string",
            "string",
            "string",
            true,
          ]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the problems", () => {
  it("have a summary and an address each", () => {
    for (const { summary, source } of Object.values(problems)) {
      expect(summary).toMatch(/^[A-Z].*\.$/);
      expect(source).toMatch(/^https:\/\//);
    }
  });
});
