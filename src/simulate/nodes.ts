import type { InstanceEdit } from "../instances/edit.js";
import type { PluginInstance } from "../instances/instance.js";
import { instanceNameOf, Nodes } from "../instances/nodes.js";
import { type ValueChange, valueChanges } from "../instances/values.js";
import type { ErrorTree } from "../schema/format-errors.js";
import type { PluginSchema } from "../schema/model.js";
import type { Answer, KeptInstance } from "../schema/nodes.js";
import { type Outcome, refusal } from "./outcome.js";
import type { Group, Held, Payload, Saved } from "./world.js";

/** What a group runs with after a restart, where that is not what it ran with before. */
export interface RestartedInstance {
  readonly instance: number;
  readonly changes: readonly ValueChange[];
}

type Kept = Answer<{ readonly kept: KeptInstance }>;

/** All that the two versions of the plugin say of the instances in each state; every question is answered once. */
export class RolloutNodes {
  readonly isRename: boolean;
  readonly #old: PluginSchema;
  readonly #new: PluginSchema;
  readonly #instances: readonly {
    readonly nodes: Nodes;
    readonly instance: PluginInstance;
    readonly edit: InstanceEdit;
  }[];
  readonly #outcomes = new Memo<Outcome>();
  readonly #sents = new Memo<Kept>();
  readonly #restarts = new Memo<readonly RestartedInstance[]>();
  readonly #refusals = new Memo<readonly { readonly index: number; readonly errors: ErrorTree }[]>();

  constructor(
    oldSchema: PluginSchema,
    newSchema: PluginSchema,
    instances: readonly { readonly instance: PluginInstance; readonly edit: InstanceEdit }[],
  ) {
    this.#old = oldSchema;
    this.#new = newSchema;
    this.#instances = instances.map((one) => ({ ...one, nodes: new Nodes(one.instance, oldSchema) }));
    this.isRename = instanceNameOf(oldSchema) !== instanceNameOf(newSchema);
  }

  /** What a node with these versions does with a payload. */
  push(payload: Payload, has: Held): Outcome {
    return this.#outcomes.once(`push ${payloadKey(payload)} ${has}`, () =>
      this.#outcome(payload, (index) => {
        const sent = this.#sent(index, payload);
        return sent.ok ? this.#receive(index, sent.kept, has) : sent;
      }),
    );
  }

  /** What it does when one instance is saved again with the values that it has, whichever is the worst. */
  pushSavedAgain(payload: Payload, controlPlane: Held, has: Held): Outcome {
    const by = this.#schemaFor(controlPlane);
    if (payload.saved !== "before" || by === undefined) return this.push(payload, has);
    return this.#outcomes.once(`again ${payloadKey(payload)} ${controlPlane} ${has}`, () => {
      const now = this.push(payload, has);
      if (now.verdict !== "accepted") return now;
      return this.#outcome(payload, (index) => {
        const one = this.#at(index);
        const saved = one.nodes.store(by, one.instance);
        // What the control plane refuses to save is not sent.
        if (saved.verdict === "refused") return { verdict: "accepted", ok: true };
        return saved.ok ? this.#receive(index, saved.stored, has) : saved;
      });
    });
  }

  /** What the control plane says against the edits, by the index of the instance. */
  editRefusals(controlPlane: Held): readonly { readonly index: number; readonly errors: ErrorTree }[] {
    const schema = this.#schemaFor(controlPlane);
    if (schema === undefined) return [];
    return this.#refusals.once(`edits ${controlPlane}`, () =>
      this.#instances.flatMap(({ nodes, edit }, index) => {
        const answer = isEdited(edit) ? nodes.store(schema, edit) : undefined;
        return answer?.verdict === "refused" ? [{ index, errors: answer.errors }] : [];
      }),
    );
  }

  /** What a group's handlers get when it starts again: its last configuration, read under the version that it has now. */
  restart({ has, running }: Group): readonly RestartedInstance[] {
    if (running === undefined || running.acceptedBy === has) return [];
    const schema = this.#schemaFor(has);
    return this.#restarts.once(`restart ${payloadKey(running.payload)} ${running.acceptedBy} ${has}`, () =>
      this.#instances.flatMap(({ nodes }, index) => {
        const sent = this.#sent(index, running.payload);
        if (!sent.ok || schema === undefined) return [];
        const before = this.#receive(index, sent.kept, running.acceptedBy);
        if (!before.ok) return [];
        const read = nodes.restart(schema, before.effective);
        if (!read.ok) return [];
        const changes = valueChanges(before.runtime, read.filled.config, ["config"]);
        return changes.length === 0 ? [] : [{ instance: index, changes }];
      }),
    );
  }

  #outcome(
    payload: Payload,
    judge: (index: number) => {
      readonly verdict: string;
      readonly errors?: ErrorTree;
      readonly missing?: readonly string[];
    },
  ): Outcome {
    if (payload.saved === "none") return { verdict: "accepted" };
    const answers = this.#instances.map((_, index) => ({ index, answer: judge(index) }));
    const refused = answers.flatMap(({ index, answer }) =>
      answer.verdict === "refused" && answer.errors !== undefined ? [{ index, errors: answer.errors }] : [],
    );
    if (refused.length > 0) return refusal(refused);
    const missing = answers.flatMap(({ answer }) => (answer.verdict === "unknown" ? (answer.missing ?? []) : []));
    return missing.length > 0 ? { verdict: "unknown", missing: [...new Set(missing)] } : { verdict: "accepted" };
  }

  /** What the control plane sends of an instance. */
  #sent(index: number, payload: Payload): Kept {
    return this.#sents.once(`sent ${index} ${payloadKey(payload)}`, () => {
      const kept = this.#saved(index, payload.saved);
      const schema = payload.readBy === undefined ? undefined : this.#schemaFor(payload.readBy);
      if (!kept.ok || schema === undefined) return kept;
      const read = this.#at(index).nodes.read(schema, kept.kept);
      return read.ok ? { verdict: "accepted", ok: true, kept: read.read } : read;
    });
  }

  #saved(index: number, saved: Saved): Kept {
    const { nodes, edit } = this.#at(index);
    const before: Kept = nodes.stored.ok ? { verdict: "accepted", ok: true, kept: nodes.stored.stored } : nodes.stored;
    if (saved === "before" || saved === "none" || !isEdited(edit)) return before;
    const answer = nodes.store(saved === "edited-under-old" ? this.#old : this.#new, edit);
    // An edit that the control plane refuses changes nothing.
    if (answer.verdict === "refused") return before;
    return answer.ok ? { verdict: "accepted", ok: true, kept: answer.stored } : answer;
  }

  #receive(index: number, kept: KeptInstance, has: Held): ReturnType<Nodes["receive"]> {
    const { nodes } = this.#at(index);
    const isNewName = this.isRename && kept.fields["name"] === instanceNameOf(this.#new);
    const schema = has === "both" ? (isNewName ? this.#new : this.#old) : this.#schemaFor(has);
    return nodes.receive(schema ?? withoutPlugin(this.#old), kept);
  }

  /** The one version that a node has; of two, the new one. */
  #schemaFor(has: Held): PluginSchema | undefined {
    switch (has) {
      case "none":
        return undefined;
      case "old":
        return this.#old;
      case "new":
      case "both":
        return this.#new;
    }
  }

  #at(index: number) {
    const one = this.#instances[index];
    if (one === undefined) throw new RangeError(`no instance ${index}`);
    return one;
  }
}

/** Answers that were given before. */
class Memo<Result> {
  readonly #known = new Map<string, Result>();

  once(key: string, work: () => Result): Result {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const result = work();
    this.#known.set(key, result);
    return result;
  }
}

function isEdited({ need }: InstanceEdit): boolean {
  return need === "edit" || need === "resave";
}

function payloadKey({ saved, readBy }: Payload): string {
  return `${saved}/${readBy ?? "as stored"}`;
}

/** A node that does not have the plugin judges its instances as one that has another plugin. */
function withoutPlugin(schema: PluginSchema): PluginSchema {
  return { ...schema, name: "", options: { ...schema.options, pluginName: "" } };
}
