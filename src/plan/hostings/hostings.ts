import type { Hosting } from "../../kong/streamed-and-cloned.js";
import { dbLess } from "./db-less.js";
import type { HostingKit } from "./hosting.js";
import { dedicatedCloud, konnect, serverless } from "./konnect.js";
import { selfManagedHybrid, traditional } from "./self-managed.js";

export const hostingKits = {
  konnect,
  "self-managed-hybrid": selfManagedHybrid,
  traditional,
  "db-less": dbLess,
  "dedicated-cloud": dedicatedCloud,
  serverless,
} as const satisfies Record<Hosting, HostingKit>;
