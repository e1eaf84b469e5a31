import type { VerdictWithEdit } from "../instances/check-instances.js";
import type { PluginSchema } from "../schema/model.js";
import { type InstanceReport, reportInstance } from "../simulate/instance-report.js";
import { groupInstances, tallyInstances, verdictNames } from "./arrange-instances.js";
import { hang } from "./layout.js";
import { neutralBlock, neutralLine } from "./neutral.js";
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

/** The instances that are left as they are, for their edit is not known: each group in a line or two. */
export function renderOpenInstances(
  judged: readonly VerdictWithEdit[],
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
): readonly string[] {
  const open = judged.filter(({ edit: { need } }) => need === "decide" || need === "unknown");
  const instances = open.map((one) => reportInstance(one, { old: oldSchema, new: newSchema }));
  return groupInstances({ instances }).map(({ instances: group, places, words }) =>
    neutralBlock(`${count(group.length, "instance")} not edited: ${places}\n  ${neutralLine(words)}`),
  );
}
