import type { InstalledHosting } from "../../kong/hostings.js";
import { installedOnKonnect } from "./installed-on-konnect.js";
import { installedDbLess, installedTraditional } from "./installed-on-nodes.js";
import { installedSelfManaged } from "./installed-self-managed.js";
import type { InstalledWay } from "./way.js";

export const installedWays = {
  konnect: installedOnKonnect,
  "self-managed-hybrid": installedSelfManaged,
  traditional: installedTraditional,
  "db-less": installedDbLess,
} as const satisfies Record<InstalledHosting, InstalledWay>;
