/**
 * Addresses as Kong Gateway 3.9.1 judges them: kong/tools/ip.lua over lua-resty-ipmatcher 0.6.1, which asks the C
 * library's `inet_pton` (glibc in Kong's images). Lua's patterns work on bytes; all classes here are of ASCII or
 * complements of ASCII, so they say the same of UTF-16 text.
 */

/** What Kong finds in a host: its kind and port, or the text of the refusal. */
export type HostJudgement =
  | { readonly type: "ipv4" | "ipv6" | "name"; readonly port: number | undefined }
  | { readonly error: string }
  /** Kong's own code fails with a Lua error here. */
  | { readonly raises: string };

/** Kong's text for a port above 65535, which its callers tell from all others. */
export const invalidPort = "invalid port number";
const highestPort = 65535;

/** Whether the C library reads the text as an IPv4 address: four numbers to 255, none with a leading zero. */
export function isIpv4(address: string): boolean {
  return isDottedQuad(untilNul(address));
}

/** Whether the C library reads the text, with or without square brackets, as an IPv6 address. */
export function isIpv6(address: string): boolean {
  const bare = address.startsWith("[") && address.endsWith("]") ? address.slice(1, -1) : address;
  return isIpv6Text(untilNul(bare));
}

export function isIp(address: string): boolean {
  return isIpv4(address) || isIpv6(address);
}

export function isIpOrCidr(text: string): boolean {
  return isIp(text) || isCidr(text, isIpv4, 32) || isCidr(text, isIpv6, 128);
}

/** Whether it is an IPv4 address or range; Kong's typedef `cidr_v4` takes both. */
export function isIpOrCidrV4(text: string): boolean {
  return isIpv4(text) || isCidr(text, isIpv4, 32);
}

/** Judges a name or address with an optional port. */
export function judgeHost(host: string): HostJudgement {
  const withoutColons = host.replaceAll(":", "");
  if (host.length - withoutColons.length > 1) return judgeIpv6(host);
  if (/^[0-9.]+$/.test(withoutColons)) return judgeIpv4(host);
  return judgeName(host);
}

function judgeIpv4(address: string): HostJudgement {
  const parts = /^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})(?::([0-9]+))?$/.exec(address);
  if (parts === null || parts.slice(1, 5).some((octet) => Number(octet) > 255)) {
    return { error: `invalid ipv4 address: ${address}` };
  }
  const port = numberOf(parts[5]);
  return isPort(port) ? { type: "ipv4", port } : { error: invalidPort };
}

function judgeIpv6(address: string): HostJudgement {
  const { inside, after } = splitBrackets(address) ?? { inside: address, after: "" };
  const digits = /^:([0-9]*)$/.exec(after)?.[1];
  if (after !== "" && digits === undefined) return { error: "invalid ipv6 address" };
  if (digits === "") return { raises: "attempt to compare number with nil" };
  const port = numberOf(digits);
  if (!isPort(port)) return { error: invalidPort };
  return /^(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}$/.test(expandZeros(inside))
    ? { type: "ipv6", port }
    : { error: `invalid ipv6 address: ${address}` };
}

function judgeName(address: string): HostJudgement {
  const digits = /:([0-9]+)$/.exec(address)?.[1];
  const port = numberOf(digits);
  if (!isPort(port)) return { error: invalidPort };
  const name = digits === undefined ? address : address.slice(0, -digits.length - 1);
  const segments = name.split(".");
  const isName =
    /^[0-9A-Za-z\-._]+$/.test(name) &&
    segments.every((segment, index) => !segment.endsWith("-") && (segment !== "" || index === segments.length - 1));
  return isName ? { type: "name", port } : { error: `invalid hostname: ${address}` };
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** Whether it is a port that Kong takes; to have none is fine. */
function isPort(port: number | undefined): boolean {
  return port === undefined || port <= highestPort;
}

/** Lua's `%b[]` at the start: up to the bracket that closes the first one. */
function splitBrackets(address: string): { readonly inside: string; readonly after: string } | undefined {
  if (!address.startsWith("[")) return undefined;
  let depth = 0;
  for (let index = 0; index < address.length; index++) {
    if (address[index] === "[") depth++;
    else if (address[index] === "]" && --depth === 0) {
      return { inside: address.slice(1, index), after: address.slice(index + 1) };
    }
  }
  return undefined;
}

/** Kong's own expansion of `::`, which is not `inet_pton`'s: it knows no dotted quad at the end. */
function expandZeros(address: string): string {
  let text = address;
  if (text.startsWith(":")) text = `0${text}`;
  if (text.endsWith(":")) text = `${text}0`;
  const colons = text.split(":").length - 1;
  return text.replace("::", `:${"0:".repeat(Math.max(0, 8 - colons))}`);
}

function isCidr(text: string, isAddress: (address: string) => boolean, longestPrefix: number): boolean {
  const slash = text.indexOf("/", 2);
  if (slash < 0) return false;
  const prefix = text.slice(slash + 1);
  return /^(?:0|[1-9][0-9]{0,2})$/.test(prefix) && Number(prefix) <= longestPrefix && isAddress(text.slice(0, slash));
}

/** A C string ends at the first NUL, whatever a Lua string holds after it. */
function untilNul(text: string): string {
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

function isDottedQuad(text: string): boolean {
  const octets = text.split(".");
  return octets.length === 4 && octets.every((octet) => /^(?:0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) <= 255);
}

/** Up to eight groups, at most one `::` in place of one group or more, a dotted quad in place of the last two. */
function isIpv6Text(text: string): boolean {
  const halves = text.split("::");
  const [head = "", tail] = halves;
  if (halves.length > 2) return false;
  if (tail === undefined) return countGroups(head, true) === 8;
  const before = head === "" ? 0 : countGroups(head, false);
  const after = tail === "" ? 0 : countGroups(tail, true);
  return before !== undefined && after !== undefined && before + after < 8;
}

/** How many 16-bit groups the text is, or undefined when it is not a list of groups. */
function countGroups(text: string, mayEndInQuad: boolean): number | undefined {
  const groups = text.split(":");
  const last = groups.at(-1) ?? "";
  const endsInQuad = mayEndInQuad && isDottedQuad(last);
  if (endsInQuad) groups.pop();
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return groups.length + (endsInQuad ? 2 : 0);
}
