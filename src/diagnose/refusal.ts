import { withoutEntityKeys, type Leaf } from "./error-path.js";

/**
 * Reads the errors of a refused payload as Kong's nodes print them (`pretty_print_error`, kong/db/declarative/init.lua 3.9.1):
 *
 *     in 'plugins':
 *       - in entry 1 of 'plugins':
 *         in 'config':
 *           in 'ttl': required field missing
 *
 * Blanks after `in`, indentation and line ends may have been lost on the way.
 */
export function readRefusal(text: string): readonly Leaf[] {
  const tokens = tokensOf(text);
  return hasIndentation(tokens) ? byIndentation(tokens) : byNames(tokens);
}

/** Whether a line can be part of such a tree. */
export function isTreeLine(text: string): boolean {
  return /^\s*(?:- )?in ?(?:entry \d+ of ?)?'/.test(text);
}

/** `in 'name':` or `- in entry 1 of 'name':`, and the message behind it, empty where more follows. */
interface Token {
  /** In blanks; undefined where the token does not begin its line. */
  readonly indent: number | undefined;
  readonly name: string;
  readonly entry: number | undefined;
  readonly message: string;
}

/** Names are short; the bounds keep a hostile text from being searched over and over. */
const marker = /(?:- )?\bin ?(?:entry (\d{1,9}) of ?)?'((?:[^'\n]|'(?!:)){0,200})':/g;
const deepest = 100;

/** Messages that are whole by themselves: what follows them on the same line is another error. */
const wholeMessage = /^(?:required field missing|unknown field|expected an? \w+|value must be null)$/;

function tokensOf(text: string): readonly Token[] {
  let from = 0;
  const found = [...text.matchAll(marker)].map((match) => {
    const gap = text.slice(from, match.index);
    const before = gap.slice(gap.lastIndexOf("\n") + 1);
    from = match.index + match[0].length;
    return {
      start: match.index,
      end: from,
      indent: gap.includes("\n") && before.trim() === "" ? before.length : undefined,
      name: match[2] ?? "",
      entry: match[1] === undefined ? undefined : Number(match[1]),
    };
  });
  // Where lines are whole, what looks like a name inside a line is part of a message, unless it follows right behind a name.
  const hasLines = found.some(({ indent }) => indent !== undefined);
  const kept: typeof found = [];
  for (const token of found) {
    const last = kept.at(-1);
    const between = last === undefined ? "" : text.slice(last.end, token.start).trim();
    if (token.indent !== undefined || !hasLines || between === "" || wholeMessage.test(between)) kept.push(token);
  }
  return kept.map(({ end, indent, name, entry }, index) => ({
    indent,
    name,
    entry,
    message: withoutRest(text.slice(end, kept[index + 1]?.start).trim()),
  }));
}

/** Where a message is cut off, what stands behind a name can be the beginning of the next. */
function withoutRest(message: string): string {
  return /^(?:- )?in ?(?:entry\b|'|$)/.test(message) ? "" : message;
}

/** Whether lines are indented as Kong does it: what is inside stands further to the right. */
function hasIndentation(tokens: readonly Token[]): boolean {
  return (
    tokens.some(({ indent }) => indent !== undefined) &&
    tokens.every(({ indent }, index) => {
      const above = tokens[index - 1];
      return indent === undefined || above === undefined || above.message !== "" || indent > (above.indent ?? -1);
    })
  );
}

function byIndentation(tokens: readonly Token[]): readonly Leaf[] {
  const open: { readonly token: Token; readonly indent: number }[] = [];
  return tokens.flatMap((token) => {
    const indent = token.indent ?? (open.at(-1)?.indent ?? -2) + 1;
    while ((open.at(-1)?.indent ?? -Infinity) >= indent) open.pop();
    if (token.message !== "") return [leafOf([...open.map((one) => one.token), token])];
    if (open.length < deepest) open.push({ token, indent });
    return [];
  });
}

/** Without indentation: an entry belongs to the nearest open name of its list, anything else stands beside the error before it. */
function byNames(tokens: readonly Token[]): readonly Leaf[] {
  const open: Token[] = [];
  return tokens.flatMap((token) => {
    if (token.entry !== undefined) {
      const list = open.findLastIndex(({ name, entry }) => name === token.name && entry === undefined);
      open.splice(list + 1);
    }
    if (token.message !== "") return [leafOf([...open, token])];
    if (open.length < deepest) open.push(token);
    return [];
  });
}

/** `- in entry 1 of 'l'` is a number: the list itself stands above it. */
function leafOf(tokens: readonly Token[]): Leaf {
  const path = tokens.map(({ name, entry }) => entry ?? name);
  return { path: withoutEntityKeys(path), message: tokens.at(-1)?.message ?? "" };
}
