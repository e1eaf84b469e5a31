import type { InstanceEdit } from "../instances/edit.js";
import type { ValuePath } from "../instances/instance.js";
import type { Json } from "../changes/json.js";
import type { RolloutNodes } from "./nodes.js";
import { permutations } from "./orders.js";
import { compareProblems, type Problem } from "./problems.js";
import { type Moment, run } from "./run.js";
import type { Action, World } from "./world.js";

/** The way back after some of a plan's steps. */
export interface WayBack {
  /** How many of the actions had been done. */
  readonly after: number;
  /** In the order in which least goes wrong. */
  readonly actions: readonly Action[];
  /** What can go wrong on the way. */
  readonly problems: readonly Problem[];
  readonly losses: readonly Loss[];
}

/** A value that the way back does not bring back by itself. */
export interface Loss {
  /** The instance, by its index. */
  readonly instance: number;
  readonly path: ValuePath;
  /** Hidden where it is secret. */
  readonly value: Json;
  /** `only-in-backup`: the edit dropped it. `unknown-to-old`: it was decided for the new schema, and the old one has no place for it. */
  readonly why: "only-in-backup" | "unknown-to-old";
}

const undoInPlace: Readonly<Partial<Record<Action, Action>>> = {
  "update-control-plane": "restore-control-plane",
  "update-instances": "restore-instances",
  "delete-instances": "restore-instances",
  "update-data-planes": "restore-data-planes",
  "drop-old-from-control-plane": "restore-control-plane",
  "drop-old-from-data-planes": "restore-data-planes",
};

/** Another plugin may stay where it is: it does nothing without instances. */
const undoSideBySide: Readonly<Partial<Record<Action, Action>>> = {
  "update-instances": "restore-instances",
  "create-instances-beside": "restore-instances",
  "delete-instances": "restore-instances",
  "delete-old-instances": "restore-instances",
  "drop-old-from-control-plane": "restore-control-plane",
  "drop-old-from-data-planes": "restore-data-planes",
};

/** The way back from every moment of a run. */
export function waysBack(
  moments: readonly Moment[],
  plan: readonly Action[],
  edits: readonly InstanceEdit[],
  nodes: RolloutNodes,
): readonly WayBack[] {
  const undo = nodes.isRename ? undoSideBySide : undoInPlace;
  return moments.flatMap(({ world }, after) => {
    const done = plan.slice(0, after);
    const back = [...new Set(done.flatMap((action) => undo[action] ?? []))].toReversed();
    if (back.length === 0) return [];
    const { actions, problems } = bestOrder(world, back, nodes);
    return [{ after, actions, problems, losses: lossesAfter(done, edits).map((loss) => hidden(loss, nodes)) }];
  });
}

function hidden(loss: Loss, nodes: RolloutNodes): Loss {
  const hider = nodes.hiderAt(loss.instance);
  return { ...loss, path: hider.path(loss.path), value: hider.value(loss.path, loss.value) };
}

/** What is switched off still has its values. */
function lossesAfter(done: readonly Action[], edits: readonly InstanceEdit[]): readonly Loss[] {
  if (done.includes("delete-instances")) return edits.map(wholeInstance);
  const isReplaced = done.includes("update-instances") || done.includes("delete-old-instances");
  return isReplaced ? edits.flatMap(lossesOf) : [];
}

function wholeInstance({ instance }: InstanceEdit, index: number): Loss {
  return { instance: index, path: ["config"], value: instance.config, why: "only-in-backup" };
}

function bestOrder(start: World, actions: readonly Action[], nodes: RolloutNodes) {
  const tried = permutations(actions)
    .filter(isPossible)
    .map((order) => ({
      actions: order,
      problems: run(start, order, nodes)
        .slice(1)
        .flatMap((moment) => moment.problems),
    }));
  const [first, ...others] = tried;
  if (first === undefined) return { actions, problems: [] };
  return others.reduce((a, b) => (compareProblems(b.problems, a.problems) < 0 ? b : a), first);
}

/** A control plane that does not have the old schema refuses what only that one knows. */
function isPossible(order: readonly Action[]): boolean {
  const [schema, instances] = [order.indexOf("restore-control-plane"), order.indexOf("restore-instances")];
  return schema < 0 || instances < 0 || schema < instances;
}

function lossesOf({ operations }: InstanceEdit, instance: number): readonly Loss[] {
  return operations.flatMap((operation): readonly Loss[] => {
    if (operation.action === "drop" && operation.old !== null) {
      return [{ instance, path: operation.path, value: operation.old, why: "only-in-backup" }];
    }
    if (operation.action === "set" && operation.path[0] === "config") {
      return [{ instance, path: operation.path, value: operation.new, why: "unknown-to-old" }];
    }
    return [];
  });
}
