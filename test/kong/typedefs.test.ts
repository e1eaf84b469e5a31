import fc from "fast-check";
import { expect, test } from "vitest";
import { nativeFunctions, typedefsFor, type TypedefOptions, type TypedefValue } from "../../src/kong/typedefs/index.js";

const releases = ["2.0", "2.8", "3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.15"];

function namesOf(options: TypedefOptions): string[] {
  return Object.keys(typedefsFor(options)).sort();
}

test("each release adds and removes the typedefs that it did in Kong", () => {
  const changes = releases.slice(1).map((release, index) => {
    const [before, after] = [releases[index], release].map(
      (gatewayVersion) => new Set(namesOf({ gatewayVersion, edition: "oss" })),
    );
    const added = [...(after ?? [])].filter((name) => before?.has(name) === false);
    const removed = [...(before ?? [])].filter((name) => after?.has(name) === false);
    return `${release}: ${[...added.map((name) => `+${name}`), ...removed.map((name) => `-${name}`)].join(" ")}`.trim();
  });
  expect(changes).toStrictEqual([
    "2.8: +lua_code +semantic_version +utf8_name",
    "3.0: +router_path +router_paths -paths",
    "3.1: +jwk +pem",
    "3.2: +ttl",
    "3.3: +queue",
    "3.4: +redis_host +redis_server_name",
    "3.5:",
    "3.6: +cookie_name",
    "3.7: +capability +propagation",
    "3.8:",
    "3.9:",
    "3.10:",
    "3.15:",
  ]);
});

test("the open-source Gateway 3.9 has these typedefs", () => {
  expect(namesOf({ gatewayVersion: "3.9.1", edition: "oss" })).toStrictEqual(
    [
      "auto_timestamp_ms auto_timestamp_s capability certificate cidr cidr_v4 cookie_name destinations header_name",
      "headers host host_with_optional_port hosts http_method ip ip_or_cidr jwk key lua_code methods name no_consumer",
      "no_destinations no_headers no_hosts no_methods no_paths no_route no_service no_sources path pem port propagation",
      "protocol protocols protocols_http queue redis_host redis_server_name router_path router_paths semantic_version sni",
      "sources tag tags timeout ttl url utf8_name uuid wildcard_host",
    ].flatMap((line) => line.split(" ")),
  );
});

test("the enterprise edition is the default and has typedefs of its own", () => {
  const enterprise = namesOf({});
  expect(enterprise.filter((name) => !namesOf({ edition: "oss" }).includes(name))).toStrictEqual([
    "no_consumer_group",
    "protocols_http_and_ws",
  ]);
  expect(namesOf({ gatewayVersion: "2.8.5.1" })).toStrictEqual(namesOf({ gatewayVersion: "2.8", edition: "oss" }));
  expect(typedefsFor({ gatewayVersion: "3.0" })["protocols_http_and_ws"]).toStrictEqual({
    type: "set",
    required: true,
    default: ["grpc", "grpcs", "http", "https", "ws", "wss"],
    elements: { type: "string", one_of: ["grpc", "grpcs", "http", "https", "ws", "wss"] },
  });
});

test("run_on and run_on_first are gone since 2.0", () => {
  expect(namesOf({ gatewayVersion: "1.5" })).toEqual(expect.arrayContaining(["run_on", "run_on_first"]));
  expect(namesOf({ gatewayVersion: "2.0" })).not.toEqual(expect.arrayContaining(["run_on"]));
  expect(namesOf({ gatewayVersion: "2.0" })).not.toEqual(expect.arrayContaining(["run_on_first"]));
});

test("protocols gained udp in 2.2, tls_passthrough in 2.7 and, in Enterprise, WebSockets in 3.0", () => {
  const protocolsOf = (gatewayVersion: string, edition: "enterprise" | "oss"): unknown =>
    typedefsFor({ gatewayVersion, edition })["protocols"];
  const set = (others: readonly string[]): TypedefValue => ({
    type: "set",
    required: true,
    default: ["grpc", "grpcs", "http", "https"],
    elements: { type: "string", one_of: ["grpc", "grpcs", "http", "https", ...others] },
  });
  expect(protocolsOf("2.1", "oss")).toStrictEqual(set(["tcp", "tls"]));
  expect(protocolsOf("2.2", "oss")).toStrictEqual(set(["tcp", "tls", "udp"]));
  expect(protocolsOf("2.7", "enterprise")).toStrictEqual(set(["tcp", "tls", "tls_passthrough", "udp"]));
  expect(protocolsOf("3.9", "oss")).toStrictEqual(set(["tcp", "tls", "tls_passthrough", "udp"]));
  expect(protocolsOf("3.9", "enterprise")).toStrictEqual(set(["tcp", "tls", "tls_passthrough", "udp", "ws", "wss"]));
});

test("queue came in 3.3, took bounds and integers in 3.4 and a concurrency limit in 3.8", () => {
  const queue = (gatewayVersion: string): unknown => typedefsFor({ gatewayVersion })["queue"];
  expect(queue("3.2")).toBeUndefined();
  expect(queue("3.3")).toStrictEqual({
    type: "record",
    fields: [
      { max_batch_size: { type: "number", default: 1, between: [1, 1000000] } },
      { max_coalescing_delay: { type: "number", default: 1, between: [0, 3600] } },
      { max_entries: { type: "number", default: 10000, between: [1, 1000000] } },
      { max_bytes: { type: "number" } },
      { max_retry_time: { type: "number", default: 60 } },
      { initial_retry_delay: { type: "number", default: 0.01 } },
      { max_retry_delay: { type: "number", default: 60 } },
    ],
  });
  const bounded = [
    { max_batch_size: { type: "integer", default: 1, between: [1, 1000000] } },
    { max_coalescing_delay: { type: "number", default: 1, between: [0, 3600] } },
    { max_entries: { type: "integer", default: 10000, between: [1, 1000000] } },
    { max_bytes: { type: "integer" } },
    { max_retry_time: { type: "number", default: 60 } },
    { initial_retry_delay: { type: "number", default: 0.01, between: [0.001, 1000000] } },
    { max_retry_delay: { type: "number", default: 60, between: [0.001, 1000000] } },
  ];
  expect(queue("3.4")).toStrictEqual({ type: "record", fields: bounded });
  expect(queue("3.8.0.0")).toStrictEqual({
    type: "record",
    fields: [...bounded, { concurrency_limit: { type: "integer", default: 1, one_of: [-1, 1] } }],
  });
});

test("every function of every typedef is one of the natives", () => {
  const used = new Set<string>();
  const collect = (value: TypedefValue): void => {
    if (typeof value !== "object" || value === null) return;
    const parts: readonly (readonly [string, TypedefValue])[] = Object.entries(value);
    for (const [key, part] of parts) {
      if (key === "native" && typeof part === "string") used.add(part);
      else collect(part);
    }
  };
  for (const gatewayVersion of releases) collect(typedefsFor({ gatewayVersion }));
  expect([...used].sort()).toStrictEqual(Object.keys(nativeFunctions).sort());
});

test("a version is two to four numbers, and anything else is refused", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.array(fc.nat(20), { maxLength: 2 }), (minor, patch) => {
      const exact = typedefsFor({ gatewayVersion: ["3", minor, ...patch].join(".") });
      expect(exact).toStrictEqual(typedefsFor({ gatewayVersion: `3.${minor}` }));
    }),
  );
  for (const gatewayVersion of ["", "3", "latest", "3.9.1.2.3", "three.nine"]) {
    expect(() => typedefsFor({ gatewayVersion })).toThrow(RangeError);
  }
});
