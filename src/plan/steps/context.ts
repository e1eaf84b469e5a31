import { carriedByEveryEdit } from "../../classify/carried.js";
import type { ClassifiedChange } from "../../classify/classified-change.js";
import type { Distribution } from "../../kong/distribution.js";
import type { UpdatePath } from "../../kong/update-paths.js";
import type { PluginFiles } from "../commands/entity-api.js";
import type { HostingKit } from "../hostings/hosting.js";
import type { Condition, InstanceEditRule } from "../plan.js";

/** What a step needs to know of the plan that it stands in. */
export interface StepContext {
  readonly distribution: Distribution;
  readonly kit: HostingKit;
  /** The plugin's name before; the new one where there was none. */
  readonly oldName: string;
  readonly newName: string;
  /** The new version's files, as commands name them. */
  readonly files: PluginFiles;
  readonly path: UpdatePath;
  readonly changes: readonly ClassifiedChange[];
  readonly instanceEdits: readonly InstanceEditRule[];
  /** The plugin's versions, where they are known. */
  readonly versions: { readonly from: string | null; readonly to: string | null };
}

/** That all nodes have what was given to them last. */
export function inSync({ kit, newName }: StepContext): Condition {
  return { expect: kit.words.inSync, commands: kit.commands.areInSync(newName) };
}

/** The new parameters that an instance stores with a value as soon as it is saved. */
export function carriedParameters({ changes }: StepContext): string {
  return changes.flatMap(carriedByEveryEdit).join(", ");
}
