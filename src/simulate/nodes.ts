import { harmlessFields, judgementKey } from "../instances/alike.js";
import { entityOf } from "../instances/adapt/draft.js";
import type { InstanceEdit } from "../instances/edit.js";
import { hideInChange } from "../instances/hide-secrets.js";
import { entityOfKept, instanceNameOf, Nodes } from "../instances/nodes.js";
import { Hider, secretPlaces, secretsIn } from "../instances/secrets.js";
import { type ValueChange, valueChanges } from "../instances/values.js";
import type { ErrorTree } from "../schema/format-errors.js";
import type { PluginSchema } from "../schema/model.js";
import type { Answer, KeptInstance } from "../schema/nodes.js";
import { type Judged, type Outcome, outcomeOf } from "./outcome.js";
import type { VersionGate } from "./version-gate.js";
import type { Group, Held, Payload, Saved } from "./world.js";

/** What a group runs with after a restart, where that is not what it ran with before. */
export interface RestartedInstance {
  readonly instance: number;
  readonly changes: readonly ValueChange[];
}

type Kept = Answer<{ readonly kept: KeptInstance }>;

/** The versions of a plugin in a rollout: one of them at least. */
export interface RolloutVersions {
  readonly old: PluginSchema | undefined;
  readonly new: PluginSchema | undefined;
}

interface RolloutInstance {
  readonly edit: InstanceEdit;
  readonly nodes: Nodes;
  /** Hides what is secret of it. */
  readonly hider: Hider;
  /** The first instance of which nodes say the same. */
  readonly alike: number;
}

/** All that the versions of the plugin say of the instances in each state; every question is answered once. */
export class RolloutNodes {
  /** Whether old and new version have different names and can stand side by side. */
  readonly isRename: boolean;
  readonly #old: PluginSchema;
  readonly #new: PluginSchema;
  readonly #gate: VersionGate;
  readonly #instances: readonly RolloutInstance[];
  readonly #outcomes = new Memo<Outcome>();
  readonly #sents = new Memo<readonly Kept[]>();
  readonly #restarts = new Memo<readonly RestartedInstance[]>();
  readonly #refusals = new Memo<readonly { readonly index: number; readonly errors: ErrorTree }[]>();

  constructor(versions: RolloutVersions, edits: readonly InstanceEdit[], gate: VersionGate) {
    const some = versions.old ?? versions.new;
    if (some === undefined) throw new RangeError("a rollout without a version");
    this.#old = versions.old ?? withoutPlugin(some);
    this.#new = versions.new ?? withoutPlugin(some);
    this.#gate = gate;
    this.#instances = withNodes(edits, [this.#old, this.#new], some);
    this.isRename = instanceNameOf(this.#old) !== instanceNameOf(this.#new);
  }

  /** What becomes of a payload for a node that has these versions. */
  push(payload: Payload, has: Held): Outcome {
    const holds = payload.brings ?? has;
    return this.#outcomes.once(`push ${payloadKey(payload)} ${holds}`, () => {
      if (payload.saved === "none") return { verdict: "accepted" };
      const held = this.#heldBack(payload, holds);
      if (held !== undefined) return held;
      const outcome = this.#judge(holds, (index) => this.#sent(index, payload));
      // What nodes run today they have taken, also where nobody here can tell why.
      return outcome.verdict === "unknown" && this.#isPresent(payload, holds) ? { verdict: "accepted" } : outcome;
    });
  }

  /** What becomes of it when one instance is saved again with the values that it has, or made for the first time, whichever is the worst. */
  pushSavedAgain(payload: Payload, controlPlane: Held, has: Held): Outcome {
    const now = this.push(payload, has);
    const isMade = payload.saved === "none";
    if (now.verdict !== "accepted" || (payload.saved !== "before" && !isMade)) return now;
    const holds = payload.brings ?? has;
    return this.#outcomes.once(`again ${payloadKey(payload)} ${controlPlane} ${holds}`, () => {
      const held = isMade ? this.#heldBack({ ...payload, saved: "edited-under-new" }, holds) : undefined;
      const answers = this.#ofEach(({ nodes, edit }) => {
        const state = isMade ? edit : edit.instance;
        const by = this.#schemaFor(controlPlane, state.name);
        // What the control plane does not know, or refuses to save, is not sent.
        const saved = by && nodes.store(by, state);
        if (saved === undefined || saved.verdict === "refused") return [];
        return [saved.ok ? this.#exported(nodes, saved.stored, payload) : saved];
      });
      if (held !== undefined) return answers.flat().length > 0 ? held : now;
      return this.#judge(holds, (index) => answers[index] ?? []);
    });
  }

  /** What the control plane says against the edits, by the index of the instance. */
  editRefusals(controlPlane: Held): readonly { readonly index: number; readonly errors: ErrorTree }[] {
    return this.#refusals.once(`edits ${controlPlane}`, () =>
      this.#ofEach(({ nodes, edit }) =>
        isEdited(edit)
          ? nodes.store(this.#schemaFor(controlPlane, edit.name) ?? withoutPlugin(this.#old), edit)
          : undefined,
      ).flatMap((answer, index) => (answer?.verdict === "refused" ? [{ index, errors: answer.errors }] : [])),
    );
  }

  /** What a group's handlers get when it starts again: its last configuration, read under the version that it has now. */
  restart({ has, running }: Group): readonly RestartedInstance[] {
    if (running === undefined || running.acceptedBy === has) return [];
    const { payload, acceptedBy } = running;
    return this.#restarts.once(`restart ${payloadKey(payload)} ${acceptedBy} ${has}`, () =>
      this.#ofEach(({ nodes, hider }, index) =>
        this.#sent(index, payload).flatMap((sent) => {
          if (!sent.ok) return [];
          const schema = this.#schemaFor(has, nameOf(sent.kept));
          const before = this.#receive(nodes, sent.kept, acceptedBy);
          if (schema === undefined || !before.ok) return [];
          const read = nodes.restart(schema, before.effective);
          if (!read.ok) return [];
          return valueChanges(before.runtime, read.filled.config, ["config"]).map((one) => hideInChange(one, hider));
        }),
      ).flatMap((changes, index) => (changes.length === 0 ? [] : [{ instance: index, changes }])),
    );
  }

  /** Hides what is secret of an instance. */
  hiderAt(index: number): Hider {
    return this.#at(index).hider;
  }

  /** Whether any saved instance is one of the old plugin. */
  refersToOld(saved: Saved): boolean {
    return this.#instances.some(({ nodes, edit }) => {
      if (saved === "none" || nodes.stored.verdict === "refused") return false;
      return saved === "before" || saved === "beside" || !isEdited(edit) || edit.name === instanceNameOf(this.#old);
    });
  }

  #judge(has: Held, sent: (index: number) => readonly Kept[]): Outcome {
    const answers = this.#ofEach(({ nodes, hider }, index) =>
      sent(index).map((one) => shown(one.ok ? this.#receive(nodes, one.kept, has) : one, hider)),
    );
    return outcomeOf(answers.flatMap((all, index) => all.map((answer) => ({ index, answer }))));
  }

  /** Asks once for instances that are alike. */
  #ofEach<Result>(ask: (instance: RolloutInstance, index: number) => Result): readonly Result[] {
    const known = new Map<number, Result>();
    return this.#instances.map((instance, index) => {
      const answer = known.get(instance.alike) ?? ask(instance, index);
      known.set(instance.alike, answer);
      return answer;
    });
  }

  /** Whether a payload is what was sent before the rollout, to a node that has what it had then. */
  #isPresent({ saved, readBy }: Payload, has: Held): boolean {
    const sides = [has, ...(readBy === undefined ? [] : [readBy])];
    return saved === "before" && sides.every((side) => side === "old" || side === "both");
  }

  /** Whether a self-managed control plane sends nothing to a node with these versions. */
  #heldBack({ saved, readBy, brings }: Payload, has: Held): Outcome | undefined {
    if (readBy === undefined || brings !== undefined) return undefined;
    const names = new Set(
      this.#instances.flatMap(({ edit }) => {
        switch (saved) {
          case "none":
            return [];
          case "before":
            return [edit.instance.name];
          case "edited-under-old":
          case "edited-under-new":
          case "beside":
            return [edit.name];
        }
      }),
    );
    for (const name of names) {
      // Of a plugin that it does not have itself it knows no version.
      const own = this.#versionOf(readBy, name);
      if (own === undefined) continue;
      const node = this.#versionOf(has, name);
      const reason = node === undefined ? `the node does not have ${name}` : this.#gate(own, node);
      if (reason !== undefined) return { verdict: "held-back", reason };
    }
    return undefined;
  }

  /** What the control plane sends of an instance. */
  #sent(index: number, payload: Payload): readonly Kept[] {
    return this.#sents.once(`sent ${index} ${payloadKey(payload)}`, () =>
      this.#saved(index, payload).map((kept) =>
        kept.ok ? this.#exported(this.#at(index).nodes, kept.kept, payload) : kept,
      ),
    );
  }

  #exported(nodes: Nodes, stored: KeptInstance, { readBy }: Payload): Kept {
    const as = { verdict: "accepted", ok: true, kept: stored } as const;
    const schema = readBy === undefined ? undefined : this.#schemaFor(readBy, nameOf(stored));
    if (schema === undefined) return as;
    const read = nodes.read(schema, stored);
    return read.ok ? { verdict: "accepted", ok: true, kept: read.read } : read;
  }

  #saved(index: number, { saved, readBy }: Payload): readonly Kept[] {
    const { nodes, edit } = this.#at(index);
    // What the control plane never took is in no payload.
    const before: readonly Kept[] = nodes.stored.ok
      ? [{ verdict: "accepted", ok: true, kept: nodes.stored.stored }]
      : nodes.stored.verdict === "unknown"
        ? [nodes.stored]
        : [];
    switch (saved) {
      case "none":
        return [];
      case "before":
        return before;
      case "beside":
        // A control plane of one's own does not send what is switched off.
        return [...(readBy === undefined ? before : []), ...this.#edited(nodes, edit, this.#new, [])];
      case "edited-under-old":
        return this.#edited(nodes, edit, this.#old, before);
      case "edited-under-new":
        return this.#edited(nodes, edit, this.#new, before);
    }
  }

  /** An edit that the control plane refuses changes nothing. */
  #edited(nodes: Nodes, edit: InstanceEdit, by: PluginSchema, before: readonly Kept[]): readonly Kept[] {
    if (!isEdited(edit)) return before;
    const answer = nodes.store(by, edit);
    if (answer.verdict === "refused") return before;
    return [answer.ok ? { verdict: "accepted", ok: true, kept: answer.stored } : answer];
  }

  #receive(nodes: Nodes, kept: KeptInstance, has: Held): ReturnType<Nodes["receive"]> {
    return nodes.receive(this.#schemaFor(has, nameOf(kept)) ?? withoutPlugin(this.#old), kept);
  }

  /** The version that a node has of the plugin with a name. */
  #schemaFor(has: Held, name: string): PluginSchema | undefined {
    const version = this.#versionOf(has, name);
    return version === undefined ? undefined : { old: this.#old, new: this.#new }[version];
  }

  #versionOf(has: Held, name: string): "old" | "new" | undefined {
    if (has === "none") return undefined;
    if (has === "both") return name === instanceNameOf(this.#new) ? "new" : "old";
    const schema = { old: this.#old, new: this.#new }[has];
    return this.isRename && name !== instanceNameOf(schema) ? undefined : has;
  }

  #at(index: number) {
    const one = this.#instances[index];
    if (one === undefined) throw new RangeError(`no instance ${index}`);
    return one;
  }
}

/** Instances with the same edit that no schema can tell apart share their nodes. */
function withNodes(
  edits: readonly InstanceEdit[],
  schemas: readonly PluginSchema[],
  storedBy: PluginSchema,
): readonly RolloutInstance[] {
  const unseen = harmlessFields(schemas);
  const places = secretPlaces(schemas);
  const hiderOf = (edit: InstanceEdit, { stored }: Nodes) => {
    const kept = stored.ok ? [entityOfKept(stored.stored)] : [];
    return new Hider(secretsIn(places, [...[edit.instance, edit].map(entityOf), ...kept]));
  };
  const known = new Map<string, Omit<RolloutInstance, "edit">>();
  return edits.map((edit, index) => {
    const { instance, need, name, config, fields } = edit;
    const key = [instance, { ...instance, name, config, fields }].map((one) => judgementKey(one, unseen)).join(need);
    const found = known.get(key);
    if (found !== undefined) return { edit, ...found };
    const nodes = new Nodes(instance, storedBy);
    const own = { nodes, hider: hiderOf(edit, nodes), alike: index };
    known.set(key, own);
    return { edit, ...own };
  });
}

/** What a node says of an instance, without the instance's secrets. */
function shown(answer: Judged, hider: Hider): Judged {
  const { verdict, errors, missing } = answer;
  return {
    verdict,
    ...(errors === undefined ? {} : { errors: hider.errors(errors) }),
    ...(missing === undefined ? {} : { missing: missing.map((text) => hider.text(text)) }),
  };
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

function nameOf({ fields }: KeptInstance): string {
  return typeof fields["name"] === "string" ? fields["name"] : "";
}

function payloadKey({ saved, readBy, brings }: Payload): string {
  return `${saved}/${readBy ?? "as stored"}/${brings ?? "files"}`;
}

/** A node that does not have the plugin judges its instances as one that has another plugin. */
function withoutPlugin(schema: PluginSchema): PluginSchema {
  return { ...schema, name: "", options: { ...schema.options, pluginName: "" } };
}
