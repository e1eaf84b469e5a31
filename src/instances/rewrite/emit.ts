import type { Json } from "../../changes/json.js";
import { isJsonList, isJsonMap } from "../instance.js";
import { deckScalars } from "../text/scalars.js";

/** Text of the file that is repeated as it stands. */
export class SourceText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A map that takes over what an anchor names, and says more. */
export class ExtendedMap {
  readonly anchor: string;
  readonly added: WrittenMap;
  constructor(anchor: string, added: WrittenMap) {
    this.anchor = anchor;
    this.added = added;
  }
}

/** What is written: JSON, with text of the file in it where that is to be kept. */
export type Written = null | boolean | number | string | SourceText | ExtendedMap | readonly Written[] | WrittenMap;

export interface WrittenMap {
  readonly [key: string]: Written;
}

/** A value in which what comes from the environment is written as the file writes it. */
export function writtenAs(value: Json, sourceOf: (text: string) => string | undefined): Written {
  if (typeof value === "string") {
    const source = sourceOf(value);
    return source === undefined ? value : new SourceText(source);
  }
  if (isJsonList(value)) return value.map((item) => writtenAs(item, sourceOf));
  if (!isJsonMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, writtenAs(item, sourceOf)]));
}

/** How new values are written: as JSON in a JSON file, else as YAML that decK reads as what it says. */
export type Style = "yaml" | "json";

/** On one line. */
export function emitFlow(value: Written, style: Style): string {
  if (value instanceof SourceText) return value.text;
  if (value instanceof ExtendedMap) return `{ <<: *${value.anchor}, ${emitEntries(value.added, style)} }`;
  if (isList(value)) return `[${value.map((item) => emitFlow(item, style)).join(", ")}]`;
  if (isMap(value)) {
    const entries = emitEntries(value, style);
    if (entries === "") return "{}";
    return style === "json" ? `{${entries}}` : `{ ${entries} }`;
  }
  return typeof value === "string" ? emitText(value, style) : JSON.stringify(value);
}

function emitEntries(map: WrittenMap, style: Style): string {
  return Object.entries(map)
    .map(([key, item]) => emitEntry(key, item, style))
    .join(", ");
}

/** `key: value` in a flow map. */
export function emitEntry(key: string, value: Written, style: Style): string {
  return `${emitText(key, style)}: ${emitFlow(value, style)}`;
}

/** Plain where nobody could take it for anything else. */
function emitText(text: string, style: Style): string {
  const isPlain = style === "yaml" && /^[A-Za-z_][\w./-]*$/.test(text) && deckScalars(text) === text;
  return isPlain ? text : JSON.stringify(text);
}

/** The entries of a block map, each on lines of its own with a line end. */
export function emitBlock(map: WrittenMap, indent: string): string {
  return Object.entries(map)
    .map(([key, value]) => `${indent}${emitText(key, "yaml")}:${emitBehindKey(value, indent)}\n`)
    .join("");
}

/** What stands behind `key:` in a block: on the same line where it is short, else on lines of its own, one level deeper. */
export function emitBehindKey(value: Written, indent: string): string {
  if (value instanceof ExtendedMap) {
    const inner = `${indent}  `;
    return `\n${inner}<<: *${value.anchor}\n${emitBlock(value.added, inner).trimEnd()}`;
  }
  if (isMap(value) && Object.keys(value).length > 0) return `\n${emitBlock(value, `${indent}  `).trimEnd()}`;
  if (isList(value) && value.some((item) => isMap(item) || isList(item))) {
    return `\n${value.map((item) => emitItem(item, indent)).join("\n")}`;
  }
  return ` ${emitFlow(value, "yaml")}`;
}

function emitItem(item: Written, indent: string): string {
  if (!isMap(item) || Object.keys(item).length === 0) return `${indent}- ${emitFlow(item, "yaml")}`;
  return `${indent}- ${emitBlock(item, `${indent}  `).trim()}`;
}

function isList(value: Written): value is readonly Written[] {
  return Array.isArray(value);
}

export function isMap(value: Written | undefined): value is WrittenMap {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(value instanceof SourceText || value instanceof ExtendedMap);
}
