import { resolve } from "node:path";
import { expect, it } from "vitest";
import { planMigration } from "../../src/plan/plan-migration.js";
import { createReport } from "../../src/report.js";
import { render } from "../../src/render/render.js";
import { readSchema } from "../../src/schema/read.js";

/** Pairs of `config` records whose changes bear on each other; each is planned there and back. */
const pairs: Readonly<Record<string, readonly [old: string, now: string]>> = {
  "required-and-default-together": [
    `fields = { { ttl = { type = "integer" } } }`,
    `fields = { { ttl = { type = "integer", required = true, default = 60 } } }`,
  ],
  "required-first-and-default-later": [
    `fields = { { ttl = { type = "integer", required = true } } }`,
    `fields = { { ttl = { type = "integer", required = true, default = 60 } } }`,
  ],
  "type-changed-and-constraint-removed": [
    `fields = { { limit = { type = "integer", between = { 1, 10 } } } }`,
    `fields = { { limit = { type = "string" } } }`,
  ],
  "record-gone-and-its-fields-moved-up": [
    `fields = { { redis = { type = "record", fields = { { host = { type = "string", required = true } }, { port = { type = "integer", default = 6379 } } } } } }`,
    `fields = { { redis_host = { type = "string", required = true } }, { redis_port = { type = "integer", default = 6379 } } }`,
  ],
  "required-inside-an-optional-record": [
    `fields = { { redis = { type = "record", required = false, fields = { { host = { type = "string" } } } } } }`,
    `fields = { { redis = { type = "record", required = false, fields = { { host = { type = "string" } }, { user = { type = "string", required = true } } } } } }`,
  ],
  "required-inside-a-record-that-says-nothing": [
    `fields = { { redis = { type = "record", fields = { { host = { type = "string" } } } } } }`,
    `fields = { { redis = { type = "record", fields = { { host = { type = "string" } }, { user = { type = "string", required = true } } } } } }`,
  ],
  "required-inside-elements": [
    `fields = { { servers = { type = "array", elements = { type = "record", fields = { { host = { type = "string" } } } } } } }`,
    `fields = { { servers = { type = "array", elements = { type = "record", fields = { { host = { type = "string" } }, { user = { type = "string", required = true } } } } } } }`,
  ],
  "required-inside-map-values": [
    `fields = { { servers = { type = "map", keys = { type = "string" }, values = { type = "record", fields = { { host = { type = "string" } } } } } } }`,
    `fields = { { servers = { type = "map", keys = { type = "string" }, values = { type = "record", fields = { { host = { type = "string" } }, { user = { type = "string", required = true } } } } } } }`,
  ],
  "whole-record-that-fills-itself": [
    `fields = { { ttl = { type = "integer" } } }`,
    `fields = { { ttl = { type = "integer" } }, { retry = { type = "record", fields = { { count = { type = "integer", required = true, default = 3 } }, { pause = { type = "number" } } } } } }`,
  ],
  "whole-record-that-cannot-fill-itself": [
    `fields = { { ttl = { type = "integer" } } }`,
    `fields = { { ttl = { type = "integer" } }, { retry = { type = "record", fields = { { count = { type = "integer", required = true } } } } } }`,
  ],
  "whole-optional-record": [
    `fields = { { ttl = { type = "integer" } } }`,
    `fields = { { ttl = { type = "integer" } }, { retry = { type = "record", required = false, fields = { { count = { type = "integer", required = true } } } } } }`,
  ],
  "check-added-with-what-satisfies-it": [
    `fields = { { host = { type = "string" } } }`,
    `fields = { { host = { type = "string" } }, { url = { type = "string", default = "http://localhost" } } }, entity_checks = { { at_least_one_of = { "host", "url" } } }`,
  ],
  "check-added-with-what-may-satisfy-it": [
    `fields = { { host = { type = "string" } } }`,
    `fields = { { host = { type = "string" } }, { url = { type = "string" } } }, entity_checks = { { at_least_one_of = { "host", "url" } } }`,
  ],
  "one-of-narrowed-with-its-default": [
    `fields = { { policy = { type = "string", default = "cluster", one_of = { "cluster", "local" } } } }`,
    `fields = { { policy = { type = "string", default = "local", one_of = { "local", "redis" } } } }`,
  ],
  "optional-but-no-longer-filled": [
    `fields = { { ttl = { type = "integer", required = true, default = 60 } } }`,
    `fields = { { ttl = { type = "integer" } } }`,
  ],
  "wider-type-and-tighter-constraint": [
    `fields = { { rate = { type = "integer" } } }`,
    `fields = { { rate = { type = "number", gt = 0 } } }`,
  ],
  "set-of-fewer-values": [
    `fields = { { tags = { type = "array", elements = { type = "string" }, default = { "a", "b" } } } }`,
    `fields = { { tags = { type = "set", elements = { type = "string", one_of = { "a", "b" } }, default = { "a" } } } }`,
  ],
  "validator-added-with-a-new-field": [
    `fields = { { low = { type = "integer" } } }`,
    `custom_validator = function(config) if config.low and config.high and config.low > config.high then return nil, "low is above high" end return true end, fields = { { low = { type = "integer" } }, { high = { type = "integer", default = 10 } } }`,
  ],
  "field-moved-under-a-shorthand-and-required": [
    `fields = { { namespace = { type = "string" } } }`,
    `fields = { { redis = { type = "record", fields = { { prefix = { type = "string", required = true } } } } } }, shorthand_fields = { { namespace = { type = "string", deprecation = { message = "use redis.prefix", removal_in_version = "3.0", replaced_with = { { path = { "redis", "prefix" } } } }, func = function(value) return { redis = { prefix = value } } end } } }`,
  ],
};

const read = (config: string) =>
  readSchema(`return { name = "example", fields = { { config = { type = "record", ${config} } } } }`);

/** The report without what is the same in all of them: of the steps only the edits. */
function reportOn(old: string, now: string): string {
  const report = createReport(planMigration(read(old), read(now)));
  const edits = report.steps.flatMap(({ instanceEdits }) =>
    instanceEdits.map(({ action, sentence }) => `${action}: ${sentence}\n`),
  );
  const text = render({ ...report, steps: [], comparison: null }, "text");
  return `${text}\nEdits of the instances\n${edits.join("") || "none\n"}`;
}

it.each(Object.entries(pairs))("%s, there and back", async (name, [old, now]) => {
  const text = `-- old\n${old}\n-- new\n${now}\n\n== there\n\n${reportOn(old, now)}\n== back\n\n${reportOn(now, old)}`;
  await expect(text).toMatchFileSnapshot(resolve(`test/changes/combinations/${name}.txt`));
});
