/** Which of the two versions of the plugin a node has. `both`: only where the new version has another name. */
export type Held = "none" | "old" | "new" | "both";

/** `konnect` sends what it has stored; `self-managed` reads it again under the schema that it has. */
export type ControlPlaneKind = "konnect" | "self-managed";

/** `installed`: the plugin's files are on every node. `with-payload`: the control plane sends the plugin with the instances. */
export type Delivery = "installed" | "with-payload";

/**
 * How the plugin's instances are saved: as they were; edited, under the schema that the control plane had then; edited ones of the new
 * plugin beside the old ones, which are switched off; or not at all.
 */
export type Saved = "before" | "edited-under-old" | "edited-under-new" | "beside" | "none";

/** What a control plane sends; two equal ones are one payload. */
export interface Payload {
  readonly saved: Saved;
  /** The versions under which a self-managed control plane reads what it has stored; Konnect sends that as it is. */
  readonly readBy: Held | undefined;
  /** The versions of the plugin that are in the payload itself; undefined where nodes have files. */
  readonly brings: Held | undefined;
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
  readonly delivery: Delivery;
  readonly controlPlane: Held;
  readonly saved: Saved;
  readonly groups: readonly Group[];
}

/** What a step of a plan, or of the way back, does to the world. */
export type Action =
  | "update-control-plane"
  | "update-instances"
  | "create-instances-beside"
  | "update-data-planes"
  | "delete-instances"
  | "delete-old-instances"
  | "drop-old-from-control-plane"
  | "drop-old-from-data-planes"
  | "restore-control-plane"
  | "restore-instances"
  | "restore-data-planes";

export const actionNames = {
  "update-control-plane": "give the control plane the new version",
  "update-instances": "update the instances",
  "create-instances-beside": "create the new instances and switch over",
  "update-data-planes": "give the data plane nodes the new version",
  "delete-instances": "delete the instances",
  "delete-old-instances": "delete the old instances",
  "drop-old-from-control-plane": "delete the old version from the control plane",
  "drop-old-from-data-planes": "delete the old version from the data plane nodes",
  "restore-control-plane": "put the old version back on the control plane",
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
      return { ...world, controlPlane: give("old")(world.controlPlane) };
    case "update-instances":
      return { ...world, saved: world.controlPlane === "old" ? "edited-under-old" : "edited-under-new" };
    case "create-instances-beside":
      return { ...world, saved: "beside" };
    case "restore-instances":
      return { ...world, saved: "before" };
    case "delete-instances":
      return { ...world, saved: "none" };
    case "delete-old-instances":
      return { ...world, saved: world.saved === "beside" ? "edited-under-new" : "none" };
    case "drop-old-from-control-plane":
      return { ...world, controlPlane: without(world.controlPlane, "old") };
    case "update-data-planes":
      return withFiles(world, give("new"));
    case "restore-data-planes":
      return withFiles(world, give("old"));
    case "drop-old-from-data-planes":
      return withFiles(world, (has) => without(has, "old"));
  }
}

/** Where all actions lead if nothing refuses anything. */
export function goalOf(start: World, actions: readonly Action[], isRename: boolean): World {
  const end = actions.reduce((world, action) => after(world, action, isRename), start);
  return end.delivery === "installed" ? end : withFiles(end, () => end.controlPlane);
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

export function payloadOf({ kind, delivery, saved, controlPlane }: World): Payload {
  return {
    saved,
    readBy: kind === "self-managed" ? controlPlane : undefined,
    brings: delivery === "with-payload" ? controlPlane : undefined,
  };
}

export function isSamePayload(a: Payload, b: Payload): boolean {
  return a.saved === b.saved && a.readBy === b.readBy && a.brings === b.brings;
}

/** The world after a push to every connected group that takes it. */
export function afterPush(world: World, isTaken: (group: Group) => boolean): World {
  const payload = payloadOf(world);
  return {
    ...world,
    groups: world.groups.map((group) => {
      if (!group.isConnected || !isTaken(group)) return group;
      const has = payload.brings ?? group.has;
      return { ...group, has, running: { payload, acceptedBy: has } };
    }),
  };
}
