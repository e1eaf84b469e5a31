import type { ParsedNode } from "yaml";
import type { DeckState } from "../deck-state.js";
import type { PluginEntry } from "../text/entries.js";
import { emitFlow } from "./emit.js";
import type { Place } from "./locate.js";
import { NotEditable } from "./splices.js";
import { Users } from "./users.js";
import { type EditedEntry, type Wish, wishesOf, wishesWrittenOut } from "./wish.js";

/** Each wish moves at most twice, the minority before the majority; then configurations are written out. */
const maxRounds = 8;

/**
 * Decides where each edit is made. A text that several plugins take over is changed only where all of them want that;
 * else the plugin that wants it says so itself, or, where it cannot, gets its configuration written out.
 */
export function settleWishes(edited: readonly EditedEntry[], state: DeckState): readonly Wish[] {
  const wishes = new Map<PluginEntry, readonly Wish[]>();
  for (const one of edited) wishes.set(one.entry, attempt(one));
  const isAnyShared = [...wishes.values()].flat().some(({ root }) => root !== undefined);
  const users = isAnyShared ? usersOf(state) : new Users();

  // Each round, what can be said elsewhere goes there; only where nothing can, configurations are written out.
  for (let round = 0; round < maxRounds; round++) {
    const contested = contestedRoots(wishes, users);
    if (contested.size === 0) return [...wishes.values()].flat();
    const moving = movingWishes([...wishes.values()].flat(), contested);
    const movable = new Set([...moving].flatMap(({ root }) => root ?? []));
    for (const one of edited) {
      const own = wishes.get(one.entry) ?? [];
      const isStuck = own.some((wish) => isIn(wish, contested) && !isIn(wish, movable));
      const moved = own.map((wish) => (moving.has(wish) ? (wish.instead ?? wish) : wish));
      wishes.set(one.entry, isStuck ? wishesWrittenOut(one) : moved);
    }
  }
  throw new NotEditable();
}

/** What can be said elsewhere; of different values for one place, that which most want stays for now. */
function movingWishes(wishes: readonly Wish[], contested: ReadonlySet<ParsedNode>): ReadonlySet<Wish> {
  const movable = wishes.filter((wish) => wish.instead !== undefined && isIn(wish, contested));
  const counts = new Map<string, number>();
  for (const wish of movable) counts.set(wishKey(wish), (counts.get(wishKey(wish)) ?? 0) + 1);
  const most = new Map<string, Wish>();
  for (const wish of movable) {
    const leader = most.get(placeKey(wish.place));
    const isMore = leader === undefined || (counts.get(wishKey(wish)) ?? 0) > (counts.get(wishKey(leader)) ?? 0);
    if (isMore) most.set(placeKey(wish.place), wish);
  }
  const isMost = (wish: Wish) => wishKey(most.get(placeKey(wish.place)) ?? wish) === wishKey(wish);
  const minority = movable.filter((wish) => !isMost(wish));
  return new Set(minority.length > 0 ? minority : movable);
}

function attempt(edited: EditedEntry): readonly Wish[] {
  try {
    return wishesOf(edited);
  } catch (error) {
    if (error instanceof NotEditable) return wishesWrittenOut(edited);
    throw error;
  }
}

function isIn({ root }: Wish, roots: ReadonlySet<ParsedNode>): boolean {
  return root !== undefined && roots.has(root);
}

/** Shared texts in which something is wanted that not all of their users want. */
function contestedRoots(wishes: ReadonlyMap<PluginEntry, readonly Wish[]>, users: Users): ReadonlySet<ParsedNode> {
  const wanted = new Map([...wishes].map(([entry, own]) => [entry, new Wanted(own)]));
  const contested = new Set<ParsedNode>();
  const agreed = new Map<ParsedNode, Set<string>>();
  for (const wish of [...wishes.values()].flat()) {
    const { root } = wish;
    if (root === undefined || contested.has(root)) continue;
    const known = agreed.get(root) ?? new Set();
    if (known.has(wishKey(wish))) continue;
    const isAgreed = [...users.of(root)].every(
      (user) => user !== "elsewhere" && wanted.get(user)?.isContentWith(wish) === true,
    );
    if (isAgreed) agreed.set(root, known.add(wishKey(wish)));
    else contested.add(root);
  }
  return contested;
}

/** What one plugin wants. */
class Wanted {
  readonly #wishes: ReadonlySet<string>;
  /** Where the plugin says values so that they win over what is shared. */
  readonly #said = new Map<string, ParsedNode | undefined>();

  constructor(wishes: readonly Wish[]) {
    this.#wishes = new Set(wishes.map(wishKey));
    for (const { path, value, root } of wishes) if (value !== undefined) this.#said.set(JSON.stringify(path), root);
  }

  /** Whether the plugin wants the same, or says the value elsewhere. */
  isContentWith(wish: Wish): boolean {
    if (this.#wishes.has(wishKey(wish))) return true;
    const path = JSON.stringify(wish.path);
    return this.#said.has(path) && this.#said.get(path) !== wish.root;
  }
}

function wishKey(wish: Wish): string {
  return `${placeKey(wish.place)}=${valueKey(wish)}`;
}

function valueKey({ value }: Wish): string {
  return value === undefined ? "" : emitFlow(value, "json");
}

function placeKey(place: Place): string {
  switch (place.kind) {
    case "pair":
      return `${place.pair.key.range[0]}`;
    case "item":
      return `${place.node.range[0]}`;
    case "absent":
      return `${place.map.range[0]}+${place.rest.join("\0")}`;
    case "extension":
      return `${place.map.range[0]}+${place.key}\0${place.inner}`;
  }
}

function usersOf(state: DeckState): Users {
  const users = new Users();
  for (const { reader, file } of state.files) {
    for (const entry of file.plugins) users.addPlugin(reader, entry, state.sharedConfigOf(entry, reader));
    const configs = [...file.pluginConfigs.values()].flatMap(({ pair }) => pair.value ?? []);
    const { root } = reader.parsed;
    if (root !== undefined)
      users.addElsewhere(reader, root, new Set([...file.plugins.map(({ node }) => node), ...configs]));
  }
  return users;
}
