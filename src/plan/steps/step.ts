import type { MigrationStep } from "../plan.js";

/** What a step leaves out is what most steps have: it is required, needs nothing before it, and edits no instance. */
export type StepText = Omit<MigrationStep, Defaulted> & Partial<Pick<MigrationStep, Defaulted>>;

type Defaulted = "need" | "preconditions" | "instanceEdits" | "commands";

export function step(text: StepText): MigrationStep {
  const { id, title, need = "required", who, where, preconditions = [], actions, instanceEdits = [] } = text;
  const { commands = [], check, ifOutOfOrder } = text;
  return { id, title, need, who, where, preconditions, actions, instanceEdits, commands, check, ifOutOfOrder };
}
