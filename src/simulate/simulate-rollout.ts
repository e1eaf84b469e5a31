import { adaptInstances } from "../instances/adapt-instances.js";
import type { InstanceEdit } from "../instances/edit.js";
import type { PluginInstance } from "../instances/instance.js";
import type { MigrationPlan, StepId } from "../plan/plan.js";
import { RolloutNodes, type RestartedInstance } from "./nodes.js";
import { type Exploration, explore } from "./orders.js";
import type { Outcome } from "./outcome.js";
import { waysBack, type WayBack } from "./rollback.js";
import { isInSync, run } from "./run.js";
import {
  type Action,
  actionOfStep,
  type ControlPlaneKind,
  type Group,
  type Held,
  payloadOf,
  type World,
} from "./world.js";

export interface SimulateOptions {
  /** Konnect by default, which stores and sends; one of your own reads again before it sends. */
  readonly controlPlane?: ControlPlaneKind;
  /** One connected group with the old version by default. */
  readonly dataPlanes?: readonly DataPlaneGroup[];
  /** What the instances become; by default what `adaptInstances` says, without answers. */
  readonly edits?: readonly InstanceEdit[];
}

/** Data plane nodes that are updated together. */
export interface DataPlaneGroup {
  readonly name: string;
  /** The version that they have to begin with; the old one by default. */
  readonly has?: "none" | "old" | "new";
  readonly isConnected?: boolean;
}

/** A plan, run in a model of control plane and data planes. */
export interface Rollout {
  readonly controlPlane: ControlPlaneKind;
  readonly instances: readonly PluginInstance[];
  readonly edits: readonly InstanceEdit[];
  /** The steps that change something, after the state before them. */
  readonly steps: readonly RolloutStep[];
  readonly exploration: Exploration;
  readonly waysBack: readonly WayBack[];
  /** After which step going back loses values that only a backup has; undefined where none does. */
  readonly pointOfNoReturn: StepId | undefined;
}

export interface RolloutStep {
  /** Undefined before the first step. */
  readonly id: StepId | undefined;
  readonly action: Action | undefined;
  readonly controlPlane: Held;
  readonly groups: readonly RolloutGroup[];
  /** What becomes of a node that starts now without a configuration. */
  readonly newNode: { readonly withOldVersion: Outcome; readonly withNewVersion: Outcome };
  readonly isInSync: boolean;
}

export interface RolloutGroup {
  readonly name: string;
  readonly has: Held;
  readonly isConnected: boolean;
  /** What it does with a payload that is pushed now. */
  readonly ifPushed: Outcome;
  /** What it does when somebody saves an instance again, with the values that it has. */
  readonly ifSavedAgain: Outcome;
  /** What handlers get otherwise when it starts again now, read from its last configuration. */
  readonly ifRestarted: readonly RestartedInstance[];
}

/**
 * Runs a plan in a model of control plane and data planes, with the user's instances judged by Kong's engine. Undefined for a plan
 * without two schemas: a first upload and a removal have nothing to judge.
 */
export function simulateRollout(
  plan: MigrationPlan,
  instances: readonly PluginInstance[],
  { controlPlane = "konnect", dataPlanes = [{ name: "data planes" }], edits }: SimulateOptions = {},
): Rollout | undefined {
  const { oldSchema, newSchema } = plan;
  if (oldSchema === undefined || newSchema === undefined) return undefined;
  const given = edits ?? adaptInstances(oldSchema, newSchema, instances);
  const nodes = new RolloutNodes(
    oldSchema,
    newSchema,
    given.map((edit) => ({ instance: edit.instance, edit })),
  );
  const start = startWith(controlPlane, dataPlanes);
  const steps = plan.steps.flatMap(({ id }) => {
    const action = actionOfStep[id];
    return action === undefined ? [] : [{ id, action }];
  });
  const actions = steps.map(({ action }) => action);
  const moments = run(start, actions, nodes);
  const back = waysBack(moments, actions, given, nodes);
  const first = back.find(({ losses }) => losses.length > 0);
  return {
    controlPlane,
    instances: given.map(({ instance }) => instance),
    edits: given,
    steps: moments.map(({ world }, at) => showMoment(world, steps[at - 1], nodes)),
    exploration: explore(start, actions, nodes),
    waysBack: back,
    pointOfNoReturn: first === undefined ? undefined : steps[first.after - 1]?.id,
  };
}

function startWith(kind: ControlPlaneKind, dataPlanes: readonly DataPlaneGroup[]): World {
  const world: World = { kind, controlPlane: "old", saved: "before", groups: [] };
  const payload = payloadOf(world);
  const groups = dataPlanes.map(({ name, has = "old", isConnected = true }): Group => ({
    name,
    has,
    isConnected,
    running: { payload, acceptedBy: has },
  }));
  return { ...world, groups };
}

function showMoment(
  world: World,
  step: { readonly id: StepId; readonly action: Action } | undefined,
  nodes: RolloutNodes,
): RolloutStep {
  const payload = payloadOf(world);
  return {
    id: step?.id,
    action: step?.action,
    controlPlane: world.controlPlane,
    groups: world.groups.map((group) => ({
      name: group.name,
      has: group.has,
      isConnected: group.isConnected,
      ifPushed: nodes.push(payload, group.has),
      ifSavedAgain: nodes.pushSavedAgain(payload, world.controlPlane, group.has),
      ifRestarted: nodes.restart(group),
    })),
    newNode: { withOldVersion: nodes.push(payload, "old"), withNewVersion: nodes.push(payload, "new") },
    isInSync: isInSync(world, nodes),
  };
}
