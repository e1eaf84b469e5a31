import { isMap, type ParsedNode } from "yaml";
import type { Position } from "../../errors.js";
import { InstanceError } from "../errors.js";
import type { InstanceEdit } from "../edit.js";
import type { PluginInstance } from "../instance.js";
import { DeckState, defaultMaxBytes, type OpenDeckFile, type TextFile } from "../deck-state.js";
import type { PluginEntry } from "../text/entries.js";
import type { MapNode } from "../text/nodes.js";
import { isSameJson } from "../values.js";
import { moveAnchors } from "./anchors.js";
import { emitFlow, type Style } from "./emit.js";
import { editMap, MapEdit } from "./map-edit.js";
import { settleWishes } from "./settle.js";
import { applySplices, NotEditable, type Splice } from "./splices.js";
import type { EditedEntry, Wish } from "./wish.js";

/**
 * Writes edits into the decK files that the instances were read from. Comments, order, quotes and anchors stay: the new texts differ only
 * where an edit makes them. They are read again before they are given back, and say what the edits say and nothing else.
 * Edits that need a decision are left out. The texts keep the values of secret parameters, which only `reportInstances` hides. Throws
 * `InstanceError`.
 */
export function rewriteInstances(
  files: readonly TextFile[],
  edits: readonly InstanceEdit[],
  { maxBytes = defaultMaxBytes }: { readonly maxBytes?: number } = {},
): readonly TextFile[] {
  // The parsed texts take many times their size: those of before are let go before the new ones are parsed.
  const { rewritten, wanted } = rewriteFiles(files, edits, maxBytes);
  checkRewritten(new DeckState(rewritten, maxBytes), wanted);
  return rewritten;
}

/** What a plugin is to say, and where it stood before. */
interface Wanted extends Pick<PluginInstance, "name" | "config" | "fields"> {
  readonly position: Position;
}

/** The new texts, and what every plugin in them is to say, of whatever name. */
function rewriteFiles(
  files: readonly TextFile[],
  edits: readonly InstanceEdit[],
  maxBytes: number,
): { readonly rewritten: readonly TextFile[]; readonly wanted: readonly (readonly Wanted[])[] } {
  const state = new DeckState(files, maxBytes);
  const wanted = new Map(edits.filter(({ need }) => need === "edit").map((edit) => [addressKey(edit.instance), edit]));
  const edited = state.files.flatMap((owner, index) =>
    owner.file.plugins.flatMap((entry): readonly EditedEntry[] => {
      const edit = wanted.get(entryKey(files[index]?.filename, entry));
      return edit === undefined ? [] : [{ edit, entry, owner, shared: state.sharedConfigOf(entry, owner.reader) }];
    }),
  );
  const wishes = editable(() => settleWishes(edited, state));
  const rewritten = state.files.map((owner, index) => ({
    text: editable(
      () =>
        rewriteFile(
          owner,
          wishes.filter((wish) => wish.owner === owner),
        ),
      owner,
    ),
    filename: files[index]?.filename,
  }));
  const editOf = new Map(edited.map(({ entry, edit }) => [entry, edit]));
  const all = state.files.map((owner) =>
    owner.file.plugins.map((entry): Wanted => {
      const { name, config, fields } = editOf.get(entry) ?? state.instance(entry, owner);
      return { name, config, fields, position: owner.reader.positionOf(entry.node) };
    }),
  );
  return { rewritten, wanted: all };
}

function addressKey({ address }: PluginInstance): string {
  return JSON.stringify([address.position.file ?? null, address.keys]);
}

function entryKey(filename: string | undefined, { keys }: PluginEntry): string {
  return JSON.stringify([filename ?? null, keys]);
}

function editable<Result>(work: () => Result, owner?: OpenDeckFile): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof NotEditable)) throw error;
    throw notRewritten(error.offset === undefined ? undefined : owner?.reader.parsed.positionAt(error.offset));
  }
}

function rewriteFile(owner: OpenDeckFile, wishes: readonly Wish[]): string {
  if (wishes.length === 0) return owner.text;
  const style = styleOf(owner);
  const maps = new Map<MapNode, MapEdit>();
  const splices = new Map<ParsedNode, Splice>();
  for (const { place, value, isDetached = false } of wishes) {
    if (place.kind === "item") {
      if (value === undefined || isDetached) throw new NotEditable();
      const [start, end] = place.node.range;
      splices.set(place.node, { start, end, text: emitFlow(value, style) });
      continue;
    }
    const edit = maps.get(place.map) ?? new MapEdit();
    maps.set(place.map, edit);
    if (place.kind === "absent") edit.add(place.rest, value ?? null);
    else if (place.kind === "extension") edit.extend(place, value ?? null);
    else if (value === undefined) edit.drops.add(place.pair);
    else edit.values.set(place.pair, { value, isDetached });
  }
  // Where an inner map ends with an outer one, what is added to the inner one comes first.
  const innerFirst = [...maps].sort(([a], [b]) => b.range[0] - a.range[0]);
  const all = [...splices.values(), ...innerFirst.flatMap(([map, edit]) => editMap(map, edit, owner.text, style))];
  return applySplices(owner.text, [...all, ...moveAnchors(owner.reader, all, style)]);
}

/** A file that is one flow map with quoted keys is JSON. */
function styleOf({ text, reader }: OpenDeckFile): Style {
  const { root } = reader.parsed;
  return isMap(root) && root.flow === true && /^\{\s*"/.test(text.slice(root.range[0])) ? "json" : "yaml";
}

/** Every plugin is what its edit says, or what it was. */
function checkRewritten(now: DeckState, wanted: readonly (readonly Wanted[])[]): void {
  for (const [index, all] of wanted.entries()) {
    const owner = now.files[index];
    if (owner?.file.plugins.length !== all.length) throw notRewritten(all[0]?.position);
    for (const [at, entry] of owner.file.plugins.entries()) {
      const { name, config, fields } = now.instance(entry, owner);
      const other = all[at];
      const isSame = name === other?.name && isSameJson(config, other.config) && isSameJson(fields, other.fields);
      if (!isSame) throw notRewritten(other?.position);
    }
  }
}

function notRewritten(position: Position | undefined): InstanceError {
  return new InstanceError(
    "instances-not-rewritten",
    "the edits cannot be written into this file as it is written, without changing anything else",
    position,
    "Edit the file by hand: rollout --format json has what each edit does, without the values of secret parameters.",
  );
}
