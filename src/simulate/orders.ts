import type { RolloutNodes } from "./nodes.js";
import { compareProblems, type Problem, type ProblemKind, problemKinds } from "./problems.js";
import { isInSync, type Moment, run } from "./run.js";
import { type Action, actionNames, goalOf, type Held, type Saved, type World } from "./world.js";

/** The shortest way to see that an order is worse: these actions, then one event that nobody planned. */
export interface Counterexample {
  readonly actions: readonly Action[];
  readonly problem: Problem;
}

/** What becomes of the plan with a step left out, or two steps that follow one another exchanged. */
export interface Variant {
  readonly change:
    | { readonly kind: "dropped"; readonly action: Action }
    | { readonly kind: "swapped"; readonly actions: readonly [Action, Action] };
  readonly actions: readonly Action[];
  /** `refuted`: worse than the plan. `unneeded`: a dropped step that changes nothing. `as-good`: an exchange that changes nothing. */
  readonly verdict: "refuted" | "unneeded" | "as-good" | "better";
  readonly counterexample: Counterexample | undefined;
}

/** What all orders of a plan's steps come to, with one event at any moment. */
export interface Exploration {
  /**
   * `safe`: nothing goes wrong in the plan's order. `best`: something can, and no other order has less of it. `not-best`: another one
   * has. `unknown`: it hangs on what is not visible here.
   */
  readonly verdict: "safe" | "best" | "not-best" | "unknown";
  readonly orders: number;
  /** What can go wrong at worst in the plan's order, as soon as it can. */
  readonly exposure: Counterexample | undefined;
  /** The best order, where it is not the plan's. */
  readonly better: readonly Action[] | undefined;
  readonly variants: readonly Variant[];
}

export function explore(start: World, plan: readonly Action[], nodes: RolloutNodes): Exploration {
  const own = trial(start, plan, plan, nodes);
  const others = permutations(plan).map((actions) => trial(start, actions, plan, nodes));
  const best = others.reduce((a, b) => (compareProblems(b.all, a.all) < 0 ? b : a), own);
  const variants = variantsOf(plan).map((variant) =>
    judgeVariant(variant, own, trial(start, variant.actions, plan, nodes)),
  );
  const isUnknown = own.all.some(({ kind }) => kind === "unknown");
  return {
    verdict: isUnknown ? "unknown" : own.all.length === 0 ? "safe" : best === own ? "best" : "not-best",
    orders: others.length,
    exposure: worst(own),
    better: best === own ? undefined : best.actions,
    variants,
  };
}

interface Trial {
  readonly actions: readonly Action[];
  readonly moments: readonly Moment[];
  readonly all: readonly Problem[];
}

function trial(start: World, actions: readonly Action[], plan: readonly Action[], nodes: RolloutNodes): Trial {
  const moments = run(start, actions, nodes);
  const end = moments.at(-1);
  const goal = goalOf(start, plan, nodes.isRename);
  const open = end === undefined ? [] : whatIsOpen(end.world, goal, nodes);
  const isDone = open.length === 0;
  const unfinished: Problem = { kind: "not-finished", event: undefined, detail: `at the end ${open.join(", and ")}` };
  const all = [...moments.flatMap(({ problems }) => problems), ...(isDone ? [] : [unfinished])];
  const finished = moments.map((moment, at) =>
    at === moments.length - 1 && !isDone ? { ...moment, problems: [...moment.problems, unfinished] } : moment,
  );
  return { actions, moments: finished, all };
}

/** What is not as the plan leaves it; how the instances are saved counts only as far as nodes take it. */
function whatIsOpen(end: World, goal: World, nodes: RolloutNodes): readonly string[] {
  const isEveryNodeRight = end.groups.every(({ has }, index) => has === goal.groups[index]?.has);
  return [
    ...(end.controlPlane === goal.controlPlane ? [] : [`the control plane has ${heldWords[end.controlPlane]}`]),
    ...(isEveryNodeRight ? [] : [`data plane nodes have ${heldWords[end.groups[0]?.has ?? "none"]}`]),
    ...(isSameSaved(end.saved, goal.saved) ? [] : [`the instances are ${savedWords[end.saved]}`]),
    ...(isInSync(end, nodes) || !isEveryNodeRight ? [] : ["data plane nodes do not take what is sent"]),
  ];
}

const heldWords = {
  none: "no version of the plugin",
  old: "the old version",
  new: "the new version only",
  both: "both versions",
} as const satisfies Record<Held, string>;

const savedWords = {
  before: "as they were",
  "edited-under-old": "edited only",
  "edited-under-new": "edited only",
  beside: "there twice, the old ones switched off",
  none: "gone",
} as const satisfies Record<Saved, string>;

function isSameSaved(a: Saved, b: Saved): boolean {
  const kind = {
    before: "some",
    "edited-under-old": "some",
    "edited-under-new": "some",
    beside: "beside",
    none: "none",
  };
  return kind[a] === kind[b];
}

function judgeVariant(variant: Pick<Variant, "change" | "actions">, own: Trial, other: Trial): Variant {
  const difference = compareProblems(other.all, own.all);
  if (difference > 0) return { ...variant, verdict: "refuted", counterexample: counterexample(other, own) };
  if (difference < 0) return { ...variant, verdict: "better", counterexample: undefined };
  return { ...variant, verdict: variant.change.kind === "dropped" ? "unneeded" : "as-good", counterexample: undefined };
}

/** The first moment at which the worse order has the kind of problem that makes it worse. */
function counterexample(worse: Trial, own: Trial): Counterexample | undefined {
  const count = (trialOf: Trial, kind: ProblemKind) => trialOf.all.filter((problem) => problem.kind === kind).length;
  const kind = problemKinds.find((candidate) => count(worse, candidate) > count(own, candidate));
  return kind === undefined ? undefined : firstOf(worse, kind);
}

function worst(own: Trial): Counterexample | undefined {
  const kind = problemKinds.find((candidate) => own.all.some((problem) => problem.kind === candidate));
  return kind === undefined ? undefined : firstOf(own, kind);
}

function firstOf({ actions, moments }: Trial, kind: ProblemKind): Counterexample | undefined {
  for (const [at, { problems }] of moments.entries()) {
    const problem = problems.find((candidate) => candidate.kind === kind);
    if (problem !== undefined) return { actions: actions.slice(0, at), problem };
  }
  return undefined;
}

function variantsOf(plan: readonly Action[]): readonly Pick<Variant, "change" | "actions">[] {
  const dropped = plan.map((action, index) => ({
    change: { kind: "dropped", action } as const,
    actions: plan.filter((_, at) => at !== index),
  }));
  const swapped = plan.flatMap((first, index) => {
    const second = plan[index + 1];
    if (second === undefined) return [];
    const actions = [...plan.slice(0, index), second, first, ...plan.slice(index + 2)];
    return [{ change: { kind: "swapped", actions: [first, second] } as const, actions }];
  });
  return [...dropped, ...swapped];
}

/** All orders: a plan has at most six steps that change something. */
export function permutations(actions: readonly Action[]): readonly (readonly Action[])[] {
  if (actions.length < 2) return [actions];
  return actions.flatMap((first, index) =>
    permutations(actions.filter((_, at) => at !== index)).map((rest) => [first, ...rest]),
  );
}

export function describeActions(actions: readonly Action[]): string {
  return actions.length === 0 ? "nothing" : actions.map((action) => actionNames[action]).join(", then ");
}
