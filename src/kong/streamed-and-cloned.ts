import type { DocumentedFact } from "./fact.js";

export const streamingPage = "https://developer.konghq.com/custom-plugins/streaming-plugins/";
export const cloningPage = "https://developer.konghq.com/gateway/entities/plugin/#cloning-plugins";
const dedicatedPage = "https://developer.konghq.com/dedicated-cloud-gateways/reference/#custom-plugins";
const compatibilityPage = "https://developer.konghq.com/gateway/data-plane-version-compatibility/";
const configurationPage = "https://developer.konghq.com/gateway/configuration/#custom-plugin-streaming-enabled";
const review = "https://github.com/Kong/developer.konghq.com/pull/5445";
const adminApi = "https://developer.konghq.com/api/gateway/admin-ee/3.15/";

/** The first Gateway release with streamed and with cloned plugins, on the control plane and on every data plane node. */
export const streamingSince = "3.15";
export const cloningSince = "3.15";

/** What Konnect's compatibility check takes for the first release, which matters for Dedicated Cloud Gateways. */
export const streamingSinceOnDedicatedCloud = "3.9";

/** What turns both on, at the control plane and at every data plane node. */
export const streamingSwitch = {
  setting: "custom_plugin_streaming_enabled",
  environmentVariable: "KONG_CUSTOM_PLUGIN_STREAMING_ENABLED",
  on: "on",
  default: "off",
  /** Its name in the first release candidate of 3.15. */
  earlierSetting: "custom_plugins_enabled",
} as const;

/** Where a plugin can be streamed to. */
export const streamingHostings = {
  konnect: true,
  "self-managed-hybrid": true,
  traditional: true,
  "db-less": true,
  "dedicated-cloud": true,
  serverless: false,
} as const;

export type Hosting = keyof typeof streamingHostings;

/** The rule for names of clones, which streamed plugins are taken to share. */
export const pluginNameRule = {
  pattern: /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
  words: "lower-case letters, digits and hyphens, beginning with a letter and not ending in a hyphen",
  source: review,
} as const;

/** A clone's name in the Admin API's description, in characters. */
export const cloneNameLimit = 4096;

/** The largest upload of one file of a streamed plugin on Dedicated Cloud Gateways, in bytes; the page says "100 KB". */
export const streamedFileLimit = 100_000;

/** What a streamed plugin consists of. */
export const streamedFiles = ["handler.lua", "schema.lua"] as const;

export const clonablePlugins = [
  "acl",
  "datakit",
  "file-log",
  "http-log",
  "ip-restriction",
  "key-auth",
  "opa",
  "openid-connect",
  "pre-function",
  "post-function",
  "request-transformer-advanced",
  "request-transformer",
  "response-transformer-advanced",
  "response-transformer",
  "route-by-header",
  "tcp-log",
] as const;

/** How many clones one source plugin may have. */
export const clonesPerRef = 5;

/** The bounds of a clone's `priority`. */
export const clonePriorityBounds = { lowest: -2147483648, highest: 2147483647 } as const;

/** Who may create streamed and cloned plugins. */
export const pluginDefinitionRoles = {
  konnect: ["ServiceAdmin", "RouteAdmin", "PluginAdmin", "CPAdmin", "Deployer"],
  selfManaged: ["super-admin", "admin"],
  /** These see the definitions and cannot change them. */
  readOnly: ["workspace-super-admin", "workspace-admin"],
} as const;

/**
 * Where the definitions are made. Konnect's API description (control planes config v2) knows no clones: there, decK makes
 * them.
 */
export const pluginDefinitionEndpoints = {
  streamed: { admin: "/custom-plugins", konnect: "/v2/control-planes/{id}/core-entities/custom-plugins" },
  cloned: { admin: "/cloned-plugins" },
} as const;

/** The sections of a decK file, and the flag without which decK leaves them alone. */
export const pluginDefinitionsInDeck = {
  streamed: "custom_plugins",
  cloned: "cloned_plugins",
  flag: "--include-plugin-definitions",
} as const;

/** What Konnect's compatibility check reports, and what it does to the configuration of the data plane node. */
export const compatibilityMessages = {
  P309: "Streaming is not enabled on the data plane node: streamed plugins are removed from its configuration, and it may be inoperable.",
  P416: "Serverless gateways take no streamed plugins: they are removed from the configuration, and the data plane may be inoperable.",
  D609: "A data plane node below 3.15 gets no cloned plugins, while their instances stay in its configuration.",
} as const;

/** A step of the documented ways to change a definition; the ids are those of a plan's steps. */
export type DefinitionStepId =
  "open-window" | "create-new-plugin" | "move-instances" | "delete-old-plugin" | "close-window";

/** The documented way to change a streamed plugin, and a cloned one, in the pages' order. */
export const definitionUpdateSteps = [
  "open-window",
  "create-new-plugin",
  "move-instances",
  "delete-old-plugin",
  "close-window",
] as const satisfies readonly DefinitionStepId[];

export const streamedFacts = [
  { id: "streaming-since", fact: "Streamed plugins need Gateway 3.15 or later.", source: streamingPage },
  {
    id: "streaming-since-konnect",
    fact: "Konnect's compatibility check names 3.9 as the first release that takes streamed plugins.",
    source: compatibilityPage,
  },
  {
    id: "streaming-switch",
    fact: "custom_plugin_streaming_enabled is off by default and must be on at the control plane and at every data plane node.",
    source: configurationPage,
  },
  {
    id: "streaming-switch-earlier-name",
    fact: "In the first release candidate of 3.15 the switch was called custom_plugins_enabled.",
    source: review,
    basis: "review",
  },
  { id: "streaming-switch-missing", fact: compatibilityMessages.P309, source: compatibilityPage },
  {
    id: "streaming-switch-off",
    fact: "Before the switch is turned off, all instances of streamed plugins must be deleted.",
    source: configurationPage,
  },
  {
    id: "streaming-hosting",
    fact: "Streaming works on Dedicated Cloud Gateways and on self-managed hybrid, traditional and DB-less deployments.",
    source: streamingPage,
  },
  { id: "streaming-not-serverless", fact: compatibilityMessages.P416, source: compatibilityPage },
  {
    id: "streaming-content",
    fact: "A streamed plugin is exactly one handler and one schema, both Lua and self-contained.",
    source: streamingPage,
  },
  { id: "streaming-no-init-worker", fact: "A streamed plugin has no init_worker phase.", source: streamingPage },
  { id: "streaming-no-timers", fact: "A streamed plugin creates no timers.", source: streamingPage },
  {
    id: "streaming-no-extensions",
    fact: "A streamed plugin has no DAOs, no Admin API, no migrations and no further Lua modules.",
    source: streamingPage,
  },
  {
    id: "streaming-sandbox",
    fact: "With the sandbox on, a streamed plugin cannot require custom modules.",
    source: streamingPage,
  },
  {
    id: "streaming-no-files",
    fact: "A streamed plugin does not read or write the file system.",
    source: streamingPage,
  },
  {
    id: "streaming-validation",
    fact: "Custom validation of a streamed plugin belongs in the handler, not in the schema.",
    source: streamingPage,
  },
  { id: "streaming-unique-name", fact: "The name of a streamed plugin is unique.", source: streamingPage },
  {
    id: "streaming-name",
    fact: `The name of a streamed plugin is ${pluginNameRule.words}.`,
    source: review,
    basis: "inferred",
  },
  {
    id: "streaming-size",
    fact: "On Dedicated Cloud Gateways a plugin file has at most 100 KB per upload.",
    source: dedicatedPage,
  },
  {
    id: "streaming-roles",
    fact: "Creating a streamed plugin needs one of five Konnect roles, or super-admin or admin on a self-managed Gateway.",
    source: streamingPage,
  },
  {
    id: "definition-read-only-roles",
    fact: "A workspace-super-admin and a workspace-admin can see the definitions, and not change them.",
    source: streamingPage,
  },
  {
    id: "streaming-endpoints",
    fact: "Streamed plugins are made with POST /custom-plugins, or as custom_plugins in decK with --include-plugin-definitions.",
    source: streamingPage,
  },
  {
    id: "streaming-in-use",
    fact: "A streamed plugin cannot be changed or deleted while instances refer to it.",
    source: review,
    basis: "review",
  },
  {
    id: "streaming-update-path",
    fact: "Create the new version under a new name, move the instances, remove the old one, inside a migration window.",
    source: `${streamingPage}#streaming-plugin-update-path`,
  },
] as const satisfies readonly DocumentedFact[];

export const clonedFacts = [
  {
    id: "cloning-what",
    fact: "A clone has the code of its source plugin, and a name, a priority and instances of its own.",
    source: cloningPage,
  },
  { id: "cloning-since", fact: "Cloned plugins need Gateway 3.15 or later.", source: cloningPage },
  { id: "cloning-old-data-planes", fact: compatibilityMessages.D609, source: compatibilityPage },
  { id: "cloning-switch", fact: "The switch of streaming turns on cloning too.", source: review, basis: "review" },
  { id: "cloning-name", fact: `The name of a clone is ${pluginNameRule.words}.`, source: review, basis: "review" },
  {
    id: "cloning-distinct-name",
    fact: "The name of a clone differs from those of bundled plugins, future ones included: a prefix of your own helps.",
    source: cloningPage,
  },
  {
    id: "cloning-ref",
    fact: "A clone's ref is one of sixteen bundled plugins.",
    source: "https://developer.konghq.com/gateway/entities/plugin/#supported-plugins",
  },
  { id: "cloning-limit", fact: "One plugin has at most five clones.", source: cloningPage },
  { id: "cloning-priority", fact: "Without a priority a clone has that of its source plugin.", source: cloningPage },
  {
    id: "cloning-order",
    fact: "At the same priority plugins run in reverse alphabetical order of their names.",
    source: cloningPage,
  },
  {
    id: "cloning-roles",
    fact: "Creating a clone needs the same roles as creating a streamed plugin.",
    source: cloningPage,
  },
  {
    id: "cloning-endpoints",
    fact: "Clones are made with POST /cloned-plugins, or as cloned_plugins in decK with --include-plugin-definitions.",
    source: adminApi,
  },
  {
    id: "cloning-in-use",
    fact: "A clone cannot be changed or deleted while instances refer to it.",
    source: cloningPage,
  },
  {
    id: "cloning-update-path",
    fact: "Create a new clone, move the instances and fit their config where ref changes, remove the old clone, inside a migration window.",
    source: cloningPage,
  },
] as const satisfies readonly DocumentedFact[];
