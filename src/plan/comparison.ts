import type { InstalledHosting } from "../kong/hostings.js";
import type { ComparisonRow, StrategyComparison } from "./plan.js";

/** What the two strategies mean for an installed plugin whose versions do not bear with each other. */
export function compareStrategies(hosting: InstalledHosting, newName: string): StrategyComparison {
  return { newName, rows: comparisons[hosting] };
}

const switchWindow =
  "Only around the switch; files and schema need none, for no instance of the new plugin exists yet.";
const secondPlugin =
  "A second plugin on every node (files, `plugins` setting, restart), every instance once more under the new name, that name wherever the old one is used, and the removal of the old plugin later.";
const switchBack = "Switch the old instances on again: they, and all that they need, stay until you remove them.";
const switchExposure =
  "No schema ever judges an instance of the other version; for a moment both versions, or neither, may run on a request.";

const hybrid = [
  {
    aspect: "window",
    inPlace: "From the first update until the last data plane node has the new version: nothing may be changed.",
    sideBySide: switchWindow,
  },
  {
    aspect: "exposure",
    inPlace:
      "In between, data plane nodes may refuse what they are sent: those that run keep their last configuration, new ones have none.",
    sideBySide: switchExposure,
  },
  {
    aspect: "work",
    inPlace: "The files once on every node, and the instances that do not fit.",
    sideBySide: secondPlugin,
  },
  {
    aspect: "rollback",
    inPlace: "The old version and the old instances come back by the same steps, with the same exposure.",
    sideBySide: switchBack,
  },
] as const satisfies readonly ComparisonRow[];

const [, , work] = hybrid;

const comparisons = {
  konnect: hybrid,
  "self-managed-hybrid": hybrid,
  traditional: [
    {
      aspect: "window",
      inPlace: "From the first node's update until the instances are edited: nothing else may be changed.",
      sideBySide: switchWindow,
    },
    {
      aspect: "exposure",
      inPlace: "In between, the new code runs with instances that do not fit it.",
      sideBySide: switchExposure,
    },
    work,
    {
      aspect: "rollback",
      inPlace: "The old files on every node, and the old instances, by hand or from the file that was kept.",
      sideBySide: switchBack,
    },
  ],
  "db-less": [
    {
      aspect: "window",
      inPlace: "None across nodes; each one gets files and configuration together.",
      sideBySide: "None: the new plugin is installed first, and the file with its instances is loaded after that.",
    },
    {
      aspect: "exposure",
      inPlace: "A node that gets only one of the two may refuse the file.",
      sideBySide:
        "Any node that has both plugins accepts the file with the old instances and the file with the new ones.",
    },
    work,
    {
      aspect: "rollback",
      inPlace: "The old files and the old configuration together, node by node.",
      sideBySide: "Load the file as it was.",
    },
  ],
} as const satisfies Record<InstalledHosting, readonly ComparisonRow[]>;
