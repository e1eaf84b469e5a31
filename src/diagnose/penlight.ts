/** A tree of errors as Penlight prints a table. */
export type ErrorTable = readonly (readonly [string | number, string | ErrorTable])[];

/**
 * Reads a table as Penlight's `pretty.write` prints it: `{ n = "…", ["a-b"] = { … }, [2] = "…", "…" }`. Gives the table and where it
 * ends, or undefined where the text is none.
 */
export function readPrettyTable(
  text: string,
  from: number,
): { readonly table: ErrorTable; readonly end: number } | undefined {
  const open: {
    readonly entries: [string | number, string | ErrorTable][];
    readonly key: string | number | undefined;
  }[] = [];
  let key: string | number | undefined;
  let at = from;
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) return undefined;
    at = token.lastIndex;
    const [, sign, name, quotedKey, numberKey, quoted] = match;
    if (sign === "{") {
      if (open.length >= deepest) return undefined;
      open.push({ entries: [], key });
      key = undefined;
    } else if (sign === "}") {
      const closed = open.pop();
      if (closed === undefined) return undefined;
      const outer = open.at(-1);
      if (outer === undefined) return { table: closed.entries, end: at };
      outer.entries.push([closed.key ?? nextIndex(outer.entries), closed.entries]);
    } else if (name !== undefined) key = name;
    else if (quotedKey !== undefined) key = unquote(quotedKey);
    else if (numberKey !== undefined) key = Number(numberKey);
    else if (quoted !== undefined) {
      const table = open.at(-1);
      if (table === undefined) return undefined;
      table.entries.push([key ?? nextIndex(table.entries), unquote(quoted)]);
      key = undefined;
    }
  }
  return undefined;
}

const deepest = 100;

const quotedText = String.raw`"(?:[^"\\]|\\[^])*"`;
const token = new RegExp(
  String.raw`[\s,]*(?:([{}])|([A-Za-z_]\w*)\s*=|\[\s*(${quotedText})\s*\]\s*=|\[\s*(\d+)\s*\]\s*=|(${quotedText}))[\s,]*`,
  "y",
);

function nextIndex(entries: ErrorTable): number {
  return entries.filter(([key]) => typeof key === "number").length + 1;
}

/** Lua's `%q`. */
function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(\d{1,3}|r|n|[^])/g, (_, escaped: string) => {
    if (/^\d/.test(escaped)) return String.fromCharCode(Number(escaped));
    if (escaped === "r") return "\r";
    return escaped === "n" ? "\n" : escaped;
  });
}
