import type { InstanceEdit } from "../instances/edit.js";
import type { PluginInstance } from "../instances/instance.js";
import type { MigrationPlan, StepId } from "../plan/plan.js";
import { RolloutNodes, type RestartedInstance } from "./nodes.js";
import { type Exploration, explore } from "./orders.js";
import { controlPlaneOf } from "./control-plane.js";
import { actionsOf } from "./plan-actions.js";
import { plannedEdits } from "./planned-edits.js";
import type { Outcome } from "./outcome.js";
import { waysBack, type WayBack } from "./rollback.js";
import { isInSync, run } from "./run.js";
import { openGate, versionGateOf } from "./version-gate.js";
import { namedVersions } from "./versions.js";
import { type Action, type ControlPlaneKind, type Group, type Held, payloadOf, type World } from "./world.js";

export interface SimulateOptions {
  /** By default what the plan's hosting has: Konnect stores and sends; one of your own reads again before it sends. */
  readonly controlPlane?: ControlPlaneKind;
  /** By default one connected group with the old version, or without any before a first upload. */
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

/**
 * A plan, run in a model of control plane and data planes. `instances` and `edits` are as they were given; values of secret parameters are
 * hidden in all that is said of nodes.
 */
export interface Rollout {
  readonly controlPlane: ControlPlaneKind;
  readonly instances: readonly PluginInstance[];
  readonly edits: readonly InstanceEdit[];
  /** The steps that change something, after the state before them. */
  readonly steps: readonly RolloutStep[];
  readonly exploration: Exploration;
  readonly waysBack: readonly WayBack[];
  /** What would have to be known, or is left out, for this plan in particular. */
  readonly notModelled: readonly string[];
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
 * Runs a plan in a model of control plane and data planes, with the user's instances judged by Kong's engine: an update, a move to another
 * plugin, a first upload (the instances are those that will be made) or a removal. Undefined where `whyNotSimulated` gives a reason.
 */
export function simulateRollout(
  plan: MigrationPlan,
  instances: readonly PluginInstance[],
  options: SimulateOptions = {},
): Rollout | undefined {
  if (whyNotSimulated(plan, options) !== undefined) return undefined;
  const { controlPlane = controlPlaneOf(plan.hosting) ?? "konnect" } = options;
  const edits = options.edits ?? plannedEdits(plan, instances);
  const gate = versionGateOf(plan.version);
  const isGated = controlPlane === "self-managed" && plan.distribution === "installed";
  const nodes = new RolloutNodes(namedVersions(plan), edits, (isGated ? gate : undefined) ?? openGate);
  const start = startWith(plan, controlPlane, options.dataPlanes);
  const steps = actionsOf(plan);
  const actions = steps.map(({ action }) => action);
  const moments = run(start, actions, nodes);
  const back = waysBack(moments, actions, edits, nodes);
  const first = back.find(({ losses }) => losses.length > 0);
  return {
    controlPlane,
    instances: edits.map(({ instance }) => instance),
    edits,
    steps: moments.map(({ world }, at) => showMoment(world, steps[at - 1], nodes)),
    exploration: explore(start, actions, nodes),
    waysBack: back,
    notModelled: [
      ...(isGated && gate === undefined && !nodes.isRename ? [gateUnknown] : []),
      ...(plan.distribution === "installed" ? [] : [switchUnknown]),
    ],
    pointOfNoReturn: first === undefined ? undefined : steps[first.after - 1]?.id,
  };
}

const gateUnknown =
  "A control plane of your own sends nothing to a node on which the handler's VERSION has another major, or a higher minor: give --from-version and --to-version.";

const switchUnknown =
  "Every node is taken to have the setting that lets it take plugins with the configuration, and a Gateway release that can.";

/** Why a plan cannot be run in the model, as a sentence. */
export function whyNotSimulated(plan: MigrationPlan, { controlPlane }: SimulateOptions = {}): string | undefined {
  const { old, new: now } = namedVersions(plan);
  if (plan.oldName !== null && old === undefined) return noSchema;
  if (plan.newName !== null && now === undefined) return noSchema;
  return (controlPlane ?? controlPlaneOf(plan.hosting)) === undefined ? noControlPlane : undefined;
}

const noSchema = "Not modelled: the schema of the plugin that a clone is made from was not given.";

const noControlPlane =
  "Not modelled: a node with a database of its own, or without one, is sent nothing by a control plane.";

function startWith(
  { situation, distribution }: MigrationPlan,
  kind: ControlPlaneKind,
  dataPlanes: readonly DataPlaneGroup[] = [{ name: "data planes" }],
): World {
  const isFirst = situation === "first-upload";
  const world: World = {
    kind,
    delivery: distribution === "installed" ? "installed" : "with-payload",
    controlPlane: isFirst ? "none" : "old",
    saved: isFirst ? "none" : "before",
    groups: [],
  };
  const payload = payloadOf(world);
  const groups = dataPlanes.map(({ name, has: given, isConnected = true }): Group => {
    const has = payload.brings ?? given ?? (isFirst ? "none" : "old");
    return { name, has, isConnected, running: { payload, acceptedBy: has } };
  });
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
