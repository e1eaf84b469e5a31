import { describe, expect, it } from "vitest";
import { handlerOf, phase, schemaOf } from "../../src/lint/example.js";
import { lintPlugin, type LintOptions } from "../../src/lint/lint-plugin.js";

const ids = (options: LintOptions) => lintPlugin(options).map(({ id }) => id);
const schema = schemaOf(`{ ttl = { type = "integer" } }`);

describe("what is asked of a plugin", () => {
  const files = {
    "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`, { before: `local a = require "a"\n` }),
    "handler.lua": handlerOf(phase("init_worker", "ngx.timer.at(0, f)")),
    "api.lua": "return {}\n",
    "daos.lua": "return {}\n",
  };

  it("is most on Konnect and for streaming, least on a control plane of one's own", () => {
    expect(ids({ files })).toEqual(["admin-api", "custom-entities", "require-in-schema"]);
    expect(ids({ files, hosting: "self-managed-hybrid" })).toEqual([]);
    expect(ids({ files, distribution: "streamed", hosting: "db-less" })).toEqual([
      "admin-api",
      "custom-entities",
      "streamed-init-worker",
      "streamed-timers",
      "require-in-schema",
    ]);
  });

  it("has no VERSION and PRIORITY in it before Gateway 3.0", () => {
    const old = { "schema.lua": schema, "handler.lua": "return {}\n" };
    expect(ids({ files: old })).toEqual(["handler-version", "handler-priority"]);
    expect(ids({ files: old, gatewayVersion: "2.8" })).toEqual([]);
  });

  it.each(["1.0.0", "0.1", "v2.3.4", "1.0.0-rc1"])(
    "is satisfied by the VERSION %s, as Kong's own reading is",
    (version) => {
      expect(
        ids({ files: { "schema.lua": schema, "handler.lua": `return { PRIORITY = 1, VERSION = "${version}" }` } }),
      ).toEqual([]);
    },
  );

  it.each(["", "one", "1.2.3.4", "1..2"])("is not satisfied by the VERSION %j", (version) => {
    expect(
      ids({ files: { "schema.lua": schema, "handler.lua": `return { PRIORITY = 1, VERSION = "${version}" }` } }),
    ).toEqual(["handler-version"]);
  });

  it("knows the plugin's own modules, so that a schema in one of them is judged", () => {
    const own = {
      "schema.lua": `return require "kong.plugins.own.real"`,
      "real.lua": schemaOf(`{ a = { type = "nope" } }`, { name: "own" }),
    };
    expect(ids({ files: own, pluginName: "own", hosting: "traditional" })).toEqual(["schema-refused"]);
    expect(ids({ files: own, hosting: "traditional" })).toEqual(["schema-not-judged"]);
  });

  it("gives a folder's path to the places, and a schema alone is judged alone", () => {
    const [found] = lintPlugin({ files: { "schema.lua": "return 1" }, folder: "kong/plugins/x" });
    expect(found).toMatchObject({
      id: "schema-refused",
      position: { file: "kong/plugins/x/schema.lua", line: 1, column: 1 },
    });
  });

  it("does not guess where the handler is made elsewhere", () => {
    const handlers = [
      `return require("kong.plugins.x.impl")`,
      `return setmetatable({}, { __index = require("kong.plugins.x.base") })`,
      `local H = {}\nrequire("kong.plugins.x.version").set(H)\nreturn H`,
      `return { VERSION = require("kong.plugins.x.meta").version, PRIORITY = tonumber(os.getenv("PRIORITY")) or 10 }`,
    ];
    for (const handler of handlers)
      expect(ids({ files: { "schema.lua": schema, "handler.lua": handler } })).toEqual([]);
  });

  it("refuses an option that is none", () => {
    expect(() => lintPlugin({ files: {}, gatewayVersion: "three" })).toThrow(
      expect.objectContaining({ code: "option-invalid" }),
    );
  });
});
