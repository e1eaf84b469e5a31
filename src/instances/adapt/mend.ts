import { answerNames, fieldOfValue } from "../fields.js";
import { isJsonMap } from "../instance.js";
import type { Stored } from "../nodes.js";
import { showValuePath, valueAt } from "../values.js";
import {
  configRecord,
  did,
  type Draft,
  dropValue,
  type InstanceContext,
  entityOf,
  moveValue,
  setValue,
  stateWith,
} from "./draft.js";
import { fitRecord } from "./fit.js";
import { type PlacedError, placedErrors } from "./placed-errors.js";

export interface Mended {
  readonly draft: Draft;
  /** What the new control plane says to it. */
  readonly answer: Stored;
}

/** Declared moves, dropped keys and lossless conversions: what can be done without asking anybody. */
export function fitToSchema(draft: Draft, { oldSchema, newSchema, renames }: InstanceContext): Draft {
  const moved = renames.reduce(moveValue, draft);
  const now = configRecord(newSchema);
  if (now === undefined) return moved;
  const { value, operations } = fitRecord(moved.config, configRecord(oldSchema), now, ["config"]);
  return did({ ...moved, config: isJsonMap(value) ? value : {} }, ...operations);
}

/** Each round mends all that the one before brought to light; errors of a record come out only when its fields are right. */
const maxRounds = 6;

/** Lets the new control plane say what is wrong, and mends what needs no decision or has been decided. */
export function mend(start: Draft, context: InstanceContext): Mended {
  let draft = start;
  for (let round = 1; ; round++) {
    const answer = context.nodes.store(context.newSchema, draft);
    if (answer.ok) return withoutNeedless({ draft, answer }, context);
    if (answer.verdict !== "refused" || round === maxRounds) return { draft, answer };
    const before = draft;
    for (const error of placedErrors(answer.errors, entityOf(before))) draft = mendOne(draft, error, context);
    if (draft === before) return { draft, answer };
  }
}

/** A check of a record does not say which of its values it wants changed, so all that were decided are; those it does not need go back. */
function withoutNeedless(mended: Mended, { newSchema, nodes }: InstanceContext): Mended {
  let kept = mended;
  for (const operation of mended.draft.operations) {
    if (operation.action !== "set" || operation.reason !== decidedForCheck) continue;
    const without = stateWith(kept.draft, operation.path, operation.old);
    const draft = { ...without, operations: kept.draft.operations.filter((other) => other !== operation) };
    const answer = nodes.store(newSchema, draft);
    if (answer.ok) kept = { draft, answer };
  }
  return kept;
}

const decided = "It was decided so.";
const decidedForCheck = "It was decided so, for the record as a whole.";

function mendOne(draft: Draft, { path, isAboutRecord }: PlacedError, { newSchema, answers }: InstanceContext): Draft {
  const names = answerNames(newSchema, path);
  const answer = answers.find((candidate) => names.includes(candidate.path));
  if (answer !== undefined) return setValue(draft, path, answer.value, decided);
  if (isAboutRecord) {
    const inside = answers.filter((candidate) => isInside(candidate.path, showValuePath(path)));
    return inside.reduce(
      (current, { path: place, value }) => setValue(current, place.split("."), value, decidedForCheck),
      draft,
    );
  }
  const field = fieldOfValue(newSchema, path);
  const hasDefault = field !== undefined && (field.default !== undefined || field.type === "record");
  if (valueAt(entityOf(draft), path) !== null || !hasDefault) return draft;
  const reason = `The new schema takes no null for ${showValuePath(path)}; without the key its default applies.`;
  return dropValue(draft, path, reason);
}

/** Places inside lists and maps are no part of the record itself. */
function isInside(path: string, record: string): boolean {
  return (record === "" || path.startsWith(`${record}.`)) && !/[[{]/.test(path);
}
