import { native } from "./natives.js";
import type { TypedefValue } from "./value.js";

/** Typedefs by name. */
type Typedefs = Readonly<Record<string, TypedefValue>>;

/** What a minor release did to the typedefs of the one before. */
export interface TypedefChange {
  readonly release: string;
  /** Absent: both editions. */
  readonly edition?: "enterprise";
  /** New ones, and new forms of old ones. */
  readonly set: Typedefs;
  readonly removed?: readonly string[];
}

const string = { type: "string" };

// Kong sorts its protocols, and the order shows in "expected one of: ...".
const httpProtocols = ["grpc", "grpcs", "http", "https"];
const webSocketProtocols = ["ws", "wss"];

const host = { type: "string", custom_validator: native("host") };
const sni = { type: "string", custom_validator: native("sni") };
const cidrV4 = { type: "string", custom_validator: native("ip_or_cidr_v4") };
const ipOrCidr = { type: "string", custom_validator: native("ip_or_cidr") };
const port = { type: "integer", between: [0, 65535] };
const headerName = { type: "string", custom_validator: native("header_name") };
const httpMethod = { type: "string", match: "^%u+$" };
const tag = { type: "string", required: true, custom_validator: native("tag") };

const noEmptySegments = [{ pattern: "//", err: "must not have empty segments" }];

const path = {
  type: "string",
  starts_with: "/",
  match_none: noEmptySegments,
  custom_validator: native("path"),
};

const routerPath = {
  type: "string",
  match_any: { patterns: ["^/", "^~/"], err: "should start with: / (fixed path) or ~/ (regex path)" },
  match_none: noEmptySegments,
  custom_validator: native("router_path"),
};

const routerPaths = { type: "array", elements: routerPath };
const pathsBefore3 = { type: "array", elements: { ...path, custom_validator: native("router_path_before_3_0") } };

/** `sources` and `destinations`. */
const peers = {
  type: "set",
  elements: {
    type: "record",
    fields: [{ ip: ipOrCidr }, { port }],
    entity_checks: [{ at_least_one_of: ["ip", "port"] }],
  },
};

const methods = { type: "set", elements: httpMethod };

const hosts = {
  type: "array",
  elements: {
    type: "string",
    match_all: [{ pattern: "^[^*]*%*?[^*]*$", err: "invalid wildcard: must have at most one wildcard" }],
    match_any: {
      patterns: ["^%*%.", "%.%*$", "^[^*]*$"],
      err: "invalid wildcard: must be placed at leftmost or rightmost label",
    },
    custom_validator: native("host_with_wildcards"),
  },
};

const headers = { type: "map", keys: headerName, values: { type: "array", elements: string } };

const pem = {
  type: "record",
  required: false,
  fields: [
    { private_key: { type: "string", required: false, referenceable: true, encrypted: true } },
    { public_key: { type: "string", referenceable: true, required: false } },
  ],
  custom_validator: native("pem"),
};

// Kong builds these lists from a Lua table, so that their order is not fixed there.
const traceFormats = ["w3c", "b3", "b3-single", "jaeger", "ot", "datadog", "aws", "gcp"];

function propagation(formats: readonly string[]): TypedefValue {
  const extractors = formats.filter((format) => format !== "b3-single"); // One extractor reads both forms of B3.
  return {
    type: "record",
    fields: [
      { extract: { type: "array", elements: { type: "string", one_of: extractors } } },
      { clear: { type: "array", elements: headerName } },
      { inject: { type: "array", elements: { type: "string", one_of: ["preserve", ...formats] } } },
      { default_format: { type: "string", one_of: formats, required: true } },
    ],
  };
}

/** A scope that a plugin closes to itself. */
function noForeign(reference: string): TypedefValue {
  return { type: "foreign", reference, eq: null };
}

/** All protocols of a release: the set of a plugin starts with the HTTP ones. */
function protocols(...others: readonly string[]): Typedefs {
  const all = [...httpProtocols, ...others];
  return { protocol: { type: "string", one_of: all }, protocols: protocolSet(all, httpProtocols) };
}

function protocolSet(accepted: readonly string[], initial: readonly string[] = accepted): TypedefValue {
  return { type: "set", required: true, default: initial, elements: { type: "string", one_of: accepted } };
}

/** RFC 7517's members as far as Kong knows them, with `issuer` in front. */
const jwkFields = [
  ...["issuer", "kty", "use", "key_ops", "alg", "kid", "x5u", "x5c", "x5t", "x5t#S256", "k", "x", "y", "crv"],
  ...["n", "e", "d", "p", "q", "dp", "dq", "qi", "oth", "r", "t"],
].map((name) => ({ [name]: jwkField(name) }));

function jwkField(name: string): TypedefValue {
  const optional = { type: "string", required: false };
  if (name === "kid") return { type: "string", required: true };
  return name === "key_ops" || name === "x5c" ? { type: "array", required: false, elements: optional } : optional;
}

function queue({
  count,
  delay,
  last,
}: {
  count: "number" | "integer";
  delay: Typedefs;
  last: readonly Typedefs[];
}): TypedefValue {
  return {
    type: "record",
    fields: [
      { max_batch_size: { type: count, default: 1, between: [1, 1000000] } },
      { max_coalescing_delay: { type: "number", default: 1, between: [0, 3600] } },
      { max_entries: { type: count, default: 10000, between: [1, 1000000] } },
      { max_bytes: { type: count } },
      { max_retry_time: { type: "number", default: 60 } },
      { initial_retry_delay: { type: "number", default: 0.01, ...delay } },
      { max_retry_delay: { type: "number", default: 60, ...delay } },
      ...last,
    ],
  };
}

const boundedDelay = { between: [0.001, 1000000] };

/** The typedefs of 1.3, which older releases are taken to have too. */
export const oldestTypedefs: Typedefs = {
  http_method: httpMethod,
  ...protocols("tcp", "tls"),
  protocols_http: protocolSet(httpProtocols),
  host,
  wildcard_host: { type: "string", custom_validator: native("wildcard_host") },
  ip: { type: "string", custom_validator: native("ip") },
  ip_or_cidr: ipOrCidr,
  cidr_v4: cidrV4,
  cidr: cidrV4,
  port,
  path,
  url: { type: "string", custom_validator: native("url") },
  header_name: headerName,
  timeout: { type: "integer", between: [0, 2 ** 31 - 2] },
  uuid: { type: "string", uuid: true, auto: true },
  auto_timestamp_s: { type: "integer", timestamp: true, auto: true },
  auto_timestamp_ms: { type: "number", timestamp: true, auto: true },
  no_api: noForeign("apis"),
  no_route: noForeign("routes"),
  no_service: noForeign("services"),
  no_consumer: noForeign("consumers"),
  name: { type: "string", unique: true, custom_validator: native("name") },
  sni,
  certificate: { type: "string", custom_validator: native("certificate") },
  key: { type: "string", custom_validator: native("key") },
  run_on: { type: "string", required: true, default: "first", one_of: ["first", "second", "all"] },
  run_on_first: { type: "string", required: true, default: "first", one_of: ["first"] },
  tag,
  tags: { type: "set", elements: tag },
  sources: peers,
  no_sources: { ...peers, eq: null },
  destinations: peers,
  no_destinations: { ...peers, eq: null },
  methods,
  no_methods: { ...methods, eq: null },
  hosts,
  no_hosts: { ...hosts, eq: null },
  paths: pathsBefore3,
  no_paths: { ...pathsBefore3, eq: null },
  headers,
  no_headers: { ...headers, eq: null },
};

/**
 * What each release changed, oldest first: kong/db/schema/typedefs.lua and the modules that it requires, at every minor
 * release to 3.9 and the development head of 3.10. From 2.8 on the forms are exact; before that, which names there are
 * and which protocols. Since 3.4 Kong's typedefs have a `description` too: its prose judges nothing and is left out.
 * Enterprise's own typedefs are those that public plugin schemas use and Kong's plugin reference shows.
 */
export const typedefChanges: readonly TypedefChange[] = [
  {
    release: "2.0",
    set: { host_with_optional_port: { type: "string", custom_validator: native("host_with_optional_port") } },
    removed: ["no_api", "run_on", "run_on_first"],
  },
  { release: "2.2", set: protocols("tcp", "tls", "udp") },
  {
    release: "2.3",
    set: {
      utf8_name: { type: "string", unique: true, custom_validator: native("utf8_name") },
      semantic_version: {
        type: "string",
        match_any: {
          patterns: ["^%d+[%.%d]*$", "^%d+[%.%d]*%-?.*$"],
          err: "invalid version number: must be in format of X.Y.Z",
        },
        match_none: [{ pattern: "%.%.", err: "must not have empty version segments" }],
      },
    },
  },
  {
    release: "2.4",
    set: {
      lua_code: {
        type: "map",
        keys: { type: "string", len_min: 1 },
        values: { type: "string", len_min: 1, custom_validator: native("lua_expression") },
      },
    },
  },
  { release: "2.7", set: protocols("tcp", "tls", "tls_passthrough", "udp") },
  {
    release: "3.0",
    set: { router_path: routerPath, router_paths: routerPaths, no_paths: { ...routerPaths, eq: null } },
    removed: ["paths"],
  },
  {
    release: "3.0",
    edition: "enterprise",
    set: {
      ...protocols("tcp", "tls", "tls_passthrough", "udp", ...webSocketProtocols),
      protocols_http_and_ws: protocolSet([...httpProtocols, ...webSocketProtocols]),
    },
  },
  {
    release: "3.1",
    set: { pem, jwk: { type: "record", required: false, fields: jwkFields, custom_validator: native("jwk") } },
  },
  { release: "3.2", set: { ttl: { type: "number", between: [0, 1e8] } } },
  { release: "3.3", set: { queue: queue({ count: "number", delay: {}, last: [] }) } },
  {
    release: "3.4",
    set: {
      redis_host: host,
      redis_server_name: sni,
      queue: queue({ count: "integer", delay: boundedDelay, last: [] }),
    },
  },
  { release: "3.4", edition: "enterprise", set: { no_consumer_group: noForeign("consumer_groups") } },
  {
    release: "3.6",
    set: {
      cookie_name: { type: "string", custom_validator: native("cookie_name") },
      pem: { ...pem, entity_checks: [{ at_least_one_of: ["private_key", "public_key"] }] },
    },
  },
  { release: "3.7", set: { capability: string, propagation: propagation(traceFormats) } },
  {
    release: "3.8",
    set: {
      queue: queue({
        count: "integer",
        delay: boundedDelay,
        last: [{ concurrency_limit: { type: "integer", default: 1, one_of: [-1, 1] } }],
      }),
    },
  },
  { release: "3.10", edition: "enterprise", set: { propagation: propagation([...traceFormats, "instana"]) } },
];
