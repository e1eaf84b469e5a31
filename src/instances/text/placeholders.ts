/**
 * `${{ env "DECK_X" }}` and its like in a decK file. decK puts the values in before it reads the YAML
 * (https://developer.konghq.com/deck/gateway/environment-variables/), so a placeholder may stand where YAML has no place for
 * its quotes and braces. For parsing, each is covered with as many units of one private character.
 */
export interface Placeholders {
  /** The text as it can be parsed: every offset is that of the original. */
  readonly covered: string;
  /** The value that a scalar stands for, with the placeholders in it uncovered; undefined where it holds none. */
  uncover(value: string, start: number, end: number): string | undefined;
}

const expression = /\$\{\{[^\n]*?\}\}/g;

/** The text itself, with nothing to uncover: for formats that decK does not read. */
export function withoutPlaceholders(text: string): Placeholders {
  return { covered: text, uncover: () => undefined };
}

export function coverPlaceholders(text: string): Placeholders {
  const cover = unusedCharacter(text);
  const starts: number[] = [];
  const found: string[] = [];
  const covered = text.replace(expression, (match, offset: number) => {
    starts.push(offset);
    found.push(match);
    return cover.repeat(match.length);
  });
  return {
    covered,
    uncover(value, start, end) {
      let next = firstAtOrAfter(starts, start);
      if ((starts[next] ?? end) >= end) return undefined;
      let uncovered = "";
      let at = 0;
      for (let from = value.indexOf(cover); from >= 0; from = value.indexOf(cover, at)) {
        const original = found[next] ?? "";
        uncovered += value.slice(at, from) + original;
        at = from + original.length;
        next++;
      }
      return uncovered + value.slice(at);
    },
  };
}

/** A private-use character that the text does not hold. */
function unusedCharacter(text: string): string {
  for (let code = 0xe000; code < 0xf8ff; code++) {
    const character = String.fromCharCode(code);
    if (!text.includes(character)) return character;
  }
  return "\uf8ff";
}

function firstAtOrAfter(sorted: readonly number[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
