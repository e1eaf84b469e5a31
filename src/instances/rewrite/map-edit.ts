import { isScalar, type ParsedNode } from "yaml";
import type { MapNode, PairNode } from "../text/nodes.js";
import type { Extension } from "./locate.js";
import {
  emitBehindKey,
  emitBlock,
  emitEntry,
  emitFlow,
  ExtendedMap,
  isMap,
  type Style,
  type Written,
  type WrittenMap,
} from "./emit.js";
import { NotEditable, type Splice } from "./splices.js";

export interface NewValue {
  readonly value: Written;
  /** Whether an anchor before the old value goes too. */
  readonly isDetached: boolean;
}

/** What is to happen to the pairs that stand in the text of one map. */
export class MapEdit {
  readonly drops = new Set<PairNode>();
  readonly values = new Map<PairNode, NewValue>();
  /** New keys, in order. */
  added: WrittenMap = {};

  /** Says a key with what an anchor names and one thing more. */
  extend({ key, pair, anchor, inner }: Extension, value: Written): void {
    const before = pair === undefined ? own(this.added, key) : this.values.get(pair)?.value;
    const added = { ...(before instanceof ExtendedMap ? before.added : {}), [inner]: value };
    const extended = new ExtendedMap(anchor, added);
    if (pair === undefined) this.added = { ...this.added, [key]: extended };
    else this.values.set(pair, { value: extended, isDetached: true });
  }

  /** Adds a value below new keys. */
  add(keys: readonly string[], value: Written): void {
    this.added = withAdded(this.added, keys, value);
  }
}

function own(map: WrittenMap, key: string): Written | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function withAdded(map: WrittenMap, [key, ...rest]: readonly string[], value: Written): WrittenMap {
  if (key === undefined) return map;
  const entries = new Map(Object.entries(map));
  const inner = entries.get(key);
  entries.set(key, rest.length === 0 ? value : withAdded(isMap(inner) ? inner : {}, rest, value));
  return Object.fromEntries(entries);
}

/** The splices that make a map what the edit says; all other text stays as it is. Throws `NotEditable`. */
export function editMap(map: MapNode, edit: MapEdit, text: string, style: Style): readonly Splice[] {
  const values = [...edit.values].map(([pair, value]) => setValue(map, pair, value, text, style));
  return [...values, ...(map.flow === true ? editFlow(map, edit, text, style) : editBlock(map, edit, text))];
}

/** Only the value itself is replaced where it stands on the line of its key. */
function setValue(map: MapNode, pair: PairNode, { value, isDetached }: NewValue, text: string, style: Style): Splice {
  const { value: old } = pair;
  const behindColon = colonOf(pair, text) + 1;
  const isFlow = map.flow === true;
  if (old === null || isNothing(old)) {
    return { start: behindColon, end: behindColon, text: ` ${emitFlow(value, style)}` };
  }
  const end = trimmedEnd(text, old.range[1]);
  if (old.tag === undefined && !isDetached && (isFlow || !text.slice(behindColon, end).includes("\n"))) {
    return { start: old.range[0], end, text: emitFlow(value, style) };
  }
  if (isFlow) return { start: behindColon, end, text: ` ${emitFlow(value, style)}` };
  return { start: behindColon, end, text: emitBehindKey(value, " ".repeat(columnOf(text, pair.key.range[0]))) };
}

function isNothing(node: ParsedNode): boolean {
  return isScalar(node) && node.range[0] === node.range[1];
}

/** A dropped pair goes with its lines, comments around it stay; new ones come after the last. */
function editBlock(map: MapNode, { drops, added }: MapEdit, text: string): readonly Splice[] {
  const { items } = map;
  const [first] = items;
  if (first === undefined) throw new NotEditable(map.range[0]);
  const column = columnOf(text, first.key.range[0]);
  const indent = " ".repeat(column);
  const lines = emitBlock(added, indent);
  const rest = items.filter((pair) => pair !== first && drops.has(pair)).map((pair) => wholeLines(pair, text));

  if (items.every((pair) => drops.has(pair))) {
    const end = endOfPair(first, text);
    const before = trimmedEnd(text, first.key.range[0]);
    // Nothing but a line end stands between the key and what was its map.
    const line = text.slice(lineStart(text, before), before);
    if (lines === "" && /^[^#]*:$/.test(line)) return [{ start: before, end, text: " {}" }, ...rest];
    return [{ start: first.key.range[0], end, text: lines === "" ? "{}" : lines.trim() }, ...rest];
  }
  const last = items.at(-1) ?? first;
  const end = nextLine(text, endOfPair(last, text));
  const addition = text.charAt(end - 1) === "\n" ? lines : `\n${lines.trimEnd()}`;
  return [
    ...(drops.has(first) ? [withoutFirst(map, first, drops, text)] : []),
    ...rest,
    ...(lines === "" ? [] : [{ start: end, end, text: addition }]),
  ];
}

/** Behind the dash of a list the next pair moves up, where nothing stands between. */
function withoutFirst(map: MapNode, first: PairNode, drops: ReadonlySet<PairNode>, text: string): Splice {
  const start = first.key.range[0];
  if (isFirstOnLine(text, start)) return wholeLines(first, text);
  const [, next] = map.items;
  const end = endOfPair(first, text);
  const isFollowed = next !== undefined && !drops.has(next) && text.slice(end, next.key.range[0]).trim() === "";
  return { start, end: isFollowed ? next.key.range[0] : end, text: "" };
}

function wholeLines(pair: PairNode, text: string): Splice {
  const start = pair.key.range[0];
  if (!isFirstOnLine(text, start)) throw new NotEditable(start);
  return { start: lineStart(text, start), end: nextLine(text, endOfPair(pair, text)), text: "" };
}

/** Of the pair with the comment on its last line. */
function endOfPair(pair: PairNode, text: string): number {
  colonOf(pair, text);
  const end = trimmedEnd(text, (pair.value ?? pair.key).range[1]);
  const behind = text.indexOf("\n", Math.max(end, colonOf(pair, text)));
  return trimmedEnd(text, behind < 0 ? text.length : behind);
}

function editFlow(map: MapNode, { drops, added }: MapEdit, text: string, style: Style): readonly Splice[] {
  const { items } = map;
  const kept = items.filter((pair) => !drops.has(pair));
  const last = kept.at(-1);
  if (last === undefined) return [{ start: map.range[0], end: map.range[1], text: emitFlow(added, style) }];
  const dropped = items.flatMap((pair, index) => {
    const next = items[index + 1];
    if (!drops.has(pair) || items.indexOf(last) < index || next === undefined) return [];
    return [{ start: pair.key.range[0], end: next.key.range[0], text: "" }];
  });
  const end = endInFlow(last);
  const lastEnd = endInFlow(items.at(-1) ?? last);
  const tail = lastEnd > end ? [{ start: end, end: lastEnd, text: "" }] : [];
  const keyStart = last.key.range[0];
  const separator = isFirstOnLine(text, keyStart) ? `,\n${" ".repeat(columnOf(text, keyStart))}` : ", ";
  const additions = Object.entries(added).map(([key, value]) => separator + emitEntry(key, value, style));
  return [...dropped, ...(additions.length === 0 ? [] : [{ start: end, end, text: additions.join("") }]), ...tail];
}

function endInFlow({ key, value }: PairNode): number {
  return (value ?? key).range[1];
}

/** Throws `NotEditable` for the ways of writing a pair in which the colon does not come next. */
function colonOf({ key }: PairNode, text: string): number {
  const colon = text.indexOf(":", key.range[1]);
  if (colon < 0 || /[^ ]/.test(text.slice(key.range[1], colon))) throw new NotEditable(key.range[0]);
  return colon;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}

function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}
