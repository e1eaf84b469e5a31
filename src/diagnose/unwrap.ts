import { withoutTimes } from "./nginx.js";

/** The text of a log line without what a log collector put around it. */
export interface Unwrapped {
  /** Who the line comes from, as far as its wrapping says: lines of one message have the same. */
  readonly stream: string;
  /** One or more lines: a JSON string holds a message whole. */
  readonly texts: readonly string[];
  /** Whether the texts are whole: nothing of their last message follows on the next line. */
  readonly isWhole: boolean;
}

/** Where collectors put the text of a line. */
const textKeys = ["log", "message", "msg", "MESSAGE", "textPayload", "body", "line", "text", "event"];
/** What tells one container from another. */
const streamKeys = ["container_id", "container_name", "container", "pod_name", "pod", "host", "hostname", "source"];

/** JSON inside JSON happens; deeper than this it does not. */
const deepest = 4;

/** Takes a line out of the JSON that a collector wrapped it in: `{"log":"…\n","stream":"stderr"}`. Other lines are their own text. */
export function unwrap(line: string): Unwrapped {
  const brace = line.indexOf("{");
  const end = line.trimEnd();
  if (brace === -1 || !end.endsWith("}")) return plain(line);
  const value = parseJson(end.slice(brace));
  if (value === undefined) return plain(line);
  const found = textIn(value, 0);
  if (found === undefined) return plain(line);
  const texts = found.replace(/\n$/, "").split("\n");
  return {
    stream: `json ${withoutTimes(line.slice(0, brace))}${streamsOf(value)}`,
    texts,
    isWhole: texts.length > 1,
  };
}

function plain(line: string): Unwrapped {
  return { stream: "", texts: [line], isWhole: false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textIn(value: unknown, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  if (typeof value === "string") {
    const inner = value.trimStart().startsWith("{") ? textIn(parseJson(value), depth + 1) : undefined;
    return inner ?? value;
  }
  const entries = entriesOf(value);
  for (const key of textKeys) {
    const found = textIn(entries.get(key), depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Kubernetes' and Docker's collectors put the container's name one level below. */
function streamsOf(value: unknown): string {
  const entries = entriesOf(value);
  return [value, entries.get("kubernetes"), entries.get("docker")].map(streamOf).join(" ");
}

function streamOf(value: unknown): string {
  const entries = entriesOf(value);
  return streamKeys
    .map((key) => entries.get(key))
    .filter((name) => typeof name === "string")
    .join(" ");
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return new Map<string, unknown>(isObject ? Object.entries(value) : []);
}
