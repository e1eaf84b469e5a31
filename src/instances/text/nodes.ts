import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { Position } from "../../errors.js";
import { InstanceError } from "../errors.js";
import type { Json } from "../../changes/json.js";
import type { ParsedText } from "./parse.js";
import type { PlainDialect } from "./scalars.js";

export type MapNode = YAMLMap.Parsed;
export type PairNode = Pair<ParsedNode, ParsedNode | null>;

/** A key of a map as it is read, with the pair that gives it and the map in whose text the pair stands. */
export interface Entry {
  readonly key: string;
  readonly pair: PairNode;
  readonly home: MapNode;
}

/** Ten megabytes of instances have half a million values; the rest is what anchors can make of a small text. */
const maxValues = 5_000_000;

const mergeKey = "<<";

/**
 * Reads the nodes of one text as decK does: aliases and merge keys resolved, keys as strings. Everything that a reader
 * could take in two ways is refused: doubled keys and anchors, tags of other kinds.
 */
export class NodeReader {
  readonly parsed: ParsedText;
  readonly #dialect: PlainDialect;
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #aliases: Alias.Parsed[] = [];
  readonly #sources = new Map<string, string>();
  #valuesLeft = maxValues;

  constructor(parsed: ParsedText, dialect: PlainDialect) {
    this.parsed = parsed;
    this.#dialect = dialect;
    if (parsed.root !== undefined) this.#collect(parsed.root);
  }

  positionOf(node: ParsedNode): Position {
    return this.parsed.positionAt(node.range[0]);
  }

  /** The node that is meant: what an alias stands for. */
  target(node: ParsedNode): ParsedNode {
    return isAlias(node) ? this.#anchored(node) : node;
  }

  /** How the text writes a value that holds placeholders, quotes and all. */
  sourceOf(uncovered: string): string | undefined {
    return this.#sources.get(uncovered);
  }

  /** All anchors of the text, with what they name. */
  get anchors(): ReadonlyMap<string, ParsedNode> {
    return this.#anchors;
  }

  /** All aliases of the text, in its order. */
  get aliases(): readonly Alias.Parsed[] {
    return this.#aliases;
  }

  /** A value as JSON. `found` gets the strings that hold placeholders. */
  value(node: ParsedNode | null, found?: Set<string>): Json {
    return this.#value(node, found, []);
  }

  /** The entries of a map with those of its merge keys, by key, in the order of the text; the later one wins. */
  entries(map: MapNode): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>();
    this.#addEntries(map, entries, []);
    return entries;
  }

  /** All entries that give a key of a map: its own, and those of the maps that are merged into it. */
  entriesFor(map: MapNode, key: string): readonly Entry[] {
    return map.items.flatMap((pair): readonly Entry[] => {
      const name = this.#key(pair.key);
      if (name === mergeKey && isPlain(pair.key)) {
        return this.#mergedMaps(pair, []).flatMap((merged) => this.entriesFor(merged, key));
      }
      return name === key ? [{ key, pair, home: map }] : [];
    });
  }

  /** What a scalar says: its text with placeholders uncovered, or a value of the dialect. */
  scalar(node: Scalar.Parsed, found?: Set<string>): Json {
    const { value, source, range, type, tag } = node;
    // A plain scalar of several lines, or without text, has no source that says more than its value.
    const text = typeof value === "string" ? value : source;
    const uncovered = this.parsed.placeholders.uncover(text, range[0], range[1]);
    if (uncovered !== undefined) {
      found?.add(uncovered);
      return uncovered;
    }
    if (tag !== undefined) return this.#tagged(node, text, tag);
    if (type !== "PLAIN") return text;
    const plain = this.#dialect(text);
    if (plain === undefined) throw this.#refuse(node, "this is not JSON: a text stands in quotes");
    if (typeof plain === "number" && !Number.isFinite(plain)) {
      throw this.#refuse(node, "JSON has no such number");
    }
    return plain;
  }

  #value(node: ParsedNode | null, found: Set<string> | undefined, above: readonly ParsedNode[]): Json {
    if (node === null) return null;
    this.#spend(node);
    const target = this.target(node);
    if (isScalar(target)) return this.scalar(target, found);
    if (above.includes(target)) {
      throw new InstanceError("instances-cyclic", "the value contains itself", this.positionOf(node));
    }
    const here = [...above, target];
    if (isSeq(target)) return target.items.map((item) => this.#value(item, found, here));
    if (!isMap(target)) return null;
    const entries = new Map<string, Entry>();
    this.#addEntries(target, entries, here);
    return Object.fromEntries([...entries].map(([key, { pair }]) => [key, this.#value(pair.value, found, here)]));
  }

  #addEntries(map: MapNode, entries: Map<string, Entry>, above: readonly ParsedNode[]): void {
    for (const pair of map.items) {
      this.#spend(pair.key);
      const key = this.#key(pair.key);
      if (key !== mergeKey || !isPlain(pair.key)) entries.set(key, { key, pair, home: map });
      else for (const merged of this.#mergedMaps(pair, above)) this.#addEntries(merged, entries, [...above, merged]);
    }
  }

  /** Of several merged maps the first wins, so it comes last. */
  #mergedMaps({ key, value }: PairNode, above: readonly ParsedNode[]): MapNode[] {
    const target = value === null ? undefined : this.target(value);
    const sources = isSeq(target) ? target.items.map((item) => this.target(item)).toReversed() : [target];
    return sources.map((source) => {
      if (!isMap(source)) throw this.#refuse(key, "the merge key << takes a map or a list of maps");
      if (above.includes(source)) {
        throw new InstanceError("instances-cyclic", "the map is merged into itself", this.positionOf(key));
      }
      return source;
    });
  }

  #key(node: ParsedNode): string {
    const target = this.target(node);
    if (!isScalar(target)) throw this.#refuse(node, "a list or map cannot be a key");
    const value = this.scalar(target);
    return typeof value === "string" ? value : JSON.stringify(value);
  }

  #tagged(node: Scalar.Parsed, text: string, tag: string): Json {
    const kind = tag.replace("tag:yaml.org,2002:", "");
    if (kind === "str") return text;
    const value = deckTags.has(kind) ? this.#dialect(text) : undefined;
    if (value === undefined) throw this.#unknownTag(node);
    return value;
  }

  #unknownTag(node: ParsedNode): InstanceError {
    return new InstanceError(
      "instances-tag",
      "there is a tag here that is not read",
      this.positionOf(node),
      "Leave it out, or put a text that begins with ! in quotes.",
    );
  }

  #anchored(alias: Alias.Parsed): ParsedNode {
    const target = this.#anchors.get(alias.source);
    if (target === undefined || target.range[0] > alias.range[0]) {
      throw new InstanceError(
        "instances-unknown-anchor",
        "the alias refers to an anchor that does not stand before it",
        this.positionOf(alias),
        "Mend its name, or put a text that begins with * in quotes.",
      );
    }
    return target;
  }

  /** Notes the anchors, and looks through every map for doubled keys. */
  #collect(node: ParsedNode): void {
    if (isAlias(node)) this.#aliases.push(node);
    else if (node.anchor !== undefined) {
      const first = this.#anchors.get(node.anchor);
      if (first !== undefined) {
        throw new InstanceError(
          "instances-duplicate-anchor",
          `the anchor is given twice; the first time in line ${this.positionOf(first).line}`,
          this.positionOf(node),
          "Give each anchor a name of its own, or put texts that begin with & in quotes.",
        );
      }
      this.#anchors.set(node.anchor, node);
    }
    if ((isSeq(node) || isMap(node)) && node.tag !== undefined && !/^tag:yaml\.org,2002:(map|seq)$/.test(node.tag)) {
      throw this.#unknownTag(node);
    }
    if (isScalar(node)) this.#noteSource(node);
    if (isSeq(node)) for (const item of node.items) this.#collect(item);
    if (!isMap(node)) return;
    const keys = new Set<string>();
    for (const { key, value } of node.items) {
      this.#collect(key);
      if (value !== null) this.#collect(value);
      if (!isScalar(key)) continue;
      const name = this.#key(key);
      if (keys.has(name)) {
        throw new InstanceError(
          "instances-duplicate-key",
          `the key ${JSON.stringify(name)} stands twice in one map`,
          this.positionOf(key),
          "Keep one of the two.",
        );
      }
      keys.add(name);
    }
  }

  #noteSource({ value, range }: Scalar.Parsed): void {
    const { placeholders, text } = this.parsed;
    const uncovered = typeof value === "string" ? placeholders.uncover(value, range[0], range[1]) : undefined;
    if (uncovered === undefined || this.#sources.has(uncovered)) return;
    this.#sources.set(uncovered, text.slice(range[0], range[1]));
  }

  #spend(node: ParsedNode): void {
    this.#valuesLeft--;
    if (this.#valuesLeft >= 0) return;
    throw new InstanceError(
      "instances-too-many-values",
      `the text comes to more than ${maxValues} values`,
      this.positionOf(node),
      "Aliases multiply what they stand for: give the values where they are used.",
    );
  }

  #refuse(node: ParsedNode, message: string): InstanceError {
    return new InstanceError("instances-wrong-shape", message, this.positionOf(node));
  }
}

const deckTags: ReadonlySet<string> = new Set(["int", "float", "bool", "null"]);

function isPlain(key: ParsedNode): boolean {
  return isScalar(key) && key.type === "PLAIN";
}
