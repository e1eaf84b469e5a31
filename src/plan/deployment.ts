import type { Distribution } from "../kong/distribution.js";
import { hostingNames, installedFacts, type InstalledHosting, isInstalledHosting } from "../kong/hostings.js";
import { isSince, parseRelease } from "../kong/release.js";
import {
  cloningPage,
  cloningSince,
  type Hosting,
  streamedFacts,
  streamingHostings,
  streamingPage,
  streamingSince,
  streamingSinceOnDedicatedCloud,
} from "../kong/streamed-and-cloned.js";
import type { Finding } from "../schema/model.js";
import { PlanError } from "./errors.js";

/** A way of distribution where it is possible. */
export type Deployment =
  | { readonly distribution: "installed"; readonly hosting: InstalledHosting }
  | { readonly distribution: "streamed"; readonly hosting: Hosting }
  | { readonly distribution: "cloned"; readonly hosting: Hosting };

/** Throws a `PlanError` where nodes of that hosting, or of that Gateway version, take no such plugin. */
export function deploymentOf(
  distribution: Distribution,
  hosting: Hosting,
  gatewayVersion: string | undefined,
): Deployment {
  switch (distribution) {
    case "installed":
      if (!isInstalledHosting(hosting)) throw notInstalled(hosting);
      return { distribution, hosting };
    case "streamed":
      if (!streamingHostings[hosting]) throw notStreamed(hosting);
      requireGateway(
        gatewayVersion,
        hosting === "dedicated-cloud" ? streamingSinceOnDedicatedCloud : streamingSince,
        "streamed plugins",
        streamingPage,
      );
      return { distribution, hosting };
    case "cloned":
      requireGateway(
        gatewayVersion,
        cloningSince,
        "clones",
        cloningPage,
        ": an older node is sent the instances without their plugin (D609)",
      );
      return { distribution, hosting };
  }
}

function notInstalled(hosting: Hosting): PlanError {
  const next =
    hosting === "serverless" ? "Choose another hosting." : "Stream the plugin instead, with the distribution streamed.";
  return new PlanError(
    "hosting-unsupported",
    `a plugin cannot be installed on ${hostingNames[hosting]}: Kong runs their nodes, and nobody else puts files there`,
    next,
    installedFacts[0].source,
  );
}

function notStreamed(hosting: Hosting): PlanError {
  return new PlanError(
    "hosting-unsupported",
    `a plugin cannot be streamed to ${hostingNames[hosting]}: Konnect removes it from their configuration, and they may be inoperable (P416)`,
    "Stream it to Dedicated Cloud Gateways or to nodes of your own.",
    streamingPage,
  );
}

function requireGateway(
  gatewayVersion: string | undefined,
  since: string,
  what: string,
  page: string,
  consequence = "",
): void {
  if (gatewayVersion === undefined) return;
  const release = parseRelease(gatewayVersion);
  if (release === undefined) {
    throw new PlanError(
      "gateway-version-invalid",
      `gatewayVersion is ${JSON.stringify(gatewayVersion)}, which is not a Gateway version`,
      "Give the version of the oldest node, such as 3.15 or 3.15.0.1.",
    );
  }
  if (isSince(release, since)) return;
  throw new PlanError(
    "gateway-too-old",
    `${what} need Gateway ${since} or later on the control plane and on every data plane node, and the oldest is ${gatewayVersion}${consequence}`,
    `Update every node to ${since} first.`,
    page,
  );
}

/** What is possible, and yet not what the pages agree on. */
export function deploymentFindings(
  { distribution, hosting }: Deployment,
  gatewayVersion: string | undefined,
): readonly Finding[] {
  const release = gatewayVersion === undefined ? undefined : parseRelease(gatewayVersion);
  if (distribution === "streamed" && release !== undefined && !isSince(release, streamingSince)) {
    return [
      {
        id: "streaming-before-3.15",
        severity: "warning",
        message: `Kong's page on streaming names ${streamingSince} as the first version, Konnect's compatibility check ${streamingSinceOnDedicatedCloud}: try it on a test control plane with ${gatewayVersion ?? ""} before you count on it.`,
        source: streamedFacts[1].source,
      },
    ];
  }
  if (distribution === "cloned" && hosting === "serverless") {
    return [
      {
        id: "cloning-on-serverless",
        severity: "warning",
        message: `No page says whether Serverless Gateways take clones, and they take no streamed plugins, which the same setting turns on: try it with one clone and look at Konnect's compatibility issues before you count on it.`,
        source: cloningPage,
      },
    ];
  }
  return [];
}
