import type { EditContext } from "./adapt/draft.js";
import { editInstance, type JudgedEdit } from "./adapt/edit-instance.js";
import type { KeptInstance } from "../schema/nodes.js";
import type { PluginInstance } from "./instance.js";
import { Nodes, type Received } from "./nodes.js";

/** All that the nodes say of one instance. */
export interface Judgement {
  readonly instance: PluginInstance;
  readonly nodes: Nodes;
  /** What data planes make of the instance as it is stored now; undefined where nothing is stored. */
  readonly onOldDataPlanes: Received | undefined;
  readonly onNewDataPlanes: Received | undefined;
  readonly edited: JudgedEdit;
}

export function judgeInstance(instance: PluginInstance, context: EditContext): Judgement {
  const nodes = new Nodes(instance, context.oldSchema);
  const kept = nodes.stored.ok ? nodes.stored.stored : undefined;
  const onOldDataPlanes = kept && nodes.receive(context.oldSchema, kept);
  const { isTaken, onNewDataPlanes } = asItIs(nodes, kept, context);
  const edited = editInstance(instance, isTaken, { ...context, nodes });
  // Another plugin gets nothing but what is saved for it.
  const isAnother = context.model === "another-plugin";
  return {
    instance,
    nodes,
    onOldDataPlanes,
    onNewDataPlanes: isAnother ? edited.onNewDataPlanes : onNewDataPlanes,
    edited,
  };
}

/** What data planes with the new schema make of an instance that nobody has edited. */
function asItIs(nodes: Nodes, kept: KeptInstance | undefined, { newSchema, model }: EditContext) {
  if (kept === undefined || model === "another-plugin")
    return { isTaken: "unknown", onNewDataPlanes: undefined } as const;
  const sent = model === "konnect" ? undefined : nodes.read(newSchema, kept);
  if (sent !== undefined && !sent.ok) return { isTaken: sent.verdict, onNewDataPlanes: sent };
  const onNewDataPlanes = nodes.receive(newSchema, sent === undefined ? kept : sent.read);
  return { isTaken: onNewDataPlanes.verdict, onNewDataPlanes };
}
