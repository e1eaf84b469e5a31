import { describeChange, changeKinds, type Change, type ChangeKindId } from "../changes/registry.js";
import type { ChangeKind } from "../changes/kind.js";
import { diffSchemas } from "../diff/diff-schemas.js";
import { showPath, treeFor, type FieldPath, type PathSegment, type PluginSchema, type Role } from "../schema/model.js";
import type { Blame, Complaint } from "./diagnosis.js";
import { canSay } from "./says.js";

/** The two versions of a plugin's schema, with what changed between them. */
export class SchemaPair {
  readonly oldSchema: PluginSchema;
  readonly newSchema: PluginSchema;
  readonly #changes: readonly Change[];

  constructor(oldSchema: PluginSchema, newSchema: PluginSchema) {
    this.oldSchema = oldSchema;
    this.newSchema = newSchema;
    this.#changes = diffSchemas(oldSchema, newSchema);
  }

  /** Which version says such a thing, and what changed there. */
  blame({ reporter, path, message }: Complaint): Blame {
    const role: Role = reporter === "admin-api" ? "control_plane" : "data_plane";
    const byOld = canSay(treeFor(this.oldSchema, role), path, message);
    const byNew = canSay(treeFor(this.newSchema, role), path, message);
    const changes = this.changesAt(path).map((change) => ({
      kind: change.kind,
      path: showPath(change.path),
      description: describeChange(change),
    }));
    return { refusedBy: refuser(byOld, byNew), changes };
  }

  /** The changes of a place and of what it is in, the nearest first. */
  changesAt(path: readonly (string | number)[]): readonly Change[] {
    return this.#changes
      .filter((change) => !harmless.includes(change.kind) && placesOf(change).some((place) => leadsTo(place, path)))
      .toSorted((a, b) => b.path.length - a.path.length);
  }
}

/** A move is to blame for what is said of the old place and of the new one. */
function placesOf(change: Change): readonly FieldPath[] {
  if (change.subject !== "field-move") return [change.path];
  return [change.path, ...[...change.from, ...change.to].map(({ path }) => path)];
}

/** What to do in each instance because of a change, as one sentence. */
export function remedyOf(change: Change): string | undefined {
  const kind: ChangeKind<Change> = changeKinds[change.kind];
  return kind.remedy?.tell(change);
}

/** Changes that no node refuses anything for. */
const harmless: readonly ChangeKindId[] = ["description-changed", "no-effect-edit", "encrypted-changed"];

/** The one that can say it rather than the other: certainly before perhaps, perhaps before not. */
function refuser(byOld: boolean | undefined, byNew: boolean | undefined): Blame["refusedBy"] {
  const [old, now] = [certainty(byOld), certainty(byNew)];
  if (old !== now) return old > now ? "old" : "new";
  return byOld === true ? "both" : "unknown";
}

function certainty(says: boolean | undefined): number {
  return says === undefined ? 1 : Number(says) * 2;
}

/** Whether a path of the schema is that of an error, or above it. Errors name no key of a map. */
function leadsTo(changed: FieldPath, path: readonly (string | number)[]): boolean {
  const [segment, ...rest] = changed;
  if (segment === undefined) return true;
  const [first, ...more] = path;
  if (typeof segment === "object" && segment.in !== "elements") return leadsTo(rest, path);
  return first !== undefined && isAt(segment, first) && leadsTo(rest, more);
}

function isAt(segment: PathSegment, place: string | number): boolean {
  return typeof segment === "string" ? segment === place : typeof place === "number";
}
