import { invalidPort, isIp, isIpOrCidr, isIpOrCidrV4, judgeHost } from "./address.js";
import { normalizePath, pathError } from "./path.js";
import { urlError } from "./url.js";
import type { NativeFunction, NativeResult, NativeValue } from "./value.js";

type Native = (args: readonly NativeValue[]) => NativeResult;

const accepted = returned(true);

/**
 * The functions that typedefs carry, by the name in `NativeFunction`: they judge and speak as those of Kong Gateway 3.9.1
 * (kong/db/schema/typedefs.lua, kong/tools/), for every release.
 */
export const nativeFunctions = {
  host: ofText((host) => judgeName(host, { anyType: true })),

  host_with_optional_port: ofText(judgeHostWithPort),

  /** The elements of `hosts`: a wildcard may stand for any text. */
  host_with_wildcards: ofText((host) => judgeHostWithPort(host.replaceAll("*", "abc"))),

  wildcard_host: ofText((host) => {
    const wildcard = host.indexOf("*");
    if (wildcard > 0 && wildcard !== host.length - 1) {
      return refused("wildcard must be leftmost or rightmost character");
    }
    if (wildcard !== host.lastIndexOf("*")) return refused("only one wildcard must be specified");
    return judgeName(host.replace("*", "wildcard"), { anyType: false });
  }),

  sni: ofText((host) => judgeName(host, { anyType: false })),

  ip: ofText((ip) => (isIp(ip) ? accepted : refused(`not an ip address: ${ip}`))),

  ip_or_cidr: ofText((text) => (isIpOrCidr(text) ? accepted : refused(`invalid ip or cidr range: '${text}'`))),

  ip_or_cidr_v4: ofText((text) => (isIpOrCidrV4(text) ? accepted : refused(`invalid ipv4 cidr range: '${text}'`))),

  path: ofText((path) => {
    const error = pathError(path);
    return error === undefined ? accepted : refused(error.message, error.code);
  }),

  router_path: ofText((path) => {
    const error = pathError(path);
    if (error?.code === "percent") return refused(error.message, error.code);
    if (path.startsWith("~")) return judgeRegex(path.slice(1));
    const normalized = normalizePath(path);
    return path === normalized ? accepted : refused(`non-normalized path, consider use '${normalized}' instead`);
  }),

  /** Before 3.0 a path was a regular expression as soon as it held another character than these. */
  router_path_before_3_0: ofText((path) => {
    const error = pathError(path);
    if (error?.code === "percent") return refused(error.message, error.code);
    return /^[a-zA-Z0-9.\-_~/%]*\n?$/.test(path) ? accepted : judgeRegex(path);
  }),

  url: ofText((url) => {
    const error = urlError(url);
    return error === undefined ? accepted : refused(error);
  }),

  /** PCRE's `$` matches before a last line feed too. */
  header_name: ofText((name) => {
    if (name === "") return refused("no header name provided");
    return /^[a-zA-Z0-9\-_]+\n?$/.test(name)
      ? returned(name)
      : refused(`bad header name '${name}', allowed characters are A-Z, a-z, 0-9, '_', and '-'`);
  }),

  cookie_name: ofText((name) => {
    if (name === "") return refused("no token provided");
    return /^[!#$%&'*+\-.0-9A-Z^_`a-z|~]+$/.test(name)
      ? returned(name)
      : refused(
          "contains one or more invalid characters. ASCII control characters (0-31;127), space, tab and the characters " +
            '()<>@,;:\\"/?={}[] are not allowed.',
        );
  }),

  name: ofText((name) =>
    /^[0-9A-Za-z.\-_~]+$/.test(name)
      ? accepted
      : refused(`invalid value '${name}': it must only contain alphanumeric and '., -, _, ~' characters`),
  ),

  utf8_name: ofText((name) =>
    /^[0-9A-Za-z.\-_~\u0080-\uffff]+$/.test(name)
      ? accepted
      : refused(`invalid value '${name}': the only accepted ascii characters are alphanumerics or ., -, _, and ~`),
  ),

  tag: ofText((tag) =>
    /^[ -+\-.0-~\u0080-\uffff]+$/.test(tag)
      ? accepted
      : refused(`invalid tag '${tag}': expected printable ascii (except \`,\` and \`/\`) or valid utf-8 sequences`),
  ),

  certificate: needs("resty.openssl.x509"),
  key: needs("resty.openssl.pkey"),
  jwk: needs("resty.openssl.pkey"),

  pem: ([pair]) => {
    const keys = [fieldOf(pair, "private_key"), fieldOf(pair, "public_key")];
    const isDecided = keys.some(isVaultReference) || keys.every((key) => key === undefined || key === null);
    return isDecided ? accepted : unknown("resty.openssl.pkey");
  },

  lua_expression: needs("kong.tools.sandbox"),
} as const satisfies Readonly<Record<string, Native>>;

/** Stands for the function of this name in a typedef. */
export function native(name: keyof typeof nativeFunctions): NativeFunction {
  return { native: name };
}

function judgeName(host: string, { anyType }: { readonly anyType: boolean }): NativeResult {
  const judged = judgeHost(host);
  if ("raises" in judged) return raises(judged.raises);
  if ("error" in judged) {
    return refused(judged.error === invalidPort ? "must not have a port" : `invalid value: ${host}`);
  }
  if (!anyType && judged.type !== "name") return refused("must not be an IP");
  return judged.port === undefined ? accepted : refused("must not have a port");
}

function judgeHostWithPort(host: string): NativeResult {
  const judged = judgeHost(host);
  if ("raises" in judged) return raises(judged.raises);
  return "error" in judged ? refused(judged.error) : returned(true, undefined);
}

/** Only what has no meaning of its own in a regular expression is sure to compile in PCRE. */
function judgeRegex(pattern: string): NativeResult {
  return /^[a-zA-Z0-9\-_~/%.,:;@&=!'"]*$/.test(pattern) ? accepted : unknown("ngx.re");
}

/** Kong calls these with strings only; what a schema's own function may pass beside is not judged. */
function ofText(judge: (text: string) => NativeResult): Native {
  return ([text]) =>
    typeof text === "string"
      ? judge(text)
      : unknown(`a validator of typedefs called with ${text === undefined ? "nil" : typeof text}`);
}

function needs(...missing: readonly string[]): Native {
  return () => ({ outcome: "unknown", missing });
}

function unknown(...missing: readonly string[]): NativeResult {
  return { outcome: "unknown", missing };
}

/** Where Kong's own validator fails with an error of Lua, there is no verdict to give. */
function raises(error: string): NativeResult {
  return unknown(`a verdict: Kong's validator raises "${error}"`);
}

function returned(...values: readonly NativeValue[]): NativeResult {
  return { outcome: "returned", values };
}

function refused(message: string, ...rest: readonly NativeValue[]): NativeResult {
  return returned(undefined, message, ...rest);
}

function fieldOf(value: NativeValue, key: string): NativeValue {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return isList(value) ? undefined : value[key];
}

function isList(value: object): value is readonly NativeValue[] {
  return Array.isArray(value);
}

/** kong.vault.is_reference, kong/pdk/vault.lua 3.9.1. */
function isVaultReference(value: NativeValue): boolean {
  return typeof value === "string" && value.startsWith("{vault://") && value.endsWith("}");
}
