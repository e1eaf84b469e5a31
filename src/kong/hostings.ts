import type { DocumentedFact } from "./fact.js";
import type { Hosting } from "./streamed-and-cloned.js";
import { updatePathsPage } from "./update-paths.js";

const dedicatedPage = "https://developer.konghq.com/dedicated-cloud-gateways/reference/#custom-plugins";

/** Where the files of a plugin can be put on the nodes: where the user runs them. */
export const installedHostings = {
  konnect: true,
  "self-managed-hybrid": true,
  traditional: true,
  "db-less": true,
  "dedicated-cloud": false,
  serverless: false,
} as const satisfies Record<Hosting, boolean>;

export type InstalledHosting = {
  [H in Hosting]: (typeof installedHostings)[H] extends true ? H : never;
}[Hosting];

export function isInstalledHosting(hosting: Hosting): hosting is InstalledHosting {
  return installedHostings[hosting];
}

export const hostings = [
  "konnect",
  "self-managed-hybrid",
  "traditional",
  "db-less",
  "dedicated-cloud",
  "serverless",
] as const satisfies readonly Hosting[];

export const hostingNames = {
  konnect: "Konnect with data plane nodes of your own",
  "self-managed-hybrid": "a self-managed hybrid deployment",
  traditional: "nodes with a database",
  "db-less": "nodes without a database",
  "dedicated-cloud": "Dedicated Cloud Gateways",
  serverless: "Serverless Gateways",
} as const satisfies Record<Hosting, string>;

export const installedFacts = [
  {
    id: "dedicated-cloud-streams",
    fact: "Dedicated Cloud Gateways get custom plugins streamed; Kong runs their nodes, and nobody else puts files there.",
    source: dedicatedPage,
  },
  {
    id: "installed-on-own-nodes",
    fact: "A custom plugin on Konnect in hybrid mode is installed by its user on each data plane node.",
    source: updatePathsPage,
  },
] as const satisfies readonly DocumentedFact[];
