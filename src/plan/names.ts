import { isBundledPlugin } from "../kong/bundled-plugins.js";
import type { Distribution } from "../kong/distribution.js";
import { cloningPage, pluginNameRule, streamingPage } from "../kong/streamed-and-cloned.js";
import { updatePathsPage } from "../kong/update-paths.js";
import type { Finding } from "../schema/model.js";
import { PlanError } from "./errors.js";
import { proposeName } from "./name-proposal.js";
import type { Strategy } from "./plan.js";

export interface NameRequest {
  readonly distribution: Distribution;
  /** Undefined where nobody chose one. */
  readonly strategy: Strategy | undefined;
  /** Undefined where there is no old version. */
  readonly oldName: string | undefined;
  /** What the new version calls itself. */
  readonly ownName: string;
  /** What was asked for in its place. */
  readonly newName: string | undefined;
  readonly takenNames: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
}

/** The name that the new version is to have, and whether it is another plugin by that. */
export interface ChosenName {
  readonly newName: string;
  readonly strategy: Strategy;
}

/** Throws a `PlanError` for a name that the new version cannot have. */
export function chooseName(request: NameRequest): ChosenName {
  const { distribution, oldName, ownName, newName = ownName } = request;
  if (oldName === undefined) {
    checkName(newName, request);
    return { newName, strategy: "in-place" };
  }
  const strategy = strategyOf(request);
  if (strategy === "in-place") return { newName, strategy };
  if (request.newName === oldName) throw notNew(oldName, distribution);
  if (newName !== oldName) {
    checkName(newName, request);
    return { newName, strategy };
  }
  const isTaken = (name: string) => isBundledPlugin(name) || request.takenNames.includes(name);
  const proposed = proposeName({ ...request, oldName, isRuled: distribution !== "installed", isTaken });
  return { newName: proposed, strategy };
}

function strategyOf({ distribution, strategy, oldName, ownName, newName = ownName }: NameRequest): Strategy {
  if (distribution === "installed") {
    if (strategy !== "in-place") return strategy ?? (newName === oldName ? "in-place" : "side-by-side");
    if (newName === oldName) return strategy;
    throw new PlanError(
      "strategy-unsupported",
      `${newName} cannot take the place of ${oldName ?? ""}: to Kong a plugin under another name is another plugin`,
      "Keep the name, or plan the two side by side.",
      updatePathsPage,
    );
  }
  if (strategy !== "in-place") return "side-by-side";
  const [what, page] = distribution === "streamed" ? ["a streamed plugin", streamingPage] : ["a clone", cloningPage];
  throw new PlanError(
    "strategy-unsupported",
    `${what} cannot be changed in place: while instances refer to it, its definition can be neither changed nor deleted`,
    "Leave the strategy out: the new version becomes a plugin of its own.",
    page,
  );
}

function notNew(name: string, distribution: Distribution): PlanError {
  const pages = { installed: updatePathsPage, streamed: streamingPage, cloned: cloningPage } as const;
  return new PlanError(
    "name-not-new",
    `the new version cannot be called ${name} too: Kong tells plugins apart by their names alone, and the old version has this one`,
    "Leave the name out to have one proposed, or choose another one.",
    pages[distribution],
  );
}

function checkName(name: string, { distribution, newName, takenNames }: NameRequest): void {
  // For streamed plugins the rule is an inference: it binds who chooses a name, and warns who has one.
  const isBound = distribution === "cloned" || (distribution === "streamed" && newName !== undefined);
  if (isBound && !pluginNameRule.pattern.test(name)) {
    throw new PlanError(
      "name-invalid",
      `${JSON.stringify(name)} cannot be the name of a ${distribution} plugin: it must be ${pluginNameRule.words}`,
      `Choose for example ${proposeName({ oldName: name, from: null, to: null, isRuled: true, isTaken: () => false }).replace(/-v\d+$/, "")}.`,
      pluginNameRule.source,
    );
  }
  const isChosen = newName !== undefined || distribution !== "installed";
  if (isChosen && (isBundledPlugin(name) || takenNames.includes(name))) {
    throw new PlanError(
      "name-taken",
      `${name} is already the name of ${isBundledPlugin(name) ? "a plugin that comes with the Gateway" : "another plugin"}`,
      "Choose another name; a prefix of your own helps with plugins that are still to come.",
      distribution === "installed" ? updatePathsPage : cloningPage,
    );
  }
}

/** What is to be said of a name that was not chosen, but is there. */
export function nameFindings(name: string, distribution: Distribution): readonly Finding[] {
  if (distribution !== "streamed" || pluginNameRule.pattern.test(name)) return [];
  return [
    {
      id: "streamed-name",
      severity: "warning",
      message: `${name} may be refused as the name of a streamed plugin: the name of a clone must be ${pluginNameRule.words}, and streamed plugins are taken to share the rule.`,
      source: pluginNameRule.source,
    },
  ];
}
