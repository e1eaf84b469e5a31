import type { InstanceReport } from "../simulate/instance-report.js";
import { groupInstances, tallyInstances, verdictNames } from "./arrange-instances.js";
import { hang } from "./layout.js";
import { count } from "./words.js";

/** What the plan means for the instances that there are, for people at a terminal. */
export function instanceLines(report: InstanceReport, width: number): readonly string[] {
  return [
    ...hang("Instances    ", report.sentence, width),
    ...(report.instances.length === 0 ? [] : hang("             ", `${tallyInstances(report)}.`, width)),
    ...groupInstances(report).flatMap(({ verdict, instances, places, words }) => [
      "",
      ...hang("- ", `${verdictNames[verdict]}, ${count(instances.length, "instance")}: ${places}`, width),
      ...hang("  ", words, width),
    ]),
  ];
}
