import fc from "fast-check";
import { expect, test } from "vitest";
import { nativeFunctions, type NativeResult, type NativeValue } from "../../src/kong/typedefs/index.js";

/** What the functions of Kong Gateway 3.9.1 returned under LuaJIT, and where they raised an error. */
const answersOfKong: Readonly<Record<string, Readonly<Record<string, readonly NativeValue[] | "raises">>>> = {
  host: {
    "example.com": [true],
    "a_b-c.d": [true],
    "-a.b": [true],
    "a-.b": [undefined, "invalid value: a-.b"],
    "a.b.": [true],
    "a..b": [undefined, "invalid value: a..b"],
    ".": [undefined, "invalid value: ."],
    "": [undefined, "invalid value: "],
    "127.0.0.1": [true],
    "127.0.0.256": [undefined, "invalid value: 127.0.0.256"],
    "1.2.3": [undefined, "invalid value: 1.2.3"],
    "::1": [true],
    "[::1]": [true],
    "[::1]:80": [undefined, "must not have a port"],
    "a:80": [undefined, "must not have a port"],
    "a:65536": [undefined, "must not have a port"],
    "a:": [undefined, "invalid value: a:"],
    "[::1]:": "raises",
    "é.com": [undefined, "invalid value: é.com"],
    "a b": [undefined, "invalid value: a b"],
  },
  host_with_optional_port: {
    "a:80": [true, undefined],
    "a:65536": [undefined, "invalid port number"],
    "1.2.3.4:5": [true, undefined],
    "[::1]:80": [true, undefined],
    "[::1]80": [undefined, "invalid ipv6 address"],
    "[1:2:3]": [undefined, "invalid ipv6 address: [1:2:3]"],
    "::ffff:1.2.3.4": [undefined, "invalid ipv6 address: ::ffff:1.2.3.4"],
    "a:x": [undefined, "invalid hostname: a:x"],
  },
  host_with_wildcards: {
    "*.example.com": [true, undefined],
    "a.*": [true, undefined],
    "a*:99999": [undefined, "invalid port number"],
  },
  wildcard_host: {
    "*.example.com": [true],
    "example.*": [true],
    "*": [true],
    "**": [undefined, "only one wildcard must be specified"],
    "a.*.b": [undefined, "wildcard must be leftmost or rightmost character"],
    "*1.2.3.4": [true],
    "*.a:80": [undefined, "must not have a port"],
  },
  sni: {
    "example.com": [true],
    "127.0.0.1": [undefined, "must not be an IP"],
    "::1": [undefined, "must not be an IP"],
    "a:80": [undefined, "must not have a port"],
    "1.2.3.4:65536": [undefined, "must not have a port"],
  },
  ip: {
    "1.2.3.4": [true],
    "01.2.3.4": [undefined, "not an ip address: 01.2.3.4"],
    "1.2.3.4\u0000x": [true],
    "::": [true],
    "1::2::3": [undefined, "not an ip address: 1::2::3"],
    "[::1]": [true],
    "::1.2.3.4": [true],
    "::01.2.3.4": [undefined, "not an ip address: ::01.2.3.4"],
    "1:2:3:4:5:6:7::": [true],
    "1:2:3:4:5:6:7:8::": [undefined, "not an ip address: 1:2:3:4:5:6:7:8::"],
    "fe80::1%eth0": [undefined, "not an ip address: fe80::1%eth0"],
  },
  ip_or_cidr: {
    "10.0.0.0/8": [true],
    "10.0.0.0/33": [undefined, "invalid ip or cidr range: '10.0.0.0/33'"],
    "10.0.0.0/08": [undefined, "invalid ip or cidr range: '10.0.0.0/08'"],
    "::/0": [true],
    "::/129": [undefined, "invalid ip or cidr range: '::/129'"],
    "[::1]/64": [true],
    "10.0.0.0/": [undefined, "invalid ip or cidr range: '10.0.0.0/'"],
    "example.com": [undefined, "invalid ip or cidr range: 'example.com'"],
  },
  ip_or_cidr_v4: {
    "10.0.0.0/8": [true],
    "10.0.0.1": [true],
    "::1": [undefined, "invalid ipv4 cidr range: '::1'"],
    "::/0": [undefined, "invalid ipv4 cidr range: '::/0'"],
  },
  path: {
    "/a/b%20c": [true],
    a: [undefined, "invalid path: 'a' (characters outside of the reserved list of RFC 3986 found)", "rfc3986"],
    "/a b": [undefined, "invalid path: '/a b' (characters outside of the reserved list of RFC 3986 found)", "rfc3986"],
    "/a%2": [undefined, "invalid url-encoded value: '%2'", "percent"],
    "/a%zz%20": [undefined, "invalid url-encoded value: '%zz'", "percent"],
    "/%%41": [undefined, "invalid url-encoded value: '%__'", "percent"],
    "/é": [undefined, "invalid path: '/é' (characters outside of the reserved list of RFC 3986 found)", "rfc3986"],
  },
  router_path: {
    "/a/b": [true],
    "/a/../b": [undefined, "non-normalized path, consider use '/b' instead"],
    "/a//b": [undefined, "non-normalized path, consider use '/a/b' instead"],
    "/%41": [undefined, "non-normalized path, consider use '/A' instead"],
    "/%2f": [undefined, "non-normalized path, consider use '/%2F' instead"],
    "/%2F": [true],
    "/a%E9": [undefined, "non-normalized path, consider use '/a\ufffd' instead"],
    "/%": [undefined, "invalid url-encoded value: '%'", "percent"],
    "/a b": [true],
    "~/a-b": [true],
    "/": [true],
  },
  url: {
    "http://example.com": [true],
    "http://[::1]:80/x": [true],
    "//example.com": [undefined, "missing scheme in url"],
    "http:/x": [undefined, "missing host in url"],
    "example.com": [undefined, "missing host in url"],
    "http://u@:80": [undefined, "missing host in url"],
    "http://#f": [undefined, "missing host in url"],
    "1+.-://h": [true],
    "": [undefined, "could not parse url. invalid url"],
  },
  header_name: {
    "X-Request-ID": ["X-Request-ID"],
    a_b: ["a_b"],
    "a b": [undefined, "bad header name 'a b', allowed characters are A-Z, a-z, 0-9, '_', and '-'"],
    "abc\n": ["abc\n"],
    "\n": [undefined, "bad header name '\n', allowed characters are A-Z, a-z, 0-9, '_', and '-'"],
    ä: [undefined, "bad header name 'ä', allowed characters are A-Z, a-z, 0-9, '_', and '-'"],
    "": [undefined, "no header name provided"],
  },
  cookie_name: {
    sid: ["sid"],
    "a=b": [
      undefined,
      'contains one or more invalid characters. ASCII control characters (0-31;127), space, tab and the characters ()<>@,;:\\"/?={}[] are not allowed.',
    ],
    "a|b": ["a|b"],
    ä: [
      undefined,
      'contains one or more invalid characters. ASCII control characters (0-31;127), space, tab and the characters ()<>@,;:\\"/?={}[] are not allowed.',
    ],
    "": [undefined, "no token provided"],
  },
  name: {
    "a.b-c_d~e": [true],
    "a b": [undefined, "invalid value 'a b': it must only contain alphanumeric and '., -, _, ~' characters"],
    é: [undefined, "invalid value 'é': it must only contain alphanumeric and '., -, _, ~' characters"],
  },
  utf8_name: {
    "日本.x": [true],
    "a b": [undefined, "invalid value 'a b': the only accepted ascii characters are alphanumerics or ., -, _, and ~"],
    "a,b": [undefined, "invalid value 'a,b': the only accepted ascii characters are alphanumerics or ., -, _, and ~"],
  },
  tag: {
    "team a": [true],
    "a,b": [undefined, "invalid tag 'a,b': expected printable ascii (except `,` and `/`) or valid utf-8 sequences"],
    "a/b": [undefined, "invalid tag 'a/b': expected printable ascii (except `,` and `/`) or valid utf-8 sequences"],
    ünï: [true],
    "a\tb": [undefined, "invalid tag 'a\tb': expected printable ascii (except `,` and `/`) or valid utf-8 sequences"],
  },
};

function call(name: string, ...args: readonly NativeValue[]): NativeResult | undefined {
  return nativeFunctions[name]?.(args);
}

for (const [name, answers] of Object.entries(answersOfKong)) {
  test(`${name} answers as Kong's own function does`, () => {
    const ours = Object.keys(answers).map((input) => {
      const result = call(name, input);
      return [input, result?.outcome === "returned" ? result.values : "raises"];
    });
    expect(Object.fromEntries(ours)).toStrictEqual(answers);
  });
}

test("where Kong's own function fails with an error of Lua, the answer is unknown and says so", () => {
  expect(call("host", "[::1]:")).toStrictEqual({
    outcome: "unknown",
    missing: [`a verdict: Kong's validator raises "attempt to compare number with nil"`],
  });
});

test("certificates, keys, Lua code and most regular expressions are unknown, naming what is missing", () => {
  const unknown = (...missing: readonly string[]): NativeResult => ({ outcome: "unknown", missing });
  expect(call("certificate", "-----BEGIN CERTIFICATE-----")).toStrictEqual(unknown("resty.openssl.x509"));
  expect(call("key", "-----BEGIN PRIVATE KEY-----")).toStrictEqual(unknown("resty.openssl.pkey"));
  expect(call("jwk", { kid: "a" })).toStrictEqual(unknown("resty.openssl.pkey"));
  expect(call("pem", { private_key: "a", public_key: null })).toStrictEqual(unknown("resty.openssl.pkey"));
  expect(call("lua_expression", "return 1")).toStrictEqual(unknown("kong.tools.sandbox"));
  expect(call("router_path", "~/a(b")).toStrictEqual(unknown("ngx.re"));
  expect(call("host", 1)).toStrictEqual(unknown("a validator of typedefs called with number"));
});

test("a pair of keys passes unread when one is a vault reference or none is set", () => {
  const accepted = { outcome: "returned", values: [true] };
  expect(call("pem", { private_key: "{vault://env/key}", public_key: "x" })).toStrictEqual(accepted);
  expect(call("pem", { private_key: null })).toStrictEqual(accepted);
});

test("before 3.0 a route's path was a regular expression as soon as it held an unusual character", () => {
  expect(call("router_path_before_3_0", "/a/../b%20")).toStrictEqual({ outcome: "returned", values: [true] });
  expect(call("router_path_before_3_0", "/a%2")).toStrictEqual({
    outcome: "returned",
    values: [undefined, "invalid url-encoded value: '%2'", "percent"],
  });
  expect(call("router_path_before_3_0", "/(a|b)")).toStrictEqual({ outcome: "unknown", missing: ["ngx.re"] });
});

test("every validator answers every text", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.ipV4(),
    fc.ipV6(),
    fc.domain(),
    fc.webUrl(),
    fc.webPath(),
    fc.string({ unit: fc.constantFrom("[", "]", ":", ".", "%", "/", "*", "~", "0", "aF") }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(nativeFunctions)), texts, (name, text) => {
      const result = call(name, text);
      expect(result?.outcome).toMatch(/^(returned|unknown)$/);
      if (result?.outcome === "returned" && result.values[0] === undefined)
        expect(typeof result.values[1]).toBe("string");
    }),
  );
});

test("every address in the usual notations is one", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      expect(call("ip", address)).toStrictEqual({ outcome: "returned", values: [true] });
    }),
  );
});
