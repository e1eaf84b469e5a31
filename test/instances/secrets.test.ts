import { describe, expect, it } from "vitest";
import { planMigration } from "../../src/plan/plan-migration.js";
import { renderOpenInstances } from "../../src/render/instances.js";
import { judgeInstances } from "../../src/instances/check-instances.js";
import type { InstanceOptions } from "../../src/instances/check-instances.js";
import { Hider, secretPlaces, secretsIn } from "../../src/instances/secrets.js";
import { showPath } from "../../src/schema/model.js";
import { checkSync } from "../../src/simulate/check-sync.js";
import { reportInstances } from "../../src/simulate/instance-report.js";
import { deckInstances, pluginWith } from "./plugin.js";

const password = `{ password = { type = "string", encrypted = true } }`;
const token = `{ token = { type = "string", referenceable = true } }`;
const auth = `{ auth = { type = "record", fields = { ${token}, { user = { type = "string" } } } } }`;
const tokens = `{ tokens = { type = "array", elements = { type = "string", referenceable = true } } }`;
const headers = `{ headers = { type = "map", keys = { type = "string" }, values = { type = "string", encrypted = true } } }`;

/** What is reported of an instance that goes from one schema to another. */
function reported(before: string, after: string, config: string, options: InstanceOptions = {}) {
  const plan = planMigration(pluginWith(before), pluginWith(after), { trust: "table", renames: options.renames ?? [] });
  const report = reportInstances(plan, deckInstances(`name: p\nconfig: ${config}`), options);
  const instance = report?.instances[0];
  if (instance === undefined) throw new Error("one instance");
  const { sentence, operations, config: shown } = instance;
  return { sentence: sentence.replace("line 3, global: ", ""), operations, config: shown };
}

describe("a secret value is shown as ***", () => {
  it("where its parameter is gone", () => {
    expect(reported(`${password}, ${auth}`, auth, "{ password: hunter22, auth: { token: t0ken, user: me } }")).toEqual({
      sentence:
        "Data plane nodes with the new schema refuse it as it is stored: config.password: unknown field. Drop config.password.",
      operations: ["drop config.password"],
      config: { auth: { token: "***", user: "me" } },
    });
  });

  it("where it is decided, and where Kong quotes it", () => {
    const strict = `{ password = { type = "string", encrypted = true, match = "^x" } }`;
    expect(reported(password, strict, "{ password: hunter22 }")).toEqual({
      sentence:
        'config.password is "***", and must be another value (string, matching ^x): invalid value: ***. Decide, and say so with --set PATH=VALUE.',
      operations: [],
      config: { password: "***" },
    });
    expect(
      reported(password, strict, "{ password: hunter22 }", { answers: [{ path: "config.password", value: "xyzzy" }] }),
    ).toEqual({
      sentence:
        'Data plane nodes with the new schema refuse it as it is stored: config.password: invalid value: ***. Set config.password to "***".',
      operations: ['set config.password to "***"'],
      config: { password: "***" },
    });
  });

  it("where it is of another type", () => {
    const number = `{ password = { type = "integer", encrypted = true } }`;
    expect(reported(password, number, `{ password: "123456" }`)).toEqual({
      sentence:
        "Data plane nodes with the new schema refuse it as it is stored: config.password: expected an integer. Convert config.password.",
      operations: ["convert config.password"],
      config: { password: "***" },
    });
  });

  it("where it is a default, and another one now", () => {
    const withDefault = (value: string) => `{ password = { type = "string", encrypted = true, default = "${value}" } }`;
    expect(reported(withDefault("one"), withDefault("two"), "{}")).toEqual({
      sentence:
        "It is accepted before and after, with other values: config.password is another value once it is saved again.",
      operations: [],
      config: {},
    });
  });

  it("where its parameter has another place, which is not secret", () => {
    const renames = [{ from: "config.password", to: "config.phrase" }];
    const phrase = `{ phrase = { type = "string", match = "^x" } }`;
    expect(reported(password, phrase, "{ password: hunter22 }", { renames })).toEqual({
      sentence:
        'config.phrase is "***", and must be another value (string, matching ^x): invalid value: ***. Decide, and say so with --set PATH=VALUE.',
      operations: ["move config.password to config.phrase"],
      config: { phrase: "***" },
    });
  });

  it("in lists and maps", () => {
    const gone = `{ headers = { type = "map", keys = { type = "string" }, values = { type = "integer" } } }`;
    const few = `{ tokens = { type = "array", elements = { type = "string", len_max = 3 } } }`;
    expect(
      reported(
        `${headers}, ${tokens}`,
        `${gone}, ${few}`,
        "{ headers: { X-Key: abcdef }, tokens: [one-token, '{vault://env/two}'] }",
      ),
    ).toEqual({
      sentence:
        'config.headers is {"X-Key":"***"}, and must be another value (map of string to integer): expected an integer; config.tokens[] is "***", and must be another value (string, at most 3 long): length must be at most 3; config.tokens[] is "{vault://env/two}", and must be another value (string, at most 3 long): length must be at most 3. Decide, and say so with --set PATH=VALUE.',
      operations: [],
      config: { headers: { "X-Key": "***" }, tokens: ["***", "{vault://env/two}"] },
    });
  });
});

describe("not a secret is", () => {
  it("a vault reference, where the parameter is not encrypted", () => {
    const both = `{ token = { type = "string", referenceable = true, encrypted = true } }`;
    const config = `{ token: "{vault://env/token}" }`;
    expect(reported(token, token, config).config).toEqual({ token: "{vault://env/token}" });
    expect(reported(token, both, config).config).toEqual({ token: "***" });
  });

  it("what decK takes from its environment, or nothing", () => {
    const config = `{ password: '\${{ env "DECK_PASSWORD" }}', auth: { token: null, user: me } }`;
    const shown = reported(`${password}, ${auth}`, `${password}, ${auth}`, config).config;
    expect(shown).toEqual({ password: `\${{ env "DECK_PASSWORD" }}`, auth: { token: null, user: "me" } });
  });
});

describe("the places of secrets", () => {
  const placesOf = (fields: string, rest = "") =>
    secretPlaces([pluginWith(fields, rest)]).map(({ path, showsReferences }) => [showPath(path), showsReferences]);

  it("are in records, lists and maps", () => {
    const keys = `{ names = { type = "map", keys = { type = "string", encrypted = true }, values = { type = "integer" } } }`;
    expect(placesOf(`${password}, ${auth}, ${tokens}, ${headers}, ${keys}`)).toEqual([
      ["config.password", false],
      ["config.auth.token", true],
      ["config.tokens[]", true],
      ["config.headers{}", false],
      ["config.names{key}", false],
    ]);
  });

  it("are shorthands of them, and shorthands that do not say what they stand for", () => {
    const shorthand = (name: string, target?: string) => {
      const replaced = `deprecation = { message = "m", removal_in_version = "4.0", replaced_with = { { path = { ${target ?? ""} } } } },`;
      return `{ ${name} = { type = "string", ${target === undefined ? "" : replaced} func = function(value) return {} end } }`;
    };
    const shorthands = [shorthand("a", `"auth", "token"`), shorthand("b", `"auth"`), shorthand("c", `"auth", "user"`)];
    const fields = `${auth} }, shorthand_fields = { ${[...shorthands, shorthand("d")].join(", ")}`;
    expect(placesOf(fields)).toEqual([
      ["config.auth.token", true],
      ["config.a", true],
      ["config.b", true],
      ["config.d", true],
    ]);
  });

  it("are in the data planes' tree too", () => {
    const byRole = `{ a = { type = "string", encrypted = kong.configuration.role == "data_plane" } }`;
    expect(placesOf(byRole)).toEqual([["config.a", false]]);
  });
});

describe("what may quote a secret", () => {
  const hider = (...texts: readonly string[]) =>
    new Hider(secretsIn(secretPlaces([pluginWith(tokens)]), [{ config: { tokens: texts } }]));

  it("has *** for each, the longest first", () => {
    expect(hider("hunter", "hunter22").text("invalid value: hunter22, not hunter")).toBe("invalid value: ***, not ***");
  });

  it("has *** for one that is written as JSON, or holds what means something in a pattern", () => {
    expect(hider('a"b\n$1.(').text('got "a\\"b\\n$1.(", or a"b\n$1.(')).toBe('got "***", or ***');
  });

  it("has *** for a short one only where it stands by itself", () => {
    expect(hider("abc").text("abcd is no abc")).toBe("abcd is no ***");
  });
});

describe("the log of a push", () => {
  it("does not quote secrets, and neither does what is said of instances that are left as they are", () => {
    const strict = pluginWith(`{ password = { type = "string", encrypted = true, match = "^x" } }`);
    const instances = deckInstances("name: p\nconfig: { password: hunter22 }");
    const old = pluginWith(password);
    expect(checkSync(old, strict, instances).outcome).toEqual({
      verdict: "refused",
      log: [
        "unable to update running config: bad config received from control plane in 'plugins':",
        "  - in entry 1 of 'plugins':",
        "    in 'config':",
        "      in 'password': invalid value: ***",
      ].join("\n"),
      instances: [0],
    });
    expect(renderOpenInstances(judgeInstances(old, strict, instances), old, strict)).toEqual([
      '1 instance not edited: line 3, global\n  config.password is "***", and must be another value (string, matching ^x): invalid value: ***. Decide, and say so with --set PATH=VALUE.',
    ]);
  });
});
