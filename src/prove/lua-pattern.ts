import { matchPattern, PatternError } from "../lua/patterns.js";

/** Characters that are tried for one place of a pattern, the plainest first. */
const alphabet = "a1A-_./:@ x0z9Z%$#+?!,;=~(){}[]<>\"'\t\n".split("");

/** Texts that a Lua pattern probably matches: each repetition left out, taken once, taken twice. They are tried, not trusted. */
export function textsFor(pattern: string): readonly string[] {
  const items = itemsOf(pattern);
  const texts = [1, 0, 2].map((times) => items.map((item) => repeat(item, times)).join(""));
  return [...new Set(texts)];
}

interface Item {
  readonly character: string;
  readonly isOptional: boolean;
  readonly isRepeated: boolean;
}

function repeat({ character, isOptional, isRepeated }: Item, times: number): string {
  const least = isOptional ? 0 : 1;
  const most = isRepeated ? 2 : 1;
  return character.repeat(Math.min(Math.max(times, least), most));
}

/** One character or class with its quantifier; captures and anchors match nothing themselves. */
const itemPattern = /%b..|%f\[[^\]]*\]|(%.|\[\^?\]?(?:%.|[^\]%])*\]|[^()])([*+?-]?)/gsu;

function itemsOf(pattern: string): readonly Item[] {
  const inside = pattern.replace(/^\^/, "").replace(/(?<!%)\$$/, "");
  return [...inside.matchAll(itemPattern)].flatMap(([, single, quantifier = ""]) => {
    const character = single === undefined ? undefined : characterFor(single);
    if (character === undefined) return [];
    return [{ character, isOptional: /[*?-]/.test(quantifier), isRepeated: /[*+-]/.test(quantifier) }];
  });
}

function characterFor(single: string): string | undefined {
  if (/^[^%[.]/su.test(single)) return single;
  return alphabet.find((character) => doesMatch(`^${single}$`, character));
}

const utf8 = new TextEncoder();

function doesMatch(pattern: string, text: string): boolean {
  const unbounded = { spend: () => undefined };
  try {
    return matchPattern(utf8.encode(pattern), utf8.encode(text), 0, unbounded) !== undefined;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}
