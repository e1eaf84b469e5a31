import type { EntityCheck, Field, FieldPath, Role, Value } from "../schema/model.js";

/**
 * What differs at one place: the comparison finds it, a kind of change explains it, `applyChanges` redoes it.
 * `undefined` on one side means that the thing is absent there.
 */
export type Difference =
  | PluginNameDifference
  | FieldAddition
  | FieldRemoval
  | DefinitionDifference
  | TypeDifference
  | AttributeDifference
  | ShadowedDifference
  | EntityCheckDifference
  | ShorthandDifference
  | FieldMove;

interface Place {
  /** Where it differs; empty for the plugin itself, the record's path for entity checks. */
  readonly path: FieldPath;
  /** Present where only the tree that this role sees differs. */
  readonly role?: Role;
}

/** The schema's own `name`. */
export interface PluginNameDifference extends Place {
  readonly subject: "plugin-name";
  readonly old: string;
  readonly new: string;
}

export interface FieldAddition extends Place {
  readonly subject: "field-addition";
  readonly new: Field;
}

export interface FieldRemoval extends Place {
  readonly subject: "field-removal";
  readonly old: Field;
}

/** Two definitions with too little in common to be compared part by part: all of it is replaced. */
export interface DefinitionDifference extends Place {
  readonly subject: "definition";
  readonly old: Field;
  readonly new: Field;
}

/** Only the attribute `type` is replaced (integer by number, array by set); all else is compared by itself. */
export interface TypeDifference extends Place {
  readonly subject: "type";
  readonly old: Field;
  readonly new: Field;
}

/** Any other attribute, `required` and `default` included; with an empty path, one of the plugin's own. */
export interface AttributeDifference extends Place {
  readonly subject: "attribute";
  readonly attribute: string;
  readonly old: Value | undefined;
  readonly new: Value | undefined;
  /** Where inside the two values they differ. */
  readonly edits: readonly ValueEdit[];
}

/** One place inside an attribute's value. */
export interface ValueEdit {
  /** Keys and list indices (from 0); empty where the whole value differs. */
  readonly path: readonly (string | number)[];
  readonly old: Value | undefined;
  readonly new: Value | undefined;
}

/** The definitions of a name before its last one, in order. */
export interface ShadowedDifference extends Place {
  readonly subject: "shadowed-definitions";
  readonly old: readonly Field[];
  readonly new: readonly Field[];
}

export interface EntityCheckDifference extends Place {
  readonly subject: "entity-check";
  readonly old: EntityCheck | undefined;
  readonly new: EntityCheck | undefined;
  /** Where the two checks differ. */
  readonly edits: readonly ValueEdit[];
}

/** All definitions of one shorthand name, in order: Kong runs each. */
export interface ShorthandDifference extends Place {
  readonly subject: "shorthand";
  readonly old: readonly Field[];
  readonly new: readonly Field[];
}

/**
 * Parameters that go on at another place: what goes, what comes, and the shorthand that keeps the one name alive, as one.
 * Its place is the shorthand's, or, where a caller has declared it, the old one.
 */
export interface FieldMove extends Place {
  readonly subject: "field-move";
  readonly from: readonly MoveEnd[];
  readonly to: readonly MoveEnd[];
  /** Stands at the place of the move, and is there on one side only; absent where a caller has declared the move. */
  readonly shorthand?: { readonly old: readonly Field[]; readonly new: readonly Field[] };
}

export interface MoveEnd {
  readonly path: FieldPath;
  readonly field: Field;
  /** Whether it comes or goes by itself; else it is there on both sides, or comes or goes with a record around it. */
  readonly isOwn: boolean;
}

/** The fields on the way to a difference, on both sides: what a kind may look at beside the difference itself. */
export interface Site {
  /** From the plugin-level field down to the place itself; shorter where one side ends before it. */
  readonly old: readonly Field[];
  readonly new: readonly Field[];
}
