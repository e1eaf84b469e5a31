import { expect, test } from "vitest";
import { pluginEntityFields } from "../../src/kong/plugin-entity.js";

function namesOf(options: Parameters<typeof pluginEntityFields>[0]): string[] {
  return pluginEntityFields(options).map(({ name }) => name);
}

test("the plugin entity of the open-source Gateway 3.9 has these fields, in this order", () => {
  const scope = (reference: string): object => ({ type: "foreign", reference, default: null, on_delete: "cascade" });
  const timestamp = { type: "integer", timestamp: true, auto: true };
  expect(pluginEntityFields({ gatewayVersion: "3.9.1", edition: "oss" })).toStrictEqual([
    { name: "id", field: { type: "string", uuid: true, auto: true } },
    { name: "name", field: { type: "string", required: true } },
    { name: "instance_name", field: { type: "string", unique: true, custom_validator: { native: "utf8_name" } } },
    { name: "created_at", field: timestamp },
    { name: "updated_at", field: timestamp },
    { name: "route", field: scope("routes") },
    { name: "service", field: scope("services") },
    { name: "consumer", field: scope("consumers") },
    { name: "config", field: { type: "record", abstract: true } },
    {
      name: "protocols",
      field: {
        type: "set",
        required: true,
        default: ["grpc", "grpcs", "http", "https"],
        elements: {
          type: "string",
          one_of: ["grpc", "grpcs", "http", "https", "tcp", "tls", "tls_passthrough", "udp"],
        },
      },
    },
    { name: "enabled", field: { type: "boolean", required: true, default: true } },
    {
      name: "tags",
      field: { type: "set", elements: { type: "string", required: true, custom_validator: { native: "tag" } } },
    },
  ]);
});

test("releases and the enterprise edition add fields", () => {
  const added = (older: Parameters<typeof pluginEntityFields>[0], newer: Parameters<typeof pluginEntityFields>[0]) =>
    namesOf(newer).filter((name) => !namesOf(older).includes(name));
  expect(namesOf({ gatewayVersion: "2.8" })).toStrictEqual(
    "id name created_at route service consumer config protocols enabled tags".split(" "),
  );
  expect(added({ gatewayVersion: "2.8" }, { gatewayVersion: "3.0" })).toStrictEqual(["ordering"]);
  expect(added({ gatewayVersion: "3.1" }, { gatewayVersion: "3.3" })).toStrictEqual(["instance_name", "updated_at"]);
  expect(added({ gatewayVersion: "3.3" }, { gatewayVersion: "3.9" })).toStrictEqual(["consumer_group"]);
  expect(added({ gatewayVersion: "3.9" }, { gatewayVersion: "3.10" })).toStrictEqual(["partials"]);
  expect(added({ gatewayVersion: "3.10" }, {})).toStrictEqual(["condition"]);
  expect(added({ edition: "oss" }, {})).toStrictEqual(["consumer_group", "ordering", "partials", "condition"]);
});
