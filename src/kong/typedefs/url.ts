/**
 * Why Kong refuses a URL, or undefined. Kong Gateway 3.9.1 parses it with LuaSocket 3.0-rc1, which cuts the fragment off
 * before it looks for the scheme and the authority (LuaSocket 3.1 does it after).
 */
export function urlError(url: string): string | undefined {
  if (url === "") return "could not parse url. invalid url";
  const withoutFragment = url.replace(/#[^]*$/, "");
  const scheme = /^[0-9A-Za-z][0-9A-Za-z+\-.]*:/.exec(withoutFragment)?.[0] ?? "";
  const authority = /^\/\/([^/]*)/.exec(withoutFragment.slice(scheme.length))?.[1] ?? "";
  const host = authority.replace(/^[^@]*@/, "").replace(/:[^:\]]*$/, "");
  if (host === "") return "missing host in url";
  return scheme === "" ? "missing scheme in url" : undefined;
}
