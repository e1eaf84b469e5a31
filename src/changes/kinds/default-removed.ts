import type { AttributeDifference, Site } from "../difference.js";
import { inDefault, presence } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf, showValue } from "../words.js";

export type DefaultRemoved = Explained<AttributeDifference, "default-removed">;

export const defaultRemoved: ChangeKind<DefaultRemoved> = {
  id: "default-removed",
  summary: "A configuration parameter has no default any more.",
  why: "Stored configurations keep the old default as a value; an instance that is saved without the parameter gets null, or is refused where the parameter is required.",
  updatePath: {
    derived: "short",
    freeze: "none",
    because: "Stored configurations keep the old default as a value.",
    unless: [
      {
        when: "it is required, and something above it has a default of its own",
        applies: isRequiredUnderDefault,
        derived: "long",
        because:
          "A default of something above it is stored as it is written, without this parameter, so a stored configuration can lack it: such an instance must be given a value first.",
      },
    ],
  },
  mirror: "default-added",
  example: { old: `{ ttl = { type = "integer", default = 60 } }`, new: `{ ttl = { type = "integer" } }` },
  remedy: {
    action: "set",
    tell: (change) => `Set ${nameOf(change.path)} where it is absent: it is required and has no default any more.`,
  },
  describe: (change) => `${nameOf(change.path)} had the default ${showValue(change.old)}, and has none`,
  find(difference) {
    const found = inDefault(difference);
    return found !== undefined && presence(found) === "removed" ? explain("default-removed", found) : undefined;
  },
};

/** Kong stores an optional record's own default, or a list's, as written: it is filled in only where it is judged. */
function isRequiredUnderDefault(site: Site): boolean {
  return site.new.at(-1)?.required === true && site.old.slice(0, -1).some((above) => above.default !== undefined);
}
