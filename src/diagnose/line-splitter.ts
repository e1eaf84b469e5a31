/** What is kept of one line; nginx cuts its own at 2 KB, OpenResty at 4 KB, and answers of the Admin API are longer. */
export const longestLine = 256 * 1024;

/** Cuts a stream of text into lines, in bounded memory: of a longer line the rest is passed over. */
export class LineSplitter {
  readonly #take: (line: string) => void;
  #begun = "";
  #isTooLong = false;

  constructor(take: (line: string) => void) {
    this.#take = take;
  }

  feed(text: string): void {
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      this.#append(text, from, end);
      this.#finish();
      from = end + 1;
    }
    this.#append(text, from, text.length);
  }

  end(): void {
    if (this.#begun !== "") this.#finish();
  }

  #append(text: string, from: number, to: number): void {
    if (this.#isTooLong) return;
    const room = longestLine - this.#begun.length;
    this.#isTooLong = to - from > room;
    this.#begun += text.slice(from, Math.min(to, from + room));
  }

  #finish(): void {
    const line = this.#begun.endsWith("\r") ? this.#begun.slice(0, -1) : this.#begun;
    this.#begun = "";
    this.#isTooLong = false;
    this.#take(line);
  }
}
