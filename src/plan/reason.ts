import { describeChange } from "../changes/registry.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import { updatePathNames, type UpdatePath } from "../kong/update-paths.js";
import type { Situation } from "./plan.js";

/** Why a plan has its path, as one sentence. */
export function reasonFor(situation: Situation, changes: readonly ClassifiedChange[], path: UpdatePath): string {
  switch (situation) {
    case "first-upload":
      return "The control plane does not have this plugin yet, so there is no instance that could break.";
    case "handler-only":
      return "The two schemas say the same, so control plane and data plane nodes stay in sync; only the code on the data plane nodes is new.";
    case "removal":
      return "Every instance has to go before the data plane nodes lose the plugin, and each deletion is accepted by all of them.";
    case "new-name":
      return "To Kong a plugin under another name is another plugin: both are installed side by side, the instances move, and the old one goes.";
    case "update": {
      const deciding = changes.filter((classified) => classified.path === path);
      const [first] = deciding;
      const what = first === undefined ? "" : `: ${describeChange(first.change)}`;
      return `${updatePathNames[path]} because of ${deciding.length} of ${changes.length} changes${what}.`;
    }
  }
}
