import type { Difference, FieldAddition, FieldMove, FieldRemoval, ShorthandDifference } from "./difference.js";
import { fitsType } from "./types.js";

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

/** Whether the shorthand that keeps the old name takes another type than the parameter had, so that a stored value may not fit it. */
export function narrowsOldName({ from: [source], shorthand }: FieldMove): boolean {
  const kept = shorthand?.new.at(-1);
  return source !== undefined && kept !== undefined && !fitsType(source.field, kept);
}

/** Whether only a caller has said so: nothing in the schemas takes the value to its new place. */
export function isDeclaredMove<D extends Difference>(difference: D): difference is D & FieldMove {
  return difference.subject === "field-move" && difference.shorthand === undefined;
}
