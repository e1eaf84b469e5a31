import type { Difference, FieldAddition, FieldMove, FieldRemoval, ShorthandDifference } from "./difference.js";
import { typeOf } from "./words.js";

/** What a move does to a schema, one thing at a time. */
export function partsOfMove({
  path,
  from,
  to,
  shorthand,
}: FieldMove): readonly (FieldAddition | FieldRemoval | ShorthandDifference)[] {
  return [
    ...removalsOf(from),
    ...additionsOf(to),
    ...(shorthand === undefined ? [] : [{ subject: "shorthand", path, ...shorthand } as const]),
  ];
}

function removalsOf(ends: FieldMove["from"]): readonly FieldRemoval[] {
  return ends.flatMap(({ path, field, isOwn }) =>
    isOwn ? [{ subject: "field-removal", path, old: field } as const] : [],
  );
}

function additionsOf(ends: FieldMove["to"]): readonly FieldAddition[] {
  return ends.flatMap(({ path, field, isOwn }) =>
    isOwn ? [{ subject: "field-addition", path, new: field } as const] : [],
  );
}

/** Whether instances may still use the old name: the new schema has it as a shorthand. */
export function keepsOldName({ shorthand }: FieldMove): boolean {
  return shorthand !== undefined && shorthand.new.length > 0;
}

/** Whether the value may not fit at its new place: an integer is a number, and everything else only what it is. */
export function changesType({ from, to }: FieldMove): boolean {
  return from.some((one) => to.some((other) => !isWithin(typeOf(one.field), typeOf(other.field))));
}

function isWithin(type: string, wider: string): boolean {
  return type === wider || type.replaceAll("integer", "number") === wider;
}

/** Whether only a caller has said so: nothing in the schemas takes the value to its new place. */
export function isDeclaredMove<D extends Difference>(difference: D): difference is D & FieldMove {
  return difference.subject === "field-move" && difference.shorthand === undefined;
}
