import { type Hosting, streamingSwitch } from "../../kong/streamed-and-cloned.js";
import type { DefinitionKind, PluginFiles } from "../commands/entity-api.js";
import type { CloneDefinition, Command, Condition, StepOwner } from "../plan.js";

/** What a step has to know of the deployment in which it is done: who, where, with which commands, and what follows. */
export interface HostingKit {
  readonly hosting: Hosting;
  /** Where instances are edited. */
  readonly controlPlane: Place;
  /** Where requests are served. */
  readonly nodes: Place & {
    /** For titles: `"each data plane node"`. */
    readonly each: string;
  };
  /** Where a test does no harm. */
  readonly testPlace: string;
  readonly words: HostingWords;
  readonly commands: HostingCommands;
  /** What must hold before a plugin can be streamed or cloned here, the Gateway's version and the switch for two. */
  readonly definitionsNeed: readonly Condition[];
}

export interface Place {
  readonly who: StepOwner;
  readonly where: string;
}

export interface HostingWords {
  /** How one comes to a file of all entities, as the begin of a sentence: `"Export the entities to kong.yaml"`. */
  readonly openEntities: string;
  /** What follows from a change that somebody saves, as the end of a sentence. */
  readonly afterChange: string;
  /** What a node does that cannot take what it is given. */
  readonly refusal: string;
  /** What a change means for nodes that do not have the new version. */
  readonly oldVersionLeft: string;
  /** What to do about nodes that come and go; absent where Kong runs them. */
  readonly holdNodes?: string;
  /** The state in which all nodes have what was given to them last. */
  readonly inSync: string;
}

export interface HostingCommands {
  /** For the shell that the others are pasted into. */
  readonly setEnvironment: () => Command;
  readonly listInstances: (name: string) => Command;
  readonly deleteInstances: (name: string) => readonly Command[];
  /** Writes the entities down for the way back. */
  readonly keepEntities: (file: string, withDefinitions: boolean) => Command;
  /** From the entities as they are to the edited file that everybody has. */
  readonly editEntities: (file: string) => readonly Command[];
  /** Shows the state that `words.inSync` names. */
  readonly areInSync: (name: string) => readonly Command[];
  /** Shows whether a definition has come to every node. */
  readonly hasArrived: (name: string) => readonly Command[];
  readonly findProblems: (name: string) => readonly Command[];
  readonly createStreamed: (name: string, files: PluginFiles) => readonly Command[];
  readonly createCloned: (clone: CloneDefinition) => readonly Command[];
  readonly showDefinition: (kind: DefinitionKind, name: string) => Command;
  readonly deleteDefinition: (kind: DefinitionKind, name: string) => readonly Command[];
  readonly countClones: (ref: string) => Command;
  /** Shows nothing, or 404, where there is none. */
  readonly expectNoDefinition: (kind: DefinitionKind, name: string) => Command;
}

/** That the nodes take streamed plugins and clones, as a sentence. */
export function switchedOn(nodes: string): string {
  const { setting, on, environmentVariable, default: byDefault, earlierSetting } = streamingSwitch;
  return `${nodes}, and the image of new ones, has \`${setting} = ${on}\` (environment variable ${environmentVariable}; it is ${byDefault} by default, and was called ${earlierSetting} in the first release candidate).`;
}

/** The file with all entities that is edited, and the one that is kept for the way back. */
export const entitiesFile = "kong.yaml";
export const keptEntitiesFile = "kong.before.yaml";
