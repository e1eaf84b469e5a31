import { verify } from "../steps/verify.js";
import type { InstalledWay, Way } from "./way.js";

/** A plugin that nothing has yet. */
export function firstUpload({ install }: InstalledWay): Way {
  return {
    judge: (changes) => changes,
    reason: () => "Nothing has this plugin yet, so there is no instance that could break.",
    findings: () => [],
    steps: (context) => [
      ...install(context),
      verify(
        context,
        `Create a first instance where it does little harm, a route for tests for one: that ${context.kit.words.afterChange}.`,
      ),
    ],
  };
}
