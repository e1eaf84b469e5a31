import type { CloneDefinition } from "../index.js";
import { definitionReference, findDefinition, readDefinitions } from "./definitions.js";
import { CliError } from "./errors.js";
import type { PluginTexts } from "./jobs/plan.js";
import type { PlanRequest } from "./request.js";
import type { GitOptions } from "./git.js";
import { readOneText } from "./side.js";

/** Whether the request is about clones, by its own words or by what it names. */
export function isAboutClones({ distribution, old, new: now, oldClone, newClone }: PlanRequest): boolean {
  if (distribution !== undefined) return distribution === "cloned";
  const isClone = (shown: string | undefined) =>
    shown !== undefined && definitionReference(shown)?.section === "cloned_plugins";
  return oldClone !== undefined || newClone !== undefined || isClone(old) || isClone(now);
}

/** The two clones, and all that the files name beside them. */
export function cloneTexts(request: PlanRequest, options: GitOptions): PluginTexts {
  const old = readClone(request.old, request.oldClone, options);
  const now = readClone(request.new, request.newClone, options);
  if (now === undefined) {
    throw new CliError(
      "usage",
      "there is no new clone to plan for",
      "Give it as kong.yaml#cloned_plugins/NAME or with --new-clone NAME:REF:PRIORITY.",
    );
  }
  const present = [...(old?.present ?? []), ...now.present];
  return { kind: "clone", clone: { old: old?.clone, new: now.clone, present: withoutRepeats(present) } };
}

interface FoundClone {
  readonly clone: CloneDefinition;
  /** All that stand beside it. */
  readonly present: readonly CloneDefinition[];
}

function readClone(
  shown: string | undefined,
  given: CloneDefinition | undefined,
  options: GitOptions,
): FoundClone | undefined {
  if (given !== undefined) return { clone: given, present: [] };
  if (shown === undefined) return undefined;
  const reference = definitionReference(shown);
  if (reference?.section !== "cloned_plugins") {
    throw new CliError(
      "usage",
      `${shown} is no clone`,
      "Name one as kong.yaml#cloned_plugins/NAME, or give it with --old-clone and --new-clone.",
    );
  }
  const { cloned } = readDefinitions(readOneText(reference.file, options), reference.file);
  return { clone: findDefinition(cloned, reference), present: cloned };
}

function withoutRepeats(clones: readonly CloneDefinition[]): readonly CloneDefinition[] {
  return [...new Map(clones.map((clone) => [clone.name, clone])).values()];
}
