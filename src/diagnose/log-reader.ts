import type { Complaint } from "./diagnosis.js";
import { findKnownLine } from "./known-lines.js";
import { LineSplitter } from "./line-splitter.js";
import { beginsMessage, hasTail, LinePrefix, restoreLineEnds, withoutTail } from "./nginx.js";
import { textFrom } from "./quoted.js";
import { isTreeLine, readRefusal } from "./refusal.js";
import { unwrap } from "./unwrap.js";
import { findViolation, isTableLine, readViolation } from "./violation.js";

/** What must stand in a line for it to say anything; all other lines are passed over at once. */
const interesting =
  /unable to update running config|bad config received|schema violation|missing from data plane|different to control plane|incompatible with (?:older )?control plane|not enabled; add it|enabled but not installed|no configuration schema found|cannot be loaded because|error parsing declarative config/i;

/** Where a node begins to tell of a payload or file that it refuses, in the capitals of Kong and of its documentation. */
const refusalStart =
  /(?:unable to update running config[\w ]*:\s*)?bad config received from control plane\s*|error parsing declarative config (?:file [^\s:]+|string):?\s*/i;

/** An error that is no tree: Kong or a function of a schema raised it. */
const raisedStart = /unable to update running config[\w ]*:\s*/i;

/** A message that is not at its end yet. */
interface OpenMessage {
  readonly kind: "refusal" | "violation";
  readonly reporter: Complaint["reporter"];
  readonly line: number;
  readonly stream: string;
  readonly prefix: LinePrefix;
  readonly texts: string[];
  /** How many characters the texts have. */
  size: number;
  /** How many lines of others came since the last one of its own. */
  foreign: number;
}

/** Bounds: lines of others between two of a message, lines and characters of one, messages that are open at once, one error's words. */
const mostForeignLines = 200;
const mostLines = 1000;
const mostCharacters = 256 * 1024;
const mostOpen = 16;
const longestWords = 4096;

/** Finds Kong's refusals in a log that is fed piece by piece. It keeps the messages that are open, and nothing else. */
export class LogReader {
  readonly #take: (complaint: Complaint) => void;
  readonly #splitter = new LineSplitter((line) => this.#readLine(line));
  readonly #open = new Set<OpenMessage>();
  #line = 0;

  constructor(take: (complaint: Complaint) => void) {
    this.#take = take;
  }

  feed(text: string): void {
    this.#splitter.feed(text);
  }

  end(): void {
    this.#splitter.end();
    for (const message of this.#open) this.#close(message);
  }

  #readLine(raw: string): void {
    this.#line++;
    if (this.#open.size === 0 && !interesting.test(raw)) return;
    const { stream, texts, isWhole } = unwrap(raw);
    for (const text of texts) this.#readText(text, stream);
    if (isWhole) for (const message of this.#open) if (message.stream === stream) this.#close(message);
  }

  #readText(text: string, stream: string): void {
    for (const message of this.#open) {
      const own = message.stream === stream ? message.prefix.removeFrom(text) : undefined;
      if (own !== undefined && beginsMessage(own)) this.#close(message);
      else if (own !== undefined && continues(message, own)) return this.#add(message, own);
      else if (++message.foreign > mostForeignLines) this.#close(message);
    }
    if (interesting.test(text)) this.#begin(text, stream);
  }

  #begin(text: string, stream: string): void {
    const refusal = refusalStart.exec(text);
    const violation = findViolation(text);
    const raised = raisedStart.exec(text);
    if (refusal !== null) {
      const reporter = /declarative/i.test(refusal[0]) ? "start" : "data-plane";
      this.#openMessage("refusal", reporter, text, text.slice(refusal.index + refusal[0].length), stream);
    } else if (violation >= 0) {
      this.#openMessage("violation", "admin-api", text, textFrom(text, violation, findViolation), stream);
    } else if (raised !== null) {
      const message = withoutTail(text.slice(raised.index + raised[0].length)).trim();
      this.#take(complaintOf("data-plane", this.#line, { problem: "raised", message }));
    } else {
      const known = findKnownLine(text, this.#line);
      if (known !== undefined) this.#take(known);
    }
  }

  #openMessage(
    kind: OpenMessage["kind"],
    reporter: Complaint["reporter"],
    line: string,
    text: string,
    stream: string,
  ): void {
    if (this.#open.size >= mostOpen) for (const oldest of [...this.#open].slice(0, 1)) this.#close(oldest);
    const prefix = new LinePrefix(line);
    const message = { kind, reporter, line: this.#line, stream, prefix, texts: [], size: 0, foreign: 0 };
    this.#open.add(message);
    this.#add(message, text);
  }

  #add(message: OpenMessage, text: string): void {
    message.texts.push(withoutTail(restoreLineEnds(text)));
    message.size += text.length;
    message.foreign = 0;
    const isFull = message.texts.length >= mostLines || message.size >= mostCharacters;
    if (isFull || hasTail(text) || isWholeViolation(message, text)) this.#close(message);
  }

  #close(message: OpenMessage): void {
    this.#open.delete(message);
    const { kind, reporter, line } = message;
    const text = message.texts.join("\n");
    const leaves = kind === "refusal" ? readRefusal(text) : (readViolation(text) ?? []);
    if (leaves.length === 0) this.#take(complaintOf(reporter, line, { problem: "not-told", message: text.trim() }));
    for (const { path, message: words } of leaves) {
      // A payload holds lists of entities, in a file they can be nested: `services`, 1, `plugins`, 1, `config`, …
      const plugins = path.findIndex((segment, index) => segment === "plugins" && typeof path[index + 1] === "number");
      const at = kind === "violation" ? -1 : plugins >= 0 ? plugins : 0;
      const [entity, entry] = at < 0 ? [] : path.slice(at, at + 2);
      const isEntry = typeof entity === "string" && typeof entry === "number";
      this.#take(
        complaintOf(reporter, line, {
          message: words,
          path: isEntry ? path.slice(at + 2) : path,
          ...(isEntry ? { entity, entry } : {}),
        }),
      );
    }
  }
}

/** A refusal of the Admin API has an end of its own, unlike that of a node. */
function isWholeViolation({ kind, texts }: OpenMessage, last: string): boolean {
  return kind === "violation" && last.includes(")") && readViolation(texts.join("\n")) !== undefined;
}

function continues({ kind }: OpenMessage, text: string): boolean {
  return kind === "refusal" ? isTreeLine(restoreLineEnds(text)) : isTableLine(text);
}

function complaintOf(
  reporter: Complaint["reporter"],
  line: number,
  { message, ...rest }: Partial<Complaint> & { readonly message: string },
): Complaint {
  const words = message.length > longestWords ? `${message.slice(0, longestWords)}…` : message;
  return { reporter, line, plugin: null, entity: null, entry: null, path: [], ...rest, message: words };
}
