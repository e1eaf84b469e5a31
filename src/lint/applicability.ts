import type { Hosting } from "../kong/streamed-and-cloned.js";
import type { Applicability } from "./rule.js";

/** Where Konnect holds the schema. */
const konnectHostings: readonly Hosting[] = ["konnect", "dedicated-cloud", "serverless"];

export const installedOnKonnect: Applicability = { distribution: "installed", hostings: konnectHostings };
export const installed: Applicability = { distribution: "installed" };
export const streamed: Applicability = { distribution: "streamed" };
export const cloned: Applicability = { distribution: "cloned" };
