import type { RolloutNodes } from "./nodes.js";
import { type Problem, problemsIn } from "./problems.js";
import { type Action, actionNames, after, afterPush, payloadOf, type World } from "./world.js";

/** A moment of a run: after so many of its actions. */
export interface Moment {
  readonly world: World;
  /** What the last action itself did wrong, and what an event may do now. */
  readonly problems: readonly Problem[];
}

/** The actions that push by themselves: saving an entity does, and a node that starts is sent the configuration. */
const pushes: ReadonlySet<Action> = new Set([
  "update-instances",
  "restore-instances",
  "delete-instances",
  "update-data-planes",
  "restore-data-planes",
  "drop-old-from-data-planes",
]);

/** Does actions one after the other; the first moment is before all of them. */
export function run(start: World, actions: readonly Action[], nodes: RolloutNodes): readonly Moment[] {
  let world = start;
  const moments: Moment[] = [{ world, problems: problemsIn(world, nodes) }];
  for (const action of actions) {
    const before = world;
    world = after(before, action, nodes.isRename);
    // A control plane of one's own starts again with the new files, and data planes connect to it again.
    if (pushes.has(action) || world.kind === "self-managed") {
      world = afterPush(world, ({ has }) => nodes.push(payloadOf(world), has).verdict === "accepted");
    }
    moments.push({ world, problems: [...ownProblems(action, before, nodes), ...problemsIn(world, nodes)] });
  }
  return moments;
}

function ownProblems(action: Action, before: World, nodes: RolloutNodes): readonly Problem[] {
  if (action !== "update-instances") return [];
  const refused = nodes.editRefusals(before.controlPlane).length;
  if (refused === 0) return [];
  const detail = `the control plane refuses ${refused} of the edits (${actionNames[action]})`;
  return [{ kind: "edit-refused", event: undefined, detail }];
}

/** Whether every connected group runs what the control plane sends, and takes it. */
export function isInSync(world: World, nodes: RolloutNodes): boolean {
  const payload = payloadOf(world);
  return world.groups.every(
    ({ isConnected, has, running }) =>
      !isConnected ||
      (running?.payload.saved === payload.saved &&
        running.payload.readBy === payload.readBy &&
        running.acceptedBy === has &&
        nodes.push(payload, has).verdict === "accepted"),
  );
}
