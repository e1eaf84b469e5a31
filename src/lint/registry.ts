import { acceptanceRules } from "./acceptance.js";
import type { LintRule, RuleDescription } from "./rule.js";
import { adminApi } from "./rules/admin-api.js";
import { bundledName } from "./rules/bundled-name.js";
import { cloneCount } from "./rules/clone-count.js";
import { cloneName } from "./rules/clone-name.js";
import { clonePriority } from "./rules/clone-priority.js";
import { cloneRef } from "./rules/clone-ref.js";
import { customEntities } from "./rules/custom-entities.js";
import { definitionRelease } from "./rules/definition-release.js";
import { differsByRole } from "./rules/differs-by-role.js";
import { handlerPhases } from "./rules/handler-phases.js";
import { handlerPriority } from "./rules/handler-priority.js";
import { handlerVersion } from "./rules/handler-version.js";
import { luaSyntax } from "./rules/lua-syntax.js";
import { requireInSchema } from "./rules/require-in-schema.js";
import { schemaNotJudged } from "./rules/schema-not-judged.js";
import { schemaInLua } from "./rules/schema-in-lua.js";
import { schemaName } from "./rules/schema-name.js";
import { schemaRefused } from "./rules/schema-refused.js";
import { schemaUploadSize } from "./rules/schema-upload-size.js";
import { selfContainedValidators } from "./rules/self-contained-validators.js";
import { streamedFileSize } from "./rules/streamed-file-size.js";
import { streamedFileSystem } from "./rules/streamed-file-system.js";
import { streamedFiles } from "./rules/streamed-files.js";
import { hosting } from "./rules/hosting.js";
import { streamedInitWorker } from "./rules/streamed-init-worker.js";
import { streamedModules } from "./rules/streamed-modules.js";
import { streamedName } from "./rules/streamed-name.js";
import { streamedTimers } from "./rules/streamed-timers.js";
import { streamedValidation } from "./rules/streamed-validation.js";
import { takenName } from "./rules/taken-name.js";
import { typedefsInSchema } from "./rules/typedefs-in-schema.js";

/** All rules, in the order in which their findings are reported for one place. */
export const lintRules: readonly LintRule[] = [
  schemaInLua,
  requireInSchema,
  typedefsInSchema,
  selfContainedValidators,
  schemaRefused,
  schemaNotJudged,
  differsByRole,
  luaSyntax,
  bundledName,
  takenName,
  schemaName,
  adminApi,
  customEntities,
  schemaUploadSize,
  handlerVersion,
  handlerPriority,
  handlerPhases,
  streamedFiles,
  streamedInitWorker,
  streamedTimers,
  streamedModules,
  streamedFileSystem,
  streamedValidation,
  streamedName,
  streamedFileSize,
  hosting,
  definitionRelease,
  cloneName,
  cloneRef,
  cloneCount,
  clonePriority,
];

/** All that a finding of `lintPlugin` can be, each with a page: the rules, and what is said of acceptances. */
export const describedRules: readonly RuleDescription[] = [...lintRules, ...acceptanceRules];

/** The description of a finding, by its id. */
export function findRule(id: string): RuleDescription | undefined {
  return describedRules.find((rule) => rule.id === id);
}
