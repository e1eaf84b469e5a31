import { forbiddenFiles, type RequirementId } from "../kong/requirements.js";
import type { LintedPlugin } from "./plugin.js";

/** The files of a plugin that a requirement forbids; of a folder the first file. */
export function findForbiddenFiles(plugin: LintedPlugin, requirement: RequirementId): readonly string[] {
  const files = [...plugin.files.keys()];
  return Object.entries(forbiddenFiles)
    .filter(([, forbiddenBy]) => forbiddenBy === requirement)
    .flatMap(([name]) =>
      files.filter((file) => (name.endsWith("/") ? file.startsWith(name) : file === name)).slice(0, 1),
    );
}
