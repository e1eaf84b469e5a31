import type { EditContext } from "./adapt/draft.js";
import { editInstance, type JudgedEdit } from "./adapt/edit-instance.js";
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
  const onNewDataPlanes = kept && nodes.receive(context.newSchema, kept);
  const edited = editInstance(instance, onNewDataPlanes?.verdict ?? "unknown", { ...context, nodes });
  return { instance, nodes, onOldDataPlanes, onNewDataPlanes, edited };
}
