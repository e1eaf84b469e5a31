import { cloningSince, pluginDefinitionRoles, streamingSwitch } from "../../kong/streamed-and-cloned.js";
import * as deck from "../commands/deck.js";
import * as entities from "../commands/entity-api.js";
import { compareHashes, konnectApi, listCompatibility, setEnvironment } from "../commands/konnect.js";
import { searchRefusals, showStreamingSwitch } from "../commands/node.js";
import type { Condition } from "../plan.js";
import { type HostingCommands, type HostingKit, type HostingWords, entitiesFile, switchedOn } from "./hosting.js";

const each = "each data plane node";

/** kong/clustering/data_plane.lua and kong/clustering/config_helper.lua, 3.9.1. */
export const payloadRefusal =
  "A node refuses a payload as a whole: it keeps its last good configuration, and a node that has none serves nothing.";

const { konnectDeck } = deck;

const commands: HostingCommands = {
  setEnvironment,
  listInstances: (name) => entities.listInstances(konnectApi, name),
  deleteInstances: (name) => [entities.deleteInstances(konnectApi, name)],
  keepEntities: (file, withDefinitions) => deck.dump(konnectDeck, file, withDefinitions),
  editEntities: (file) => [deck.dump(konnectDeck, file), deck.diff(konnectDeck, file), deck.sync(konnectDeck, file)],
  areInSync: () => [compareHashes()],
  hasArrived: () => [compareHashes(), listCompatibility()],
  findProblems: () => [searchRefusals()],
  createStreamed: (name, files) => [
    entities.createStreamed(konnectApi, name, files),
    deck.writeStreamed(name, files, "definition.json"),
    deck.apply(konnectDeck, "definition.json"),
  ],
  // Konnect's API description has no clones: decK makes them.
  createCloned: (clone) => [deck.clonedFile(clone), deck.apply(konnectDeck, "definition.yaml")],
  showDefinition: (kind, name) =>
    kind === "streamed"
      ? entities.showDefinition(konnectApi, kind, name)
      : deck.findDefinition(konnectDeck, kind, name),
  deleteDefinition: (kind, name) =>
    kind === "streamed"
      ? [entities.deleteDefinition(konnectApi, kind, name)]
      : deck.deleteDefinition(konnectDeck, kind, name),
  countClones: (ref) => deck.countClones(konnectDeck, ref),
  expectNoDefinition: (kind, name) =>
    kind === "streamed"
      ? entities.expectNoDefinition(konnectApi, kind, name)
      : deck.findDefinition(konnectDeck, kind, name),
};

const roles: Condition = {
  expect: `Your account has one of the roles ${pluginDefinitionRoles.konnect.join(", ")} on this control plane: no other may create or delete definitions.`,
  commands: [],
};

const words: HostingWords = {
  openEntities: `Export the entities to ${entitiesFile}`,
  afterChange: "pushes a payload to every data plane node",
  refusal: payloadRefusal,
  oldVersionLeft: `Each of them judges it with the schema that it has at that moment. ${payloadRefusal}`,
  inSync: "Every data plane node is in sync.",
};

/** Nodes that their user runs. */
export const konnect: HostingKit = {
  hosting: "konnect",
  controlPlane: { who: "control plane administrator", where: "the Konnect control plane" },
  nodes: { who: "data plane operator", where: "every data plane node, and the image of new ones", each },
  testPlace: "a control plane and data plane nodes without production traffic",
  words: {
    ...words,
    holdNodes: "Hold autoscaling and restarts of data plane nodes, except where a step below asks for one.",
  },
  commands,
  definitionsNeed: [
    {
      expect: `Every data plane node runs Gateway ${cloningSince} or later, and Konnect sees neither P309 (streamed plugins) nor D609 (clones) with one: an older node is sent the instances without their plugin.`,
      commands: [listCompatibility()],
    },
    {
      expect: `${switchedOn("Every data plane node")} A node without it is sent a configuration without these plugins, and may be inoperable.`,
      commands: [showStreamingSwitch(each)],
    },
    roles,
  ],
};

/** Nodes that Kong runs: nobody logs in there, so Konnect is asked instead. */
function runByKong(hosting: HostingKit["hosting"], expect: string): HostingKit {
  return {
    ...konnect,
    hosting,
    nodes: { who: "control plane administrator", where: "the data plane nodes, which Kong runs", each },
    words,
    commands: { ...commands, findProblems: () => [listCompatibility()] },
    definitionsNeed: [{ expect, commands: [listCompatibility()] }, roles],
  };
}

export const dedicatedCloud = runByKong(
  "dedicated-cloud",
  `The data plane nodes run Gateway ${cloningSince} or later, and Konnect sees neither P309 (streamed plugins) nor D609 (clones) with one: Kong runs them, so ask Kong to turn on ${streamingSwitch.setting} where P309 is shown.`,
);

export const serverless = runByKong(
  "serverless",
  `The gateway runs Gateway ${cloningSince} or later, and Konnect sees no issue with it.`,
);
