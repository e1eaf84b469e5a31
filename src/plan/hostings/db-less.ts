import { pluginDefinitionsInDeck } from "../../kong/streamed-and-cloned.js";
import { adminApi, loadFile, setEnvironment, showConfigurationHash } from "../commands/admin-api.js";
import { clonedFile, writeStreamed } from "../commands/deck.js";
import * as entities from "../commands/entity-api.js";
import { keepFile, parseFile, replaceConfigurationFile, searchErrors } from "../commands/node.js";
import { type HostingKit, entitiesFile } from "./hosting.js";
import { traditional } from "./self-managed.js";

const load = [
  parseFile(entitiesFile),
  replaceConfigurationFile(traditional.nodes.each, entitiesFile),
  loadFile(entitiesFile),
];

/** Nodes without a database, each with the declarative configuration file. */
export const dbLess: HostingKit = {
  hosting: "db-less",
  controlPlane: { who: "gateway administrator", where: `${entitiesFile}, the declarative configuration file` },
  nodes: traditional.nodes,
  testPlace: "a node without production traffic",
  words: {
    openEntities: `Take ${entitiesFile}, the declarative configuration file that all nodes load`,
    afterChange: "is judged by each node with the version of the plugin that the node has at that moment",
    refusal:
      "A node refuses the file as a whole: a running one keeps the configuration that it has, and one that starts with the file does not start.",
    oldVersionLeft: "A node with the old version may refuse a file that fits the new one, and the other way round.",
    holdNodes: "Hold autoscaling and restarts of nodes, except where a step below asks for one.",
    inSync: "Every node shows the same hash.",
  },
  commands: {
    setEnvironment,
    listInstances: (name) => entities.listInstances(adminApi, name),
    deleteInstances: () => load,
    keepEntities: (file) => keepFile(entitiesFile, file),
    editEntities: () => load,
    areInSync: () => [showConfigurationHash()],
    hasArrived: () => [showConfigurationHash()],
    findProblems: (name) => [searchErrors("each node", name)],
    createStreamed: (name, files) => [
      writeStreamed(
        name,
        files,
        "definition.json",
        `Write the entry of ${pluginDefinitionsInDeck.streamed} for ${entitiesFile}; JSON can be pasted into YAML`,
      ),
      ...load,
    ],
    createCloned: (clone) => [
      clonedFile(clone, `The entry of ${pluginDefinitionsInDeck.cloned} for ${entitiesFile}`),
      ...load,
    ],
    showDefinition: (kind, name) => entities.showDefinition(adminApi, kind, name),
    deleteDefinition: () => load,
    countClones: (ref) => entities.countClones(adminApi, ref),
    expectNoDefinition: (kind, name) => entities.expectNoDefinition(adminApi, kind, name),
  },
  definitionsNeed: traditional.definitionsNeed.slice(0, 2),
};
