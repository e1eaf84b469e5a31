import { cloningSince, pluginDefinitionRoles } from "../../kong/streamed-and-cloned.js";
import { adminApi, listDataPlanes, setEnvironment, showParameters } from "../commands/admin-api.js";
import * as deck from "../commands/deck.js";
import * as entities from "../commands/entity-api.js";
import { searchErrors, searchHeldBack, searchRefusals, showStreamingSwitch, showVersion } from "../commands/node.js";
import type { Command, Condition } from "../plan.js";
import { type HostingCommands, type HostingKit, entitiesFile, switchedOn } from "./hosting.js";
import { payloadRefusal } from "./konnect.js";

const { adminApiDeck } = deck;

const commands: Omit<HostingCommands, "areInSync" | "hasArrived" | "findProblems"> = {
  setEnvironment,
  listInstances: (name) => entities.listInstances(adminApi, name),
  deleteInstances: (name) => [entities.deleteInstances(adminApi, name)],
  keepEntities: (file, withDefinitions) => deck.dump(adminApiDeck, file, withDefinitions),
  editEntities: (file) => [deck.dump(adminApiDeck, file), deck.diff(adminApiDeck, file), deck.sync(adminApiDeck, file)],
  createStreamed: (name, files) => [
    entities.createStreamed(adminApi, name, files),
    deck.writeStreamed(name, files, "definition.json"),
    deck.apply(adminApiDeck, "definition.json"),
  ],
  createCloned: (clone) => [
    entities.createCloned(adminApi, clone),
    deck.clonedFile(clone),
    deck.apply(adminApiDeck, "definition.yaml"),
  ],
  showDefinition: (kind, name) => entities.showDefinition(adminApi, kind, name),
  deleteDefinition: (kind, name) => [entities.deleteDefinition(adminApi, kind, name)],
  countClones: (ref) => entities.countClones(adminApi, ref),
  expectNoDefinition: (kind, name) => entities.expectNoDefinition(adminApi, kind, name),
};

function definitionsNeed(nodes: string, versions: Command): readonly Condition[] {
  const [admin, others] = [pluginDefinitionRoles.selfManaged, pluginDefinitionRoles.readOnly];
  return [
    {
      expect: `Every node runs Gateway ${cloningSince} or later: an older one does not know these plugins.`,
      commands: [versions],
    },
    {
      expect: switchedOn(nodes),
      commands: [showStreamingSwitch("each node")],
    },
    {
      expect: `Where the Admin API asks for a token, it is that of a ${admin.join(" or ")}: ${others.join(" and ")} can only read definitions.`,
      commands: [],
    },
  ];
}

/** Control plane and data plane nodes, both run by their user. */
export const selfManagedHybrid: HostingKit = {
  hosting: "self-managed-hybrid",
  controlPlane: { who: "control plane administrator", where: "the control plane" },
  nodes: {
    who: "data plane operator",
    where: "every data plane node, and the image of new ones",
    each: "each data plane node",
  },
  testPlace: "a control plane and data plane nodes without production traffic",
  words: {
    openEntities: `Export the entities to ${entitiesFile}`,
    afterChange: "pushes a payload to every data plane node",
    refusal: payloadRefusal,
    oldVersionLeft: `Each of them judges it with the schema that it has at that moment. ${payloadRefusal}`,
    holdNodes: "Hold autoscaling and restarts of all nodes, except where a step below asks for one.",
    inSync: "Every data plane node is normal and has the same hash.",
  },
  commands: {
    ...commands,
    areInSync: () => [listDataPlanes()],
    hasArrived: () => [listDataPlanes()],
    findProblems: () => [searchHeldBack(), searchRefusals()],
  },
  definitionsNeed: definitionsNeed("Every control plane and data plane node", listDataPlanes()),
};

/** Nodes that share a database, each of them with an Admin API. */
export const traditional: HostingKit = {
  hosting: "traditional",
  controlPlane: { who: "gateway administrator", where: "the Admin API, on any one node" },
  nodes: { who: "gateway administrator", where: "every node, and the image of new ones", each: "each node" },
  testPlace: "a node with a database of its own, without production traffic",
  words: {
    openEntities: `Export the entities to ${entitiesFile}`,
    afterChange: "is read by every node within seconds, whichever version of the plugin it has",
    refusal:
      "A node that finds an instance of a plugin that it does not have cannot build its list of plugins: a running one goes on with the list that it has, a starting one fails.",
    oldVersionLeft:
      "What is saved is judged by the schema of the node whose Admin API is asked, and read by each node under its own.",
    holdNodes: "Hold autoscaling and restarts of nodes, except where a step below asks for one.",
    inSync: "No node has logged an error of the plugin.",
  },
  commands: {
    ...commands,
    areInSync: (name) => [searchErrors("each node", name)],
    hasArrived: (name) => [showParameters(name)],
    findProblems: (name) => [searchErrors("each node", name)],
  },
  definitionsNeed: definitionsNeed("Every node", showVersion("each node")),
};
