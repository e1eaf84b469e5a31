/** The text from a place on; where the place is the beginning of a quoted text, as in JSON and in decK's messages, that text. */
export function textFrom(line: string, index: number, find: (text: string) => number): string {
  if (line[index - 1] !== '"') return line.slice(index);
  if (line[index - 2] === "\\") {
    // Quoted in a quoted text: one layer comes off.
    const inner = unescape(line);
    const place = find(inner);
    return place < 0 ? line.slice(index) : textFrom(inner, place, find);
  }
  const quoted = /(?:[^"\\]|\\[^])*/y;
  quoted.lastIndex = index;
  return unescape(quoted.exec(line)?.[0] ?? line.slice(index));
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescape(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|([^]))/g, (_, code: string | undefined, character: string | undefined) =>
    code !== undefined ? String.fromCharCode(parseInt(code, 16)) : (escapes[character ?? ""] ?? character ?? ""),
  );
}
