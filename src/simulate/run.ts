import type { RolloutNodes } from "./nodes.js";
import { type Problem, problemsIn } from "./problems.js";
import { type Action, actionNames, after, afterPush, isSamePayload, payloadOf, type World } from "./world.js";

/** A moment of a run: after so many of its actions. */
export interface Moment {
  readonly world: World;
  /** What the last action itself did wrong, and what an event may do now. */
  readonly problems: readonly Problem[];
}

/** The actions that push by themselves: saving an entity does, and a node that starts is sent the configuration. */
const pushes: ReadonlySet<Action> = new Set([
  "update-instances",
  "create-instances-beside",
  "restore-instances",
  "delete-instances",
  "delete-old-instances",
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
    const refusal = refusedBy(action, before, nodes);
    // What the control plane refuses changes nothing.
    if (refusal === undefined) world = after(before, action, nodes.isRename);
    // A control plane of one's own starts again with the new files, and data planes connect to it again.
    if (pushes.has(action) || world.kind === "self-managed" || world.delivery === "with-payload") {
      world = afterPush(world, ({ has }) => nodes.push(payloadOf(world), has).verdict === "accepted");
    }
    moments.push({ world, problems: [...(refusal === undefined ? [] : [refusal]), ...problemsIn(world, nodes)] });
  }
  return moments;
}

function refusedBy(action: Action, before: World, nodes: RolloutNodes): Problem | undefined {
  switch (action) {
    case "update-instances":
    case "create-instances-beside": {
      const refused = nodes.editRefusals(before.controlPlane).length;
      if (refused === 0) return undefined;
      const detail = `the control plane refuses ${refused} of the edits (${actionNames[action]})`;
      return { kind: "edit-refused", event: undefined, detail };
    }
    case "drop-old-from-control-plane":
      // A definition cannot be deleted while instances refer to it; what becomes of a schema that is in use, no page says.
      if (before.delivery !== "with-payload" || !nodes.refersToOld(before.saved)) return undefined;
      return {
        kind: "step-refused",
        event: undefined,
        detail: "the control plane does not delete a plugin while instances refer to it",
      };
    case "update-control-plane":
    case "update-data-planes":
    case "delete-instances":
    case "delete-old-instances":
    case "drop-old-from-data-planes":
    case "restore-control-plane":
    case "restore-instances":
    case "restore-data-planes":
      return undefined;
  }
}

/** Whether every connected group runs what the control plane sends, and takes it. */
export function isInSync(world: World, nodes: RolloutNodes): boolean {
  const payload = payloadOf(world);
  return world.groups.every(
    ({ isConnected, has, running }) =>
      !isConnected ||
      (running !== undefined &&
        isSamePayload(running.payload, payload) &&
        running.acceptedBy === has &&
        nodes.push(payload, has).verdict === "accepted"),
  );
}
