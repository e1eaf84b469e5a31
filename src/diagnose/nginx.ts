/** How nginx begins a line of its error log. */
const beginning = /\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[\w+\] /;

/** What nginx puts behind a message: the phase, and the request if there is one. */
const tail = /,\s*(?:context: [\w.]+|client: [^,]+, server: ).*$/s;

/** The ways in which collectors write the time: ISO 8601, syslog's, seconds or nanoseconds since 1970. */
const time = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\b\d{10,19}(?:\.\d+)?\b`;

/** What stands before nginx's beginning of a line: `dp-1  | `, `2024-05-06T10:11:12Z stderr F `. */
export class LinePrefix {
  readonly #pattern: RegExp;

  /** Takes the prefix of a line; it fits all lines of the same writer, at whatever time. */
  constructor(line: string) {
    const prefix = line.slice(0, beginning.exec(line)?.index ?? 0);
    const parts = prefix.split(new RegExp(time)).map((part) => part.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
    this.#pattern = new RegExp(`^${parts.join(`(?:${time})`)}`);
  }

  removeFrom(line: string): string {
    return line.replace(this.#pattern, "");
  }
}

/** The same text whenever it was written. */
export function withoutTimes(text: string): string {
  return text.replace(new RegExp(time, "g"), "");
}

/** Whether a line, without its prefix, is the first of a message. */
export function beginsMessage(text: string): boolean {
  return beginning.exec(text)?.index === 0;
}

export function hasTail(text: string): boolean {
  return tail.test(text);
}

export function withoutTail(text: string): string {
  return text.replace(tail, "");
}

/** Line ends that a collector wrote out, `\n` or rsyslog's `#012`, where a part of a tree of errors follows. */
export function restoreLineEnds(text: string): string {
  return text.replace(/(?:\\+n|#012)(?= *(?:- )?in ?(?:entry \d|'))/g, "\n");
}
