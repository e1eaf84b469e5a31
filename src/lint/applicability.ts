import type { Applicability } from "./rule.js";

/** Where Konnect holds the schema, and the user puts the files on the nodes. */
export const installedOnKonnect: Applicability = { distribution: "installed", hostings: ["konnect"] };
export const installed: Applicability = { distribution: "installed" };
export const streamed: Applicability = { distribution: "streamed" };
export const cloned: Applicability = { distribution: "cloned" };
