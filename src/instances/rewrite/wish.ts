import { isMap, isScalar, type ParsedNode } from "yaml";
import type { OpenDeckFile, SharedConfig } from "../deck-state.js";
import type { EditOperation, InstanceEdit } from "../edit.js";
import type { Json } from "../../changes/json.js";
import type { ValuePath } from "../instance.js";
import type { PluginEntry } from "../text/entries.js";
import { SourceText, type Written, writtenAs } from "./emit.js";
import { type Located, locate, locateAll, type Place, rootAt } from "./locate.js";
import { NotEditable } from "./splices.js";

/** A plugin in a decK file, and what is to become of it. */
export interface EditedEntry {
  readonly edit: InstanceEdit;
  readonly entry: PluginEntry;
  readonly owner: OpenDeckFile;
  readonly shared: SharedConfig | undefined;
}

/** One thing to do at one place of a file. */
export interface Wish {
  /** Where in the instance: two wishes of one plugin for one path say the same value at several places. */
  readonly path: ValuePath;
  readonly owner: OpenDeckFile;
  readonly place: Place;
  /** What is to stand there; undefined: the pair goes. */
  readonly value: Written | undefined;
  /** The innermost shared text that this changes. */
  readonly root: ParsedNode | undefined;
  /** Whether the anchor of the value goes too, so that what it names is not changed. */
  readonly isDetached?: boolean;
  /** What else would do, where others depend on the place and do not want the same. */
  readonly instead?: Wish | undefined;
}

/** What an edit asks for, each thing at the place where the value stands. Throws `NotEditable`. */
export function wishesOf(edited: EditedEntry): readonly Wish[] {
  return edited.edit.operations.flatMap((operation) => wishesFor(operation, edited));
}

/** The same with the whole configuration written out at the plugin itself, independent of everything shared. */
export function wishesWrittenOut(edited: EditedEntry): readonly Wish[] {
  const { edit, entry, owner } = edited;
  const others = edit.operations.filter(({ path }) => path[0] !== "config");
  const { place, root } = own(edited, ["config"]);
  return [
    { path: ["config"], owner, place, value: written(edit.config, edited), root, isDetached: true },
    ...(entry.entries.has("_config") ? [drop(["_config"], owner, own(edited, ["_config"]))] : []),
    ...others.flatMap((operation) => wishesFor(operation, edited)),
  ];
}

function wishesFor(operation: EditOperation, edited: EditedEntry): readonly Wish[] {
  switch (operation.action) {
    case "drop":
      return dropped(operation.path, edited);
    case "move": {
      const { from, path } = operation;
      return [...dropped(from, edited), set(path, movedText(from, operation.new, edited), edited)];
    }
    case "convert":
    case "set":
      return [set(operation.path, written(operation.new, edited), edited)];
  }
}

/** The plugin may say a key itself that the shared configuration says too. */
function dropped(path: ValuePath, edited: EditedEntry): readonly Wish[] {
  const { owner, entry, shared } = edited;
  const wishes = [
    ...locateAll(owner.reader, entry.node, path, entry.sharedBy.at(-1)).map((found) => drop(path, owner, found)),
    ...allAtShared(shared, path),
  ];
  if (wishes.length === 0) throw new NotEditable();
  return wishes;
}

function allAtShared(shared: SharedConfig | undefined, path: ValuePath): readonly Wish[] {
  if (shared === undefined || path[0] !== "config" || !isMap(shared.node)) return [];
  const { owner, node } = shared;
  return locateAll(owner.reader, node, path.slice(1), node).map((found) => drop(path, owner, found));
}

/** What the plugin says itself wins over the shared configuration, so it can always be said there. */
function set(path: ValuePath, value: Written, edited: EditedEntry): Wish {
  const { owner, shared } = edited;
  const found = own(edited, path);
  const ownWish = put(path, owner, found, value);
  if (found.place.kind !== "absent" || shared === undefined) return ownWish;
  const inShared = atShared(shared, path);
  const isThere =
    inShared !== undefined &&
    (inShared.place.kind !== "absent" || inShared.place.rest.length <= found.place.rest.length);
  return isThere ? { ...put(path, shared.owner, inShared, value), instead: ownWish } : ownWish;
}

function drop(path: ValuePath, owner: OpenDeckFile, { place, root }: Located): Wish {
  return { path, owner, place, value: undefined, root };
}

/** Changes what an anchor at the value names, or, where others do not want that, says it so that it wins, or replaces the anchor too. */
function put(path: ValuePath, owner: OpenDeckFile, { place, root, override }: Located, value: Written): Wish {
  const node = place.kind === "pair" ? place.pair.value : place.kind === "item" ? place.node : null;
  const valueRoot = node === null ? root : rootAt(node, root);
  const detached = valueRoot === root ? undefined : ({ path, owner, place, value, root, isDetached: true } as const);
  const instead = override === undefined ? detached : put(path, owner, override, value);
  return { path, owner, place, value, root: valueRoot, instead };
}

function own({ owner, entry }: EditedEntry, path: ValuePath): Located {
  const found = locate(owner.reader, entry.node, path, entry.sharedBy.at(-1));
  if (found === undefined) throw new NotEditable();
  return found;
}

function atShared({ owner, node }: SharedConfig, [first, ...rest]: ValuePath): Located | undefined {
  return first === "config" && isMap(node) ? locate(owner.reader, node, rest, node) : undefined;
}

/** A scalar that is moved keeps its quotes. */
function movedText(from: ValuePath, value: Json, edited: EditedEntry): Written {
  const { place } = own(edited, from);
  const node = place.kind === "pair" ? place.pair.value : undefined;
  const isOnOneLine =
    isScalar(node) && (node.type === "PLAIN" || node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE");
  if (!isOnOneLine || node.tag !== undefined) return written(value, edited);
  return new SourceText(edited.owner.text.slice(node.range[0], node.range[1]));
}

function written(value: Json, { owner, shared }: EditedEntry): Written {
  return writtenAs(value, (text) => owner.reader.sourceOf(text) ?? shared?.owner.reader.sourceOf(text));
}
