import type { LintedFactId } from "./sources.js";

const inThePlan = "It is a step of the plan, not a property of the files.";
const ofTheDeployment = "It is a property of the deployment, which the files do not show.";
const asksForNothing = "It says what happens, and asks for nothing.";
const ofTheRequest = "It is about who makes the request and how, which the files do not show.";

/** The documented facts that no rule watches over, and why. */
export const notChecked = {
  "files-on-every-data-plane": inThePlan,
  "installed-on-own-nodes": inThePlan,
  "streaming-since-konnect":
    "It contradicts the documentation's 3.15 and concerns one hosting only: the stricter fact has a rule.",
  "streaming-switch": ofTheDeployment,
  "streaming-switch-earlier-name": ofTheDeployment,
  "streaming-switch-missing": ofTheDeployment,
  "streaming-switch-off": ofTheDeployment,
  "streaming-roles": ofTheRequest,
  "streaming-endpoints": ofTheRequest,
  "streaming-in-use": inThePlan,
  "streaming-update-path": inThePlan,
  "definition-read-only-roles": ofTheRequest,
  "cloning-what": asksForNothing,
  "cloning-switch": ofTheDeployment,
  "cloning-order": asksForNothing,
  "cloning-roles": ofTheRequest,
  "cloning-in-use": inThePlan,
  "cloning-update-path": inThePlan,
} as const satisfies Partial<Record<LintedFactId, string>>;
