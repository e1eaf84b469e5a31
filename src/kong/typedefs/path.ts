/** A refusal of a path: Kong's text and the code that Kong's own callers look at. */
export interface PathError {
  readonly message: string;
  readonly code: "rfc3986" | "percent";
}

/** Why Kong refuses a URL path, or undefined. */
export function pathError(path: string): PathError | undefined {
  if (!/^\/[0-9A-Za-z.\-_~/%:@!$&'()*+,;=]*$/.test(path)) {
    return {
      message: `invalid path: '${path}' (characters outside of the reserved list of RFC 3986 found)`,
      code: "rfc3986",
    };
  }
  const badEscape = /%[^]{0,2}/.exec(path.replace(/%[0-9A-Fa-f]{2}/g, "___"))?.[0];
  return badEscape === undefined
    ? undefined
    : { message: `invalid url-encoded value: '${badEscape}'`, code: "percent" };
}

/**
 * The normal form of a path with slashes merged: kong/tools/uri.lua of Kong Gateway 3.9.1. Escapes of reserved characters
 * stay, all others are decoded; bytes that are then no UTF-8 read as U+FFFD.
 */
export function normalizePath(path: string): string {
  return removeDots(path.replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeEscapes));
}

const reserved = "!*'();:@&=+$,/?%#[]";

/** `run` is escapes without anything between them, so that no character is cut. */
function decodeEscapes(run: string): string {
  const bytes = (run.match(/%../g) ?? []).flatMap((escape) => {
    const byte = Number.parseInt(escape.slice(1), 16);
    return reserved.includes(String.fromCharCode(byte))
      ? Array.from(escape.toUpperCase(), (character) => character.charCodeAt(0))
      : [byte];
  });
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

function removeDots(path: string): string {
  const output: string[] = [];
  let rest = path;
  while (rest !== "") {
    if (rest === "/.") rest = "/";
    else if (rest === "/..") {
      rest = "/";
      output.pop();
    } else if (rest === "." || rest === "..") rest = "";
    else if (rest.startsWith("../")) rest = rest.slice(3);
    else if (rest.startsWith("./") || rest.startsWith("/./")) rest = rest.slice(2);
    else if (rest.startsWith("/../")) {
      rest = rest.slice(3);
      output.pop();
    } else if (rest.startsWith("//")) rest = rest.slice(1);
    else {
      const end = rest.indexOf("/", 1);
      output.push(end < 0 ? rest : rest.slice(0, end));
      rest = end < 0 ? "" : rest.slice(end);
    }
  }
  return output.join("");
}
