import type { Hosting } from "../kong/streamed-and-cloned.js";
import type { ControlPlaneKind } from "./world.js";

/** What sends the configuration to the data plane nodes of a hosting; undefined where nothing does. */
export function controlPlaneOf(hosting: Hosting): ControlPlaneKind | undefined {
  switch (hosting) {
    case "konnect":
    case "dedicated-cloud":
    case "serverless":
      return "konnect";
    case "self-managed-hybrid":
      return "self-managed";
    case "traditional":
    case "db-less":
      return undefined;
  }
}
