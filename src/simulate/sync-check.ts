import type { JsonObject } from "../changes/json.js";
import type { NodeOutcome } from "./outcome.js";

/** What a push does to a data plane that has another schema than the control plane. */
export interface SyncCheck {
  /** `any-instance`: none were given, so the outcome is that of the worst one that the control plane can hold. */
  readonly about: "instances" | "any-instance";
  readonly outcome: NodeOutcome;
  /** The instances that decide it, by their addresses. */
  readonly instances: readonly string[];
  /** Where none were given: what a user may have that is refused, and what is accepted. */
  readonly examples: SyncExamples;
  /** What the outcome rests on, as a sentence. */
  readonly reason: string;
  /** What to do, as a sentence. */
  readonly remedy: string;
}

export interface SyncExamples {
  readonly refused?: InstanceExample;
  readonly accepted?: InstanceExample;
}

/** What a user gives to the control plane. */
export interface InstanceExample {
  readonly config: JsonObject;
  /** The fields beside `config`, where they matter. */
  readonly fields?: JsonObject;
}

export const giveTheSchema =
  "Give every data plane node the schema that the control plane has; the next push, or its next start, brings it into step.";
