import type { Distribution } from "../../kong/distribution.js";
import type { Hosting } from "../../kong/streamed-and-cloned.js";
import type { Command } from "../plan.js";
import { bash } from "./command.js";

export function lintFolder(distribution: Distribution, hosting: Hosting): Command {
  return bash("In the folder of the new version: look for what would be refused", [
    `kong-schema-advisor lint . --distribution ${distribution} --hosting ${hosting}`,
  ]);
}
