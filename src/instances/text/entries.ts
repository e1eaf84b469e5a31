import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Position } from "../../errors.js";
import { InstanceError } from "../errors.js";
import type { InstanceScope, ValuePath } from "../instance.js";
import type { Entry, MapNode, NodeReader } from "./nodes.js";

/** One plugin in a text, of whatever name. */
export interface PluginEntry {
  readonly name: string;
  readonly node: MapNode;
  readonly entries: ReadonlyMap<string, Entry>;
  /** What encloses it in a decK file; what it names itself is not in here. */
  readonly scope: InstanceScope;
  readonly keys: ValuePath;
  /** What the aliases on the way to it stand for: text that other places may use too. */
  readonly sharedBy: readonly ParsedNode[];
}

/** A map on the way to plugins, with the way. */
export interface Place {
  readonly node: ParsedNode | null;
  readonly keys: ValuePath;
  readonly sharedBy: readonly ParsedNode[];
}

/** Finds the plugins of a text by going down maps and lists; throws `InstanceError` where one has another shape. */
export class EntryFinder {
  readonly reader: NodeReader;

  constructor(reader: NodeReader) {
    this.reader = reader;
  }

  /** The entries of a map; undefined for nothing at all. */
  map(
    place: Place,
    what: string,
  ): { readonly node: MapNode; readonly entries: ReadonlyMap<string, Entry> } | undefined {
    const node = this.#target(place);
    if (node === undefined) return undefined;
    if (!isMap(node)) throw this.refuse(node, `${what} must be a map`);
    return { node, entries: this.reader.entries(node) };
  }

  /** The items of a list under a key; none where the key or its value is not there. */
  list(map: ReadonlyMap<string, Entry>, key: string, above: Place): readonly Place[] {
    const entry = map.get(key);
    if (entry === undefined) return [];
    return this.items(this.inside(above, entry, key), key);
  }

  items(place: Place, what: string): readonly Place[] {
    const node = this.#target(place);
    if (node === undefined) return [];
    if (!isSeq(node)) throw this.refuse(node, `${what} must be a list`);
    const sharedBy = this.#shared(place);
    return node.items.map((item, index) => ({ node: item, keys: [...place.keys, index], sharedBy }));
  }

  /** A value under a key of a map. */
  inside(above: Place, { pair, home }: Entry, key: string): Place {
    const sharedBy = this.#shared(above);
    const isOwn = above.node !== null && this.reader.target(above.node) === home;
    return { node: pair.value, keys: [...above.keys, key], sharedBy: isOwn ? sharedBy : [...sharedBy, home] };
  }

  plugin(place: Place, scope: InstanceScope): PluginEntry {
    const map = this.map(place, "a plugin");
    if (map === undefined)
      throw new InstanceError("instances-wrong-shape", "a plugin must be a map", this.#near(place));
    const name = this.text(map.entries, "name");
    if (name === undefined) throw this.refuse(map.node, "a plugin must have a name");
    return { name, ...map, scope, keys: place.keys, sharedBy: this.#shared(place) };
  }

  /** A text under a key; undefined where there is none. */
  text(map: ReadonlyMap<string, Entry>, key: string): string | undefined {
    const node = map.get(key)?.pair.value ?? null;
    const value = this.reader.value(node);
    if (value === null) return undefined;
    if (typeof value === "string" && value !== "") return value;
    throw this.refuse(node, `${key} must be a text`);
  }

  refuse(node: ParsedNode | null, message: string): InstanceError {
    return new InstanceError(
      "instances-wrong-shape",
      message,
      node === null ? undefined : this.reader.positionOf(node),
    );
  }

  /** Nothing, where there is no value or it is null. */
  #target({ node }: Place): ParsedNode | undefined {
    if (node === null) return undefined;
    const target = this.reader.target(node);
    return isScalar(target) && this.reader.scalar(target) === null ? undefined : target;
  }

  #shared({ node, sharedBy }: Place): readonly ParsedNode[] {
    const target = node === null ? null : this.reader.target(node);
    return target === null || target === node ? sharedBy : [...sharedBy, target];
  }

  #near({ node }: Place): Position | undefined {
    return node === null ? undefined : this.reader.positionOf(node);
  }
}
