import { verify } from "../steps/verify.js";
import type { InstalledWay, Way } from "./way.js";

/** New code under a schema that says the same as before. */
export function handlerOnly({ replaceCode }: InstalledWay): Way {
  return {
    judge: (changes) => changes,
    reason: () =>
      "The two schemas say the same, so every instance is accepted as before; only the code on the nodes is new.",
    findings: () => [],
    steps: (context) => [
      ...replaceCode(context),
      verify(context, "Send a request through one instance, and read the plugin's log on each node."),
    ],
  };
}
