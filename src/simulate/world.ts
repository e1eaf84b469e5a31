import type { StepId } from "../plan/plan.js";

/** Which of the two versions of the plugin a node has. `both`: only where the new version has another name. */
export type Held = "none" | "old" | "new" | "both";

/** `konnect` sends what it has stored; `self-managed` reads it again under the schema that it has. */
export type ControlPlaneKind = "konnect" | "self-managed";

/** How the plugin's instances are saved: as they were, edited (under the schema that the control plane had then), or not at all. */
export type Saved = "before" | "edited-under-old" | "edited-under-new" | "none";

/** What a control plane sends; two equal ones are one payload. */
export interface Payload {
  readonly saved: Saved;
  /** The versions under which a self-managed control plane reads what it has stored; Konnect sends that as it is. */
  readonly readBy: Held | undefined;
}

/** Data plane nodes that are always treated alike. */
export interface Group {
  readonly name: string;
  readonly has: Held;
  readonly isConnected: boolean;
  /** The last payload that it accepted, and the version that it had then. */
  readonly running: { readonly payload: Payload; readonly acceptedBy: Held } | undefined;
}

export interface World {
  readonly kind: ControlPlaneKind;
  readonly controlPlane: Held;
  readonly saved: Saved;
  readonly groups: readonly Group[];
}

/** What a step of a plan, or of the way back, does to the world. */
export type Action =
  | "update-control-plane"
  | "update-instances"
  | "update-data-planes"
  | "delete-instances"
  | "drop-old-from-control-plane"
  | "drop-old-from-data-planes"
  | "restore-control-plane"
  | "restore-instances"
  | "restore-data-planes";

/** The steps of a plan that change something; the others are for people. */
export const actionOfStep: Readonly<Partial<Record<StepId, Action>>> = {
  "upload-schema": "update-control-plane",
  "update-control-plane-schema": "update-control-plane",
  "update-instances": "update-instances",
  "deploy-plugin-files": "update-data-planes",
  "update-data-plane-schemas": "update-data-planes",
  "move-instances": "update-instances",
  "delete-instances": "delete-instances",
  "delete-control-plane-schema": "drop-old-from-control-plane",
  "delete-data-plane-files": "drop-old-from-data-planes",
};

export const actionNames = {
  "update-control-plane": "update the schema on the control plane",
  "update-instances": "update the instances",
  "update-data-planes": "update the data plane nodes",
  "delete-instances": "delete the instances",
  "drop-old-from-control-plane": "delete the schema from the control plane",
  "drop-old-from-data-planes": "delete the files from the data plane nodes",
  "restore-control-plane": "put the old schema back on the control plane",
  "restore-instances": "put the instances back as they were",
  "restore-data-planes": "put the old version back on the data plane nodes",
} as const satisfies Record<Action, string>;

/** The world after an action, before anything is pushed. `isRename`: old and new version have different names and can stand side by side. */
export function after(world: World, action: Action, isRename: boolean): World {
  const give = (side: "old" | "new") => (has: Held) => given(has, side, isRename);
  switch (action) {
    case "update-control-plane":
      return { ...world, controlPlane: give("new")(world.controlPlane) };
    case "restore-control-plane":
      return { ...world, controlPlane: isRename ? without(world.controlPlane, "new") : "old" };
    case "update-instances":
      return { ...world, saved: world.controlPlane === "old" ? "edited-under-old" : "edited-under-new" };
    case "restore-instances":
      return { ...world, saved: "before" };
    case "delete-instances":
      return { ...world, saved: "none" };
    case "drop-old-from-control-plane":
      return { ...world, controlPlane: without(world.controlPlane, "old") };
    case "update-data-planes":
      return withFiles(world, give("new"));
    case "restore-data-planes":
      return withFiles(world, (has) => (isRename ? without(has, "new") : "old"));
    case "drop-old-from-data-planes":
      return withFiles(world, (has) => without(has, "old"));
  }
}

function withFiles(world: World, change: (has: Held) => Held): World {
  return { ...world, groups: world.groups.map((group) => ({ ...group, has: change(group.has) })) };
}

function given(has: Held, side: "old" | "new", isRename: boolean): Held {
  return isRename && has !== "none" && has !== side ? "both" : side;
}

function without(has: Held, side: "old" | "new"): Held {
  if (has === "both") return side === "old" ? "new" : "old";
  return has === side ? "none" : has;
}

export function payloadOf({ kind, saved, controlPlane }: World): Payload {
  return { saved, readBy: kind === "self-managed" ? controlPlane : undefined };
}

/** The world after a push to every connected group that takes it. */
export function afterPush(world: World, isTaken: (group: Group) => boolean): World {
  const payload = payloadOf(world);
  return {
    ...world,
    groups: world.groups.map((group) =>
      group.isConnected && isTaken(group) ? { ...group, running: { payload, acceptedBy: group.has } } : group,
    ),
  };
}
