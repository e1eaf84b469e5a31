import { isAlias, isMap, isSeq, type ParsedNode } from "yaml";
import type { SharedConfig } from "../deck-state.js";
import type { PluginEntry } from "../text/entries.js";
import type { NodeReader } from "../text/nodes.js";

/** Who takes over a text that can be shared: plugins, or `elsewhere` for any other place in the file. */
export type User = PluginEntry | "elsewhere";

/** For every text that can be shared, all that depend on what stands in it. */
export class Users {
  readonly #users = new Map<ParsedNode, Set<User>>();

  of(root: ParsedNode): ReadonlySet<User> {
    return this.#users.get(root) ?? new Set();
  }

  /** Notes what a plugin depends on: its own anchors, what its aliases name, the shared configuration. */
  addPlugin(reader: NodeReader, entry: PluginEntry, shared: SharedConfig | undefined): void {
    for (const list of entry.sharedBy) this.#add(list, entry);
    this.#walk(reader, entry.node, entry);
    if (shared === undefined) return;
    this.#add(shared.node, entry);
    this.#walk(shared.owner.reader, shared.node, entry);
  }

  /** Notes the aliases below a node that stand in none of the given stretches. */
  addElsewhere(reader: NodeReader, node: ParsedNode, stretches: ReadonlySet<ParsedNode>): void {
    if (stretches.has(node)) return;
    if (isAlias(node)) this.#walk(reader, node, "elsewhere");
    if (isSeq(node)) for (const item of node.items) this.addElsewhere(reader, item, stretches);
    if (!isMap(node)) return;
    for (const { value } of node.items) if (value !== null) this.addElsewhere(reader, value, stretches);
  }

  #walk(reader: NodeReader, node: ParsedNode, user: User): void {
    const target = reader.target(node);
    if (target.anchor !== undefined) {
      if (this.#users.get(target)?.has(user) === true && isAlias(node)) return;
      this.#add(target, user);
    }
    if (isSeq(target)) for (const item of target.items) this.#walk(reader, item, user);
    if (!isMap(target)) return;
    for (const { value } of target.items) if (value !== null) this.#walk(reader, value, user);
  }

  #add(root: ParsedNode, user: User): void {
    const users = this.#users.get(root) ?? new Set();
    users.add(user);
    this.#users.set(root, users);
  }
}
