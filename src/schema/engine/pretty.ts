import { Table } from "./data.js";
import type { Data } from "./data.js";
import { display, luaType } from "./lua.js";

const keywords: ReadonlySet<string> = new Set(
  "and break do else elseif end false for function if in local nil not or repeat return then true until while".split(
    " ",
  ),
);

/** A value as Penlight 1.14's `pretty.write` prints it, which Kong uses for errors that are nested deeply. */
export function writePretty(value: Data): string {
  return lines(value, "").join("\n").replace(/,$/, "");
}

/** The lines of a value, each entry followed by a comma. The first one stands behind its key. */
function lines(value: Data, indent: string): readonly string[] {
  if (!(value instanceof Table)) return [`${luaType(value) === "string" ? quoted(display(value)) : bare(value)},`];
  const inner = `${indent}  `;
  const entries = [
    ...value.list.map((item) => ["", item] as const),
    ...named(value).map(([key, item]) => [`${keyText(key)} = `, item] as const),
  ];
  const body = entries.flatMap(([key, item]) => {
    const [first = "", ...others] = lines(item, inner);
    return [`${inner}${key}${first}`, ...others];
  });
  const last = body.pop();
  return ["{", ...body, ...(last === undefined ? [] : [last.replace(/,$/, "")]), `${indent}},`];
}

/** The entries beyond the list part: names in order, then numbers. */
function named(table: Table): readonly (readonly [Data, Data])[] {
  const isNumber = ([key]: readonly [Data, Data]) => typeof key === "number";
  const entries = [...table.rest];
  const names = entries.filter((entry) => !isNumber(entry)).sort(([a], [b]) => order(display(a), display(b)));
  return [...names, ...entries.filter(isNumber)];
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function keyText(key: Data): string {
  const text = display(key);
  if (typeof key === "number") return `[${text}]`;
  if (/^[A-Za-z_]\w*$/.test(text) && !keywords.has(text)) return text;
  const name = quoted(text);
  return name.startsWith("[") ? `[ ${name} ]` : `[${name}]`;
}

function bare(value: Data): string {
  const text = display(value);
  return text.includes(" ") ? quoted(text) : text;
}

/** `quote_string`: long brackets around text with line feeds or brackets in it, `%q` around all other. */
function quoted(text: string): string {
  const levels = Array.from(`${text}]`.matchAll(/([[\]])(=*)(?=\1)/g), ([, , equals = ""]) => equals.length);
  if ((!text.includes("\n") && levels.length === 0) || text.includes("\r")) return `"${escaped(text)}"`;
  const equals = "=".repeat(levels.length === 0 ? 0 : Math.max(...levels) + 1);
  return `[${equals}[${text.startsWith("\n") ? "\n" : ""}${text}]${equals}]`;
}

/** LuaJIT's `%q`: control characters as decimal escapes, as short as the next character allows. */
function escaped(text: string): string {
  return text.replace(/["\\\n]|[\x00-\x1f\x7f]/g, (char, at: number) => {
    if (char === '"' || char === "\\" || char === "\n") return `\\${char}`;
    const code = String(char.charCodeAt(0));
    return `\\${/\d/.test(text.charAt(at + 1)) ? code.padStart(3, "0") : code}`;
  });
}
