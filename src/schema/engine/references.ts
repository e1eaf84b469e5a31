import { Table } from "./data.js";
import type { Data } from "./data.js";
import type { FieldDefinition } from "./definitions.js";
import { index, isTruthy } from "./lua.js";
import type { Rules } from "./rules.js";

/** Whether a value is a vault reference: `is_reference` of kong/pdk/vault.lua. */
export function isReference(value: Data | undefined): value is string {
  return typeof value === "string" && value.startsWith("{vault://") && value.endsWith("}");
}

/**
 * The vault references of a record that is read for a handler. Secrets are not known here, so a reference becomes the empty string, which is
 * what Kong gives where a vault does not answer; `$refs` holds the references.
 */
export class References {
  readonly found = new Table();
  /** What the record already has under `$refs`. */
  readonly #previous: Data | undefined;

  readonly #rules: Rules;

  constructor(record: Table, rules: Rules) {
    this.#previous = record.get("$refs");
    this.#rules = rules;
  }

  has(name: Data): boolean {
    return this.found.get(name) !== undefined;
  }

  /** The value with its references taken out. A collection is changed in place. */
  takeFrom(name: string, field: FieldDefinition, value: Data | undefined): Data | undefined {
    if (field.type === "string" && field.has("referenceable")) {
      this.#keep(name, isReference(value) ? value : this.#known(name));
      return isReference(value) ? this.#rules.unresolvedReference : value;
    }
    if (!(value instanceof Table)) return value;
    const inner = this.#memberOf(field);
    if (inner?.type === "string" && inner.has("referenceable")) this.#takeItems(name, value);
    return value;
  }

  #memberOf(field: FieldDefinition): FieldDefinition | undefined {
    if (field.type === "array" || field.type === "set") return field.child("elements");
    return field.type === "map" && this.#rules.resolvesMapReferences ? field.child("values") : undefined;
  }

  #takeItems(name: string, collection: Table): void {
    const taken = new Table();
    for (const [key, item] of collection.entries()) {
      if (!isReference(item)) continue;
      taken.set(key, item);
      collection.set(key, this.#rules.unresolvedReference);
    }
    this.#keep(name, taken.isEmpty ? this.#known(name) : taken);
  }

  #keep(name: string, reference: Data | undefined): void {
    if (this.#rules.keepsReferences) this.found.set(name, reference);
  }

  #known(name: string): Data | undefined {
    return isTruthy(this.#previous) ? index(this.#previous, name) : undefined;
  }
}
