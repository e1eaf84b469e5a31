import type { ParsedNode } from "yaml";
import { InstanceError } from "../errors.js";
import type { InstanceScope } from "../instance.js";
import { EntryFinder, type Place, type PluginEntry } from "./entries.js";
import type { Entry, NodeReader } from "./nodes.js";

/** A decK state file: https://developer.konghq.com/deck/reference/entities/. */
export interface DeckFile {
  readonly plugins: readonly PluginEntry[];
  /** `_plugin_configs`: maps that plugins take over by naming one in `_config`. */
  readonly pluginConfigs: ReadonlyMap<string, Entry>;
  /** The map under `_plugin_configs`. */
  readonly pluginConfigsPlace: Place | undefined;
  readonly formatVersion: string | undefined;
}

/** What a decK file may hold around plugins, and by which of their keys such things are called. */
const owners = [
  { list: "services", scope: "service", names: ["name", "id"] },
  { list: "routes", scope: "route", names: ["name", "id"] },
  { list: "consumers", scope: "consumer", names: ["username", "custom_id", "id"] },
  { list: "consumer_groups", scope: "consumerGroup", names: ["name", "id"] },
] as const satisfies readonly {
  readonly list: string;
  readonly scope: keyof InstanceScope;
  readonly names: readonly string[];
}[];

type Owner = (typeof owners)[number];

/** Finds all plugins in the file, in the order of the text. */
export function findInDeckFile(reader: NodeReader): DeckFile {
  const finder = new EntryFinder(reader);
  const root: Place = { node: reader.parsed.root ?? null, keys: [], sharedBy: [] };
  const top = finder.map(root, "a decK file");
  if (top === undefined)
    throw new InstanceError("instances-wrong-shape", "the file is empty", reader.parsed.positionAt(0));
  const configs = top.entries.get("_plugin_configs");
  const pluginConfigsPlace = configs && finder.inside(root, configs, "_plugin_configs");
  const pluginConfigs = pluginConfigsPlace && finder.map(pluginConfigsPlace, "_plugin_configs")?.entries;
  const plugins = [
    ...finder.list(top.entries, "plugins", root).map((place) => finder.plugin(place, {})),
    ...owners.flatMap((owner) => ownedPlugins(finder, owner, top.entries, root)),
  ];
  return {
    plugins: plugins.toSorted((a, b) => a.node.range[0] - b.node.range[0]),
    pluginConfigs: pluginConfigs ?? new Map<string, Entry>(),
    pluginConfigsPlace,
    formatVersion: formatVersion(finder, top.entries.get("_format_version")?.pair.value ?? null),
  };
}

function ownedPlugins(
  finder: EntryFinder,
  owner: Owner,
  entries: ReadonlyMap<string, Entry>,
  above: Place,
): readonly PluginEntry[] {
  return finder.list(entries, owner.list, above).flatMap((place) => {
    const map = finder.map(place, `an entry of ${owner.list}`);
    if (map === undefined) return [];
    const name = owner.names.map((key) => finder.text(map.entries, key)).find((text) => text !== undefined);
    const scope = { [owner.scope]: name ?? `entry ${place.keys.join(".")}` };
    const own = finder.list(map.entries, "plugins", place).map((plugin) => finder.plugin(plugin, scope));
    // A plugin of a route inside a service belongs to the route alone (`ingestRoute` in decK's builder).
    const routes = owner.list === "services" ? ownedPlugins(finder, routeOwner, map.entries, place) : [];
    return [...own, ...routes];
  });
}

const [, routeOwner] = owners;

/** decK itself refuses a version that is not a text. */
function formatVersion(finder: EntryFinder, node: ParsedNode | null): string | undefined {
  const version = finder.reader.value(node);
  if (version === null) return undefined;
  if (version === "3.0") return version;
  throw new InstanceError(
    "instances-format-version",
    `_format_version is ${JSON.stringify(version)}, and only the text "3.0" is known`,
    node === null ? undefined : finder.reader.positionOf(node),
    typeof version === "string" && /^[12]\./.test(version)
      ? "Convert the file with: deck file convert --from kong-gateway-2.x --to kong-gateway-3.x."
      : 'Where it is a file of decK for Gateway 3.x, write _format_version: "3.0", in quotes.',
  );
}
