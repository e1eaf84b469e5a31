import type { DocumentedFact } from "./fact.js";
import { updatePathsPage } from "./update-paths.js";

const page = updatePathsPage;
const requirementsOfPage = `${page}#requirements`;
const paths = `${page}#custom-plugin-update-paths`;
const nonBreaking = `${page}#what-does-a-non-breaking-change-to-a-plugin-schema-look-like`;

/** What a custom plugin must satisfy to run on a Konnect control plane. */
export const requirements = [
  {
    id: "unique-name",
    fact: "No other plugin on the control plane has the plugin's name.",
    source: requirementsOfPage,
  },
  {
    id: "files-on-every-data-plane",
    fact: "Every data plane node holds all of the plugin's files.",
    source: requirementsOfPage,
  },
  {
    id: "no-admin-api",
    fact: "The plugin has no api.lua, for it cannot extend the Admin API.",
    source: requirementsOfPage,
  },
  {
    id: "no-custom-entities",
    fact: "The plugin has no DAOs and no migrations, for it cannot bring entities.",
    source: requirementsOfPage,
  },
  {
    id: "schema-in-lua",
    fact: "The schema is Lua, whatever language the plugin is written in.",
    source: requirementsOfPage,
  },
  {
    id: "self-contained-validation",
    fact: "Validation functions are Lua and need nothing from outside schema.lua.",
    source: requirementsOfPage,
  },
  { id: "no-require-in-schema", fact: "schema.lua calls no require().", source: requirementsOfPage },
  {
    id: "libraries-in-handler",
    fact: "Third-party libraries are referenced from handler.lua only.",
    source: requirementsOfPage,
  },
] as const satisfies readonly DocumentedFact[];

export type RequirementId = (typeof requirements)[number]["id"];

/** Files, and folders where the name ends in a slash, that a plugin on Konnect must not have. */
export const forbiddenFiles = {
  "api.lua": "no-admin-api",
  "dao.lua": "no-custom-entities",
  "daos.lua": "no-custom-entities",
  "migrations.lua": "no-custom-entities",
  "migrations/": "no-custom-entities",
} as const satisfies Readonly<Record<string, RequirementId>>;

/**
 * Modules that a schema may require although the page allows none: Kong's own example of an entity on Konnect does
 * (https://developer.konghq.com/api/konnect/control-planes-config/v2/, CustomPlugin).
 */
export const toleratedModules: readonly string[] = ["kong.db.schema.typedefs"];

export const toleratedModuleFact = {
  id: "typedefs-tolerated",
  fact: "A schema may require kong.db.schema.typedefs after all: Kong's own example of an entity on Konnect does.",
  source: "https://developer.konghq.com/api/konnect/control-planes-config/v2/",
  basis: "public-source",
} as const satisfies DocumentedFact;

/** The longest schema, in characters, that the last public control plane of Konnect's kind took. */
export const schemaUploadLimit = {
  id: "schema-upload-size",
  characters: 8192,
  fact: "An open-source control plane of 2023 refuses a schema of more than 8192 characters; Konnect documents no limit.",
  source: "https://github.com/Kong/koko/blob/main/internal/resource/plugin_schema.go",
  basis: "public-source",
} as const satisfies DocumentedFact & { readonly characters: number };

/** What else the page says of a custom plugin on Konnect. */
export const hybridModeFacts = [
  {
    id: "control-plane-holds-schema",
    fact: "The control plane holds the schema and the plugin instances, and never sees the handler.",
    source: page,
  },
  {
    id: "control-plane-validates-edits",
    fact: "The control plane validates the configuration of a plugin instance when it is created or edited.",
    source: page,
  },
  {
    id: "data-plane-validates-payload",
    fact: "A data plane node validates the whole configuration again when it is sent, with its own copy of the schema.",
    source: page,
  },
  {
    id: "payload-refused-whole",
    fact: "One plugin instance that a data plane node does not accept makes it refuse the whole configuration.",
    source: page,
  },
  {
    id: "connecting-node-gets-payload",
    fact: "A data plane node that connects or connects again is sent the configuration.",
    source: page,
  },
  {
    id: "test-before-production",
    fact: "Test a custom plugin away from production; Kong does not answer for it.",
    source: requirementsOfPage,
  },
  {
    id: "handler-only",
    fact: "When only the handler changes, put it on every data plane node; the control plane needs nothing.",
    source: page,
  },
  {
    id: "control-plane-first",
    fact: "When the schema changes, update it in Konnect first and on the data plane nodes after that.",
    source: paths,
  },
  {
    id: "removal",
    fact: "Remove every plugin instance, then the schema from the control plane, then the files from the data plane nodes.",
    source: page,
  },
  {
    id: "no-versioning",
    fact: "Plugins have no versions: a second version is a new plugin with the version in its name.",
    source: page,
  },
  {
    id: "schema-update-pushes-nothing",
    fact: "Updating a schema pushes no configuration and rewrites no plugin instance.",
    source: page,
  },
  {
    id: "instance-edit-rewrites",
    fact: "Editing a plugin instance rewrites its configuration under the new schema.",
    source: page,
  },
  {
    id: "any-change-pushes",
    fact: "Any change of an entity pushes a configuration to the data plane nodes.",
    source: page,
  },
  {
    id: "reconciliation-by-instance",
    fact: "The page also says that only a change to an instance of this plugin affects data plane nodes; do not count on it.",
    source: page,
  },
  {
    id: "breaks-at-first-payload",
    fact: "A breaking change affects each data plane node at the first configuration that it gets, even without a change on the control plane.",
    source: paths,
  },
  {
    id: "non-breaking",
    fact: "A parameter that is neither required nor has a default can be added or removed without disturbing data plane nodes.",
    source: nonBreaking,
  },
  {
    id: "required-field-missing",
    fact: "`required field missing` on a data plane node: its schema is older than the control plane's; update it.",
    source: page,
  },
] as const satisfies readonly DocumentedFact[];
