import { isSince } from "../../kong/release.js";
import type { Release } from "../../kong/release.js";

/**
 * Where the engines of the releases differ on the same schema and configuration (kong/db/schema/init.lua from 2.8 to 3.9). Attributes that a release
 * does not know are the metaschema's matter.
 */
export interface Rules {
  /** A field named `updated_at` is never validated, wherever it stands. */
  readonly skipsUpdatedAt: boolean;
  /** A refused shorthand in a nested record refuses the configuration; before, the record was lost. */
  readonly reportsNestedShorthands: boolean;
  /** What becomes of a table that a shorthand gives beside one that is there: it takes its place, or the entries are put together. */
  readonly mergesShorthandTables: boolean;
  /** A deprecated shorthand gives way to the real field, and a shorthand that says something else is refused. */
  readonly comparesDeprecatedShorthands: boolean;
  /** The attribute by which reading shows a shorthand again. */
  readonly shownBy: "translate_backwards" | "deprecation" | undefined;
  /** What a handler gets for a vault reference that nothing resolves. */
  readonly unresolvedReference: "" | undefined;
  /** Reading keeps the references in `$refs`. */
  readonly keepsReferences: boolean;
  /** References in the values of a map are resolved. */
  readonly resolvesMapReferences: boolean;
}

export function rulesOf(release: Release): Rules {
  const since = (gatewayVersion: string) => isSince(release, gatewayVersion);
  return {
    skipsUpdatedAt: since("3.3"),
    reportsNestedShorthands: since("3.3"),
    mergesShorthandTables: since("3.6"),
    comparesDeprecatedShorthands: since("3.8"),
    shownBy: since("3.9") ? "deprecation" : since("3.6") ? "translate_backwards" : undefined,
    unresolvedReference: since("3.4") ? "" : undefined,
    keepsReferences: since("3.0"),
    resolvesMapReferences: since("3.1"),
  };
}
