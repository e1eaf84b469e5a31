import type { DocumentedFact } from "../../src/kong/fact.js";
import { installedFacts } from "../../src/kong/hostings.js";
import { hybridModeFacts, requirements, schemaUploadLimit, toleratedModuleFact } from "../../src/kong/requirements.js";
import { selfManagedFacts } from "../../src/kong/self-managed.js";
import { clonedFacts, streamedFacts } from "../../src/kong/streamed-and-cloned.js";
import { documentedSteps, updatePathNames, updatePathsPage, updatePathTable } from "../../src/kong/update-paths.js";

const columnWords: Readonly<Record<string, string>> = {
  "required-default": "required with a default",
  "required-no-default": "required without a default",
  "optional-default": "optional with a default",
  "optional-no-default": "optional without a default",
};

/** Every cell of Kong's table as a fact of its own. */
const tableFacts = Object.entries(updatePathTable).flatMap(([row, cells]) =>
  Object.entries(cells).map(([column, path]): DocumentedFact => ({
    id: `table-${row}-${column}`,
    fact: `A parameter is ${row.replace("type-changed", "given another data type")}, ${columnWords[column]}: ${updatePathNames[path]}.`,
    source: `${updatePathsPage}#custom-plugin-update-paths`,
  })),
);

/** Every path of Kong's page, with its steps. */
const pathFacts = Object.entries(updatePathNames).flatMap(([path, name]): DocumentedFact[] => {
  const steps = Object.entries(documentedSteps).find(([id]) => id === path)?.[1] ?? [];
  if (steps.length === 0) return [];
  const list = steps.map(({ id, optional }) => `${id}${optional ? " (where instances need it)" : ""}`).join(", ");
  return [{ id: `path-${path}`, fact: `${name} is ${list}.`, source: `${updatePathsPage}#custom-plugin-update-paths` }];
});

/** What the documentation, and where it is silent Kong's source, says: by the pages, in their order. */
export const factsByPage = {
  "Custom plugins on Konnect": [
    ...requirements,
    toleratedModuleFact,
    schemaUploadLimit,
    ...hybridModeFacts,
    ...installedFacts,
  ],
  "The table of update paths": [...tableFacts, ...pathFacts],
  "Streamed plugins": streamedFacts,
  "Cloned plugins": clonedFacts,
  "Deployments without Konnect": selfManagedFacts,
} as const satisfies Record<string, readonly DocumentedFact[]>;
