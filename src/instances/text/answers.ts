import { isMap, isSeq } from "yaml";
import { InstanceError } from "../errors.js";
import { EntryFinder, type Place, type PluginEntry } from "./entries.js";
import type { NodeReader } from "./nodes.js";

/** Pages of `GET …/plugins`, or one plugin. */
export interface Answers {
  readonly plugins: readonly PluginEntry[];
  /** How many pages say that another one follows. */
  readonly continued: number;
  readonly pages: number;
}

/**
 * Finds the plugins in answers of the Admin API and of Konnect: a page (`data`, or `items` in Konnect's older API), several
 * pages in a list, the answer for one plugin (bare, or under `item`), or a bare list of plugins.
 */
export function findInAnswers(reader: NodeReader): Answers {
  const finder = new EntryFinder(reader);
  return answersAt(finder, { node: reader.parsed.root ?? null, keys: [], sharedBy: [] });
}

const pageKeys = ["data", "items", "plugins"] as const;

function answersAt(finder: EntryFinder, place: Place): Answers {
  const { node } = place;
  if (isSeq(node)) {
    const parts = finder.items(place, "the answer").map((item) => answersAt(finder, item));
    return {
      plugins: parts.flatMap(({ plugins }) => plugins),
      continued: parts.reduce((sum, part) => sum + part.continued, 0),
      pages: parts.reduce((sum, part) => sum + part.pages, 0),
    };
  }
  const map = isMap(node) ? finder.map(place, "the answer") : undefined;
  if (map === undefined) {
    throw new InstanceError(
      "instances-wrong-shape",
      "this is neither a plugin, nor a list of plugins, nor a page of them",
      finder.reader.parsed.positionAt(node?.range[0] ?? 0),
    );
  }
  const { entries } = map;
  const item = entries.get("item");
  if (item !== undefined)
    return { plugins: [finder.plugin(finder.inside(place, item, "item"), {})], continued: 0, pages: 0 };
  const key = pageKeys.find((candidate) => entries.has(candidate));
  if (key === undefined) {
    // An error answer has a message and no name.
    if (!entries.has("name") && entries.has("message")) {
      throw new InstanceError(
        "instances-answer-invalid",
        `the answer is an error: ${finder.text(entries, "message") ?? ""}`,
        finder.reader.positionOf(map.node),
        "Ask again, and save the answer of a request that succeeds.",
      );
    }
    return { plugins: [finder.plugin(place, {})], continued: 0, pages: 0 };
  }
  const next = ["next", "offset"].map((name) => finder.reader.value(entries.get(name)?.pair.value ?? null));
  return {
    plugins: finder.list(entries, key, place).map((plugin) => finder.plugin(plugin, {})),
    continued: next.some((value) => value !== null) ? 1 : 0,
    pages: 1,
  };
}
