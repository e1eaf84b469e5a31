import type { Taken } from "../edit.js";
import { answerNames, fieldOfValue } from "../fields.js";
import type { Json } from "../../changes/json.js";
import type { ValuePath } from "../instance.js";
import type { InstanceState } from "../nodes.js";
import { bridgeFor } from "./bridge.js";
import { type Draft, type InstanceContext, entityOf, stateWith } from "./draft.js";
import { type PlacedError, placedErrors } from "./placed-errors.js";
import { sampleValues } from "./samples.js";

/**
 * Whether old data planes would take the instance once its decisions are made, found by making them with sample values:
 * `unknown` where no edit is found that the new control plane takes.
 */
export function tryDecisions(draft: Draft, errors: readonly PlacedError[], context: InstanceContext): Taken {
  let state: InstanceState = draft;
  for (const { path } of errors) {
    const tried = withSample(state, path, context);
    if (tried === undefined) return "unknown";
    state = tried;
  }
  const saved = context.nodes.store(context.newSchema, state);
  if (!saved.ok) return "unknown";
  const answer = context.nodes.receive(context.oldSchema, saved.stored);
  if (answer.verdict !== "refused") return answer.verdict;
  return bridgeFor(state, saved.stored, answer, context) === undefined ? "refused" : "accepted";
}

function withSample(state: InstanceState, path: ValuePath, context: InstanceContext): InstanceState | undefined {
  const field = fieldOfValue(context.newSchema, path);
  if (field === undefined) return undefined;
  const [place] = answerNames(context.newSchema, path);
  const known = context.samples.get(place);
  const candidates = [...(known === undefined ? [] : [known]), ...sampleValues(field)];
  const fitting = candidates.find((value) => isRightAt(state, path, value, context));
  if (fitting === undefined) return undefined;
  context.samples.set(place, fitting);
  return stateWith(state, path, fitting);
}

function isRightAt(state: InstanceState, path: ValuePath, value: Json, { newSchema, nodes }: InstanceContext): boolean {
  const tried = stateWith(state, path, value);
  const answer = nodes.store(newSchema, tried);
  if (answer.verdict !== "refused") return answer.ok;
  return placedErrors(answer.errors, entityOf(tried)).every((error) => path.some((key, at) => error.path[at] !== key));
}
