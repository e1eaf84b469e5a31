import { isAlias, isMap, isSeq, type ParsedNode } from "yaml";
import type { ValuePath } from "../instance.js";
import type { Entry, MapNode, NodeReader, PairNode } from "../text/nodes.js";

/** Where the value at a path stands in a text, or would stand. */
export type Place =
  | { readonly kind: "pair"; readonly map: MapNode; readonly pair: PairNode }
  | { readonly kind: "item"; readonly node: ParsedNode }
  /** It is not there: `rest` are the keys that the map lacks. */
  | { readonly kind: "absent"; readonly map: MapNode; readonly rest: readonly string[] }
  | ({ readonly kind: "extension"; readonly map: MapNode } & Extension);

/** A key of a map that can take over what an anchor names, and say one thing more. */
export interface Extension {
  readonly key: string;
  /** The pair that has the key already. */
  readonly pair: PairNode | undefined;
  readonly anchor: string;
  readonly inner: string;
}

export interface Located {
  readonly place: Place;
  /** The innermost text around it that other places can take over: what an anchor names, or a shared configuration. */
  readonly root: ParsedNode | undefined;
  /** Where else a value can be said so that it wins over this place. */
  readonly override?: Located | undefined;
}

/** Goes down from a map along a path, through aliases and merged maps; undefined where the text has another shape. */
export function locate(
  reader: NodeReader,
  start: MapNode,
  path: ValuePath,
  above: ParsedNode | undefined,
): Located | undefined {
  let node: ParsedNode = start;
  let root = rootAt(start, above);
  let exit: Exit | undefined;
  for (const [at, key] of path.entries()) {
    const rest = path.slice(at + 1);
    if (typeof key === "number") {
      const item: ParsedNode | undefined = isSeq(node) ? node.items[key] : undefined;
      if (item === undefined) return undefined;
      if (rest.length === 0) return { place: { kind: "item", node: item }, root: rootAt(item, root) };
      node = reader.target(item);
      exit = undefined;
    } else {
      if (!isMap(node)) return undefined;
      const entry = reader.entries(node).get(key);
      if (entry === undefined) return absent(node, path.slice(at), root, exit);
      if (rest.length === 0) {
        const place = { kind: "pair", map: entry.home, pair: entry.pair } as const;
        return { place, root: rootAt(entry.home, root), override: overrideOf(entry, node, root, exit) };
      }
      exit = exitAt(entry, node, root);
      root = rootAt(entry.home, root);
      if (entry.pair.value === null) return undefined;
      node = reader.target(entry.pair.value);
    }
    root = rootAt(node, root);
  }
  return undefined;
}

/** All places that say the value at a path: what is merged into a map comes to light when the map's own pair goes. */
export function locateAll(
  reader: NodeReader,
  start: MapNode,
  path: ValuePath,
  above: ParsedNode | undefined,
): readonly Located[] {
  const found = locate(reader, start, path, above);
  if (found?.place.kind !== "pair") return [];
  const key = path.at(-1);
  const parent = path.length === 1 ? start : mapAt(reader, start, path.slice(0, -1));
  if (parent === undefined || typeof key !== "string") return [found];
  return reader.entriesFor(parent, key).map(({ home, pair }) => {
    const isOwn = home === parent;
    return { place: { kind: "pair", map: home, pair }, root: isOwn ? rootOf(found, home) : rootAt(home, found.root) };
  });
}

/** The root of the text that the winning pair stands in, or that of the map itself. */
function rootOf({ place, root }: Located, home: MapNode): ParsedNode | undefined {
  return place.kind === "pair" && place.map === home ? root : rootAt(home, undefined);
}

function mapAt(reader: NodeReader, start: MapNode, path: ValuePath): MapNode | undefined {
  let node: ParsedNode = start;
  for (const key of path) {
    let next: ParsedNode | null | undefined;
    if (typeof key === "number") next = isSeq(node) ? node.items[key] : undefined;
    else next = isMap(node) ? reader.entries(node).get(key)?.pair.value : undefined;
    if (next === undefined || next === null) return undefined;
    node = reader.target(next);
  }
  return isMap(node) ? node : undefined;
}

function absent(
  map: MapNode,
  path: ValuePath,
  root: ParsedNode | undefined,
  exit: Exit | undefined,
): Located | undefined {
  const rest = path.filter((key) => typeof key === "string");
  if (rest.length !== path.length) return undefined;
  const [inner] = rest;
  const override = rest.length === 1 && inner !== undefined ? exit?.extend(inner) : undefined;
  return { place: { kind: "absent", map, rest }, root, override };
}

/** Where a path has just left a text for one that is shared. */
interface Exit {
  extend(inner: string): Located;
}

function exitAt({ key, pair, home }: Entry, node: MapNode, root: ParsedNode | undefined): Exit | undefined {
  const { value } = pair;
  const isOwn = home === node;
  const anchor = isAlias(value) ? value.source : !isOwn && value !== null ? value.anchor : undefined;
  if (anchor === undefined) return undefined;
  const own = isOwn ? pair : undefined;
  return { extend: (inner) => ({ place: { kind: "extension", map: node, key, pair: own, anchor, inner }, root }) };
}

/** What a map says itself wins over what is merged into it. */
function overrideOf(
  { key, home }: Entry,
  node: MapNode,
  root: ParsedNode | undefined,
  exit: Exit | undefined,
): Located | undefined {
  if (home !== node) return { place: { kind: "absent", map: node, rest: [key] }, root };
  return exit?.extend(key);
}

/** What can take over a text that stands here: its own anchor, or what is around it. */
export function rootAt(node: ParsedNode, above: ParsedNode | undefined): ParsedNode | undefined {
  return node.anchor === undefined ? above : node;
}
