import type { Difference, Site } from "./difference.js";
import type { ChangeKind } from "./kind.js";
import { arrayBecameSet, type ArrayBecameSet } from "./kinds/array-became-set.js";
import { autoAdded, type AutoAdded } from "./kinds/auto-added.js";
import { autoRemoved, type AutoRemoved } from "./kinds/auto-removed.js";
import { becameOptional, type BecameOptional } from "./kinds/became-optional.js";
import { becameOptionalWithDefault, type BecameOptionalWithDefault } from "./kinds/became-optional-with-default.js";
import { becameRequired, type BecameRequired } from "./kinds/became-required.js";
import { becameRequiredWithDefault, type BecameRequiredWithDefault } from "./kinds/became-required-with-default.js";
import { constraintChanged, type ConstraintChanged } from "./kinds/constraint-changed.js";
import { constraintLoosened, type ConstraintLoosened } from "./kinds/constraint-loosened.js";
import { constraintTightened, type ConstraintTightened } from "./kinds/constraint-tightened.js";
import { customValidatorAdded, type CustomValidatorAdded } from "./kinds/custom-validator-added.js";
import { customValidatorChanged, type CustomValidatorChanged } from "./kinds/custom-validator-changed.js";
import { customValidatorRemoved, type CustomValidatorRemoved } from "./kinds/custom-validator-removed.js";
import { defaultAdded, type DefaultAdded } from "./kinds/default-added.js";
import { defaultChanged, type DefaultChanged } from "./kinds/default-changed.js";
import { defaultRemoved, type DefaultRemoved } from "./kinds/default-removed.js";
import { deprecationChanged, type DeprecationChanged } from "./kinds/deprecation-changed.js";
import { descriptionChanged, type DescriptionChanged } from "./kinds/description-changed.js";
import { elementTypeChanged, type ElementTypeChanged } from "./kinds/element-type-changed.js";
import { encryptedChanged, type EncryptedChanged } from "./kinds/encrypted-changed.js";
import { entityCheckAdded, type EntityCheckAdded } from "./kinds/entity-check-added.js";
import { entityCheckChanged, type EntityCheckChanged } from "./kinds/entity-check-changed.js";
import { entityCheckRemoved, type EntityCheckRemoved } from "./kinds/entity-check-removed.js";
import { fieldAdded, type FieldAdded } from "./kinds/field-added.js";
import { fieldRemoved, type FieldRemoved } from "./kinds/field-removed.js";
import { fieldRenamed, type FieldRenamed } from "./kinds/field-renamed.js";
import { fieldMoved, type FieldMoved } from "./kinds/field-moved.js";
import { fieldBecameShorthand, type FieldBecameShorthand } from "./kinds/field-became-shorthand.js";
import { shorthandBecameField, type ShorthandBecameField } from "./kinds/shorthand-became-field.js";
import { immutableChanged, type ImmutableChanged } from "./kinds/immutable-changed.js";
import { keyTypeChanged, type KeyTypeChanged } from "./kinds/key-type-changed.js";
import { mapBecameRecord, type MapBecameRecord } from "./kinds/map-became-record.js";
import { noEffectEdit, type NoEffectEdit } from "./kinds/no-effect-edit.js";
import { opaqueChanged, type OpaqueChanged } from "./kinds/opaque-changed.js";
import { pluginAttributeChanged, type PluginAttributeChanged } from "./kinds/plugin-attribute-changed.js";
import { pluginFieldChanged, type PluginFieldChanged } from "./kinds/plugin-field-changed.js";
import { pluginRenamed, type PluginRenamed } from "./kinds/plugin-renamed.js";
import { protocolsChanged, type ProtocolsChanged } from "./kinds/protocols-changed.js";
import { protocolsNarrowed, type ProtocolsNarrowed } from "./kinds/protocols-narrowed.js";
import { protocolsWidened, type ProtocolsWidened } from "./kinds/protocols-widened.js";
import { recordBecameMap, type RecordBecameMap } from "./kinds/record-became-map.js";
import { referenceableAdded, type ReferenceableAdded } from "./kinds/referenceable-added.js";
import { referenceableRemoved, type ReferenceableRemoved } from "./kinds/referenceable-removed.js";
import { scopeChanged, type ScopeChanged } from "./kinds/scope-changed.js";
import { scopeRelaxed, type ScopeRelaxed } from "./kinds/scope-relaxed.js";
import { scopeRestricted, type ScopeRestricted } from "./kinds/scope-restricted.js";
import { setBecameArray, type SetBecameArray } from "./kinds/set-became-array.js";
import { shadowedDefinitionChanged, type ShadowedDefinitionChanged } from "./kinds/shadowed-definition-changed.js";
import { shorthandAdded, type ShorthandAdded } from "./kinds/shorthand-added.js";
import { shorthandChanged, type ShorthandChanged } from "./kinds/shorthand-changed.js";
import { shorthandRemoved, type ShorthandRemoved } from "./kinds/shorthand-removed.js";
import { typeChanged, type TypeChanged } from "./kinds/type-changed.js";
import { typeNarrowed, type TypeNarrowed } from "./kinds/type-narrowed.js";
import { typeWidened, type TypeWidened } from "./kinds/type-widened.js";
import { unclassified, type Unclassified } from "./kinds/unclassified.js";
import { uniqueChanged, type UniqueChanged } from "./kinds/unique-changed.js";
import { valueTypeChanged, type ValueTypeChanged } from "./kinds/value-type-changed.js";

/** One change, with all that is needed to redo it. `kind` says what it is, `subject` what it applies to. */
export type Change =
  | PluginRenamed
  | ProtocolsNarrowed
  | ProtocolsWidened
  | ProtocolsChanged
  | ScopeRestricted
  | ScopeRelaxed
  | ScopeChanged
  | FieldAdded
  | FieldRemoved
  | FieldRenamed
  | FieldMoved
  | FieldBecameShorthand
  | ShorthandBecameField
  | ElementTypeChanged
  | KeyTypeChanged
  | ValueTypeChanged
  | TypeWidened
  | TypeNarrowed
  | ArrayBecameSet
  | SetBecameArray
  | RecordBecameMap
  | MapBecameRecord
  | TypeChanged
  | BecameRequired
  | BecameRequiredWithDefault
  | BecameOptional
  | BecameOptionalWithDefault
  | DefaultAdded
  | DefaultChanged
  | DefaultRemoved
  | ConstraintTightened
  | ConstraintLoosened
  | ConstraintChanged
  | CustomValidatorAdded
  | CustomValidatorChanged
  | CustomValidatorRemoved
  | EntityCheckAdded
  | EntityCheckChanged
  | EntityCheckRemoved
  | ShorthandAdded
  | ShorthandChanged
  | ShorthandRemoved
  | ReferenceableAdded
  | ReferenceableRemoved
  | EncryptedChanged
  | ImmutableChanged
  | UniqueChanged
  | AutoAdded
  | AutoRemoved
  | DeprecationChanged
  | DescriptionChanged
  | ShadowedDefinitionChanged
  | NoEffectEdit
  | PluginFieldChanged
  | PluginAttributeChanged
  | OpaqueChanged
  | Unclassified;

export type ChangeKindId = Change["kind"];

/** All kinds, in the order in which they are asked: the first that explains a difference gives it its name. */
export const changeKinds = {
  "plugin-renamed": pluginRenamed,
  "protocols-narrowed": protocolsNarrowed,
  "protocols-widened": protocolsWidened,
  "protocols-changed": protocolsChanged,
  "scope-restricted": scopeRestricted,
  "scope-relaxed": scopeRelaxed,
  "scope-changed": scopeChanged,
  "field-added": fieldAdded,
  "field-removed": fieldRemoved,
  "field-renamed": fieldRenamed,
  "field-moved": fieldMoved,
  "field-became-shorthand": fieldBecameShorthand,
  "shorthand-became-field": shorthandBecameField,
  "element-type-changed": elementTypeChanged,
  "key-type-changed": keyTypeChanged,
  "value-type-changed": valueTypeChanged,
  "type-widened": typeWidened,
  "type-narrowed": typeNarrowed,
  "array-became-set": arrayBecameSet,
  "set-became-array": setBecameArray,
  "record-became-map": recordBecameMap,
  "map-became-record": mapBecameRecord,
  "type-changed": typeChanged,
  "became-required": becameRequired,
  "became-required-with-default": becameRequiredWithDefault,
  "became-optional": becameOptional,
  "became-optional-with-default": becameOptionalWithDefault,
  "default-added": defaultAdded,
  "default-changed": defaultChanged,
  "default-removed": defaultRemoved,
  "constraint-tightened": constraintTightened,
  "constraint-loosened": constraintLoosened,
  "constraint-changed": constraintChanged,
  "custom-validator-added": customValidatorAdded,
  "custom-validator-changed": customValidatorChanged,
  "custom-validator-removed": customValidatorRemoved,
  "entity-check-added": entityCheckAdded,
  "entity-check-changed": entityCheckChanged,
  "entity-check-removed": entityCheckRemoved,
  "shorthand-added": shorthandAdded,
  "shorthand-changed": shorthandChanged,
  "shorthand-removed": shorthandRemoved,
  "referenceable-added": referenceableAdded,
  "referenceable-removed": referenceableRemoved,
  "encrypted-changed": encryptedChanged,
  "immutable-changed": immutableChanged,
  "unique-changed": uniqueChanged,
  "auto-added": autoAdded,
  "auto-removed": autoRemoved,
  "deprecation-changed": deprecationChanged,
  "description-changed": descriptionChanged,
  "shadowed-definition-changed": shadowedDefinitionChanged,
  "no-effect-edit": noEffectEdit,
  "plugin-field-changed": pluginFieldChanged,
  "plugin-attribute-changed": pluginAttributeChanged,
  "opaque-changed": opaqueChanged,
  unclassified,
} as const satisfies { readonly [K in ChangeKindId]: ChangeKind<Extract<Change, { kind: K }>> };

/** The kinds as a list, for looking through; a kind's own methods take only its own changes. */
export const changeKindList: readonly ChangeKind<Change>[] = Object.values(changeKinds);

/** Gives a difference its kind. */
export function explainDifference(difference: Difference, site: Site): Change {
  for (const kind of changeKindList) {
    const change = kind.find(difference, site);
    if (change !== undefined) return change;
  }
  return { kind: "unclassified", ...difference };
}

/** What happened, with names: a sentence without its full stop. */
export function describeChange(change: Change): string {
  const kind: ChangeKind<Change> = changeKinds[change.kind];
  return kind.describe(change);
}
