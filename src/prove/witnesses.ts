import type { JsonObject } from "../changes/json.js";
import type { Change } from "../changes/registry.js";
import { formatErrors } from "../schema/format-errors.js";
import { isValueMap, type PluginSchema, type ValueMap } from "../schema/model.js";
import { configOf } from "./groups.js";
import { madeSchema } from "./made-schema.js";
import { instanceNodes, type Candidate, type Stored } from "./nodes.js";
import { without } from "./objects.js";
import { provenModel, type Proof, type ProvenPath, type Witness } from "./proof.js";
import type { Edit, Findings } from "./search.js";
import { Typical } from "./typical.js";

/** What was found of one part of the schema. */
export interface Part {
  readonly changes: readonly Change[];
  readonly path: ProvenPath;
  readonly findings: Findings;
  /** What would have to be known, where the path is unknown. */
  readonly missing: readonly string[];
  /** Why nothing can be refused, where no search was needed. */
  readonly rule?: string;
  /** What was left out because no change touches it and it cannot be judged here. */
  readonly assumes?: readonly string[];
  /** Whether a name belongs to the part. */
  readonly isWanted: (name: string) => boolean;
}

/** Makes whole instances of what was found in a part of the schema: the rest is the least that the old schema asks for. */
export class Witnesses {
  readonly #schema: PluginSchema;
  #rest: Rest | undefined;
  /** By what a part wants: the rest without it. */
  readonly #rests = new Map<(name: string) => boolean, Rest>();

  /** `count` is how many witnesses there can be: of very many in a very wide schema each is shown without the rest. */
  constructor(oldSchema: PluginSchema, count: number) {
    this.#schema = oldSchema;
    const width = configOf(oldSchema)?.fields.length ?? 0;
    if (width * count > mostRestEntries) this.#rest = noRest;
  }

  proofOf(part: Part): Proof {
    const { assumes } = part;
    return { ...this.#proofOf(part), ...(assumes === undefined ? {} : { assumes }) };
  }

  #proofOf(part: Part): Proof {
    const { path, findings, missing, rule } = part;
    const { freeze, tried } = findings;
    switch (path) {
      case "none":
      case "short": {
        const witness = this.#frozen(part);
        return {
          path,
          freeze,
          ...(witness === undefined ? {} : { witness }),
          argument: rule === undefined ? { by: "search", tried } : { by: "construction", rule },
        };
      }
      case "unknown":
        return { path, freeze, argument: { by: "nothing", missing } };
      case "long":
      case "cp-dp-sync": {
        const witness = this.#refused(part, path === "long" ? findings.bridge : findings.conflict);
        return { path, freeze, ...(witness === undefined ? {} : { witness }) };
      }
    }
  }

  /** The same for the whole of two schemas, of which `part` decides; an edit must also satisfy `others`. */
  proofOfWhole(part: Part, others: readonly Part[], newSchema: PluginSchema): Proof {
    const proof = this.proofOf(part);
    const { witness } = proof;
    if (witness === undefined || witness.isPartial === true) return proof;
    return { ...proof, witness: this.#again(witness, others, newSchema) };
  }

  /** The witness as the nodes answer to it with all changes made. */
  #again(witness: Witness, others: readonly Part[], newSchema: PluginSchema): Witness {
    const { config, instance, edit, editInstance } = witness;
    const needs = others.filter(({ path }) => path === "long" || path === "cp-dp-sync");
    const whole = needs.reduce((so, { findings: { bridge, conflict }, isWanted }) => {
      const chosen = bridge ?? conflict;
      return chosen === undefined ? so : { ...without(so, isWanted), ...chosen.candidate.config };
    }, edit ?? config);
    const [old, now] = [instanceNodes(this.#schema), instanceNodes(newSchema)];
    const stored = old.store(candidateOf(config, instance));
    const saved = now.store(candidateOf(whole, editInstance));
    if (!stored.ok || !saved.ok) return { ...witness, isPartial: true };
    const onNew = now.receive(stored.stored);
    const onOld = old.receive(saved.stored);
    const editError = onOld.verdict === "refused" ? formatErrors(onOld.errors, "data-plane-log") : undefined;
    const error =
      witness.node === "old data plane"
        ? editError
        : onNew.verdict === "refused"
          ? formatErrors(onNew.errors, "data-plane-log")
          : undefined;
    if (error === undefined) return { ...witness, isPartial: true };
    const { model, stored: kept, storedInstance, node, editStoredInstance } = witness;
    return {
      model,
      config,
      ...(instance === undefined ? {} : { instance }),
      stored: kept,
      ...(storedInstance === undefined ? {} : { storedInstance }),
      node,
      error,
      edit: whole,
      ...(editInstance === undefined ? {} : { editInstance }),
      editStored: saved.stored.config,
      ...(editStoredInstance === undefined ? {} : { editStoredInstance }),
      ...(editError === undefined || node === "old data plane" ? {} : { editError }),
    };
  }

  #refused({ findings: { refused }, isWanted, assumes }: Part, edit: Edit | undefined): Witness | undefined {
    if (refused === undefined) return undefined;
    return {
      model: provenModel,
      ...this.#whole(refused.candidate, refused.stored, isWanted),
      node: "new data plane",
      error: formatErrors(refused.errors, "data-plane-log"),
      ...(edit === undefined ? {} : this.#edit(edit, isWanted)),
      ...(assumes === undefined ? {} : { isPartial: true as const }),
    };
  }

  #frozen({ findings: { frozen }, isWanted, assumes }: Part): Witness | undefined {
    if (frozen === undefined) return undefined;
    const { errors, before, ...edit } = frozen;
    return {
      model: provenModel,
      ...this.#whole(before.candidate, before.stored, isWanted),
      node: "old data plane",
      error: formatErrors(errors, "data-plane-log"),
      ...this.#edit(edit, isWanted),
      ...(assumes === undefined ? {} : { isPartial: true as const }),
    };
  }

  #whole({ config, instance }: Candidate, stored: Stored, isWanted: (name: string) => boolean) {
    const rest = this.#restFor(isWanted);
    const whole = instance === undefined ? rest.instance : { ...rest.instance, ...instance };
    const fields = stored.fields ?? (rest.instance && rest.fields);
    return {
      config: { ...rest.config, ...config },
      ...(whole === undefined ? {} : { instance: whole }),
      stored: isValueMap(stored.config) ? { ...rest.stored, ...stored.config } : stored.config,
      ...(fields === undefined ? {} : { storedInstance: fields }),
      ...(rest.isPartial ? { isPartial: true as const } : {}),
    };
  }

  #edit({ candidate, stored, errors }: Edit, isWanted: (name: string) => boolean) {
    const { config, instance, stored: kept, storedInstance } = this.#whole(candidate, stored, isWanted);
    return {
      edit: config,
      ...(instance === undefined ? {} : { editInstance: instance }),
      editStored: kept,
      ...(storedInstance === undefined ? {} : { editStoredInstance: storedInstance }),
      ...(errors === undefined ? {} : { editError: formatErrors(errors, "data-plane-log") }),
    };
  }

  #restFor(isWanted: (name: string) => boolean): Rest {
    const known = this.#rests.get(isWanted) ?? this.#restWithout(isWanted);
    this.#rests.set(isWanted, known);
    return known;
  }

  #restWithout(isWanted: (name: string) => boolean): Rest {
    const { config, stored, instance, ...rest } = (this.#rest ??= restOf(this.#schema));
    const left = instance && without(instance, (name) => isWanted(`@${name}`));
    return {
      ...rest,
      config: without(config, isWanted),
      stored: without(stored, isWanted),
      ...(left === undefined || Object.keys(left).length === 0 ? {} : { instance: left }),
    };
  }
}

/** The least instance. */
interface Rest {
  readonly config: JsonObject;
  readonly stored: ValueMap;
  /** The fields beside `config`, given and stored, where the schema asks for one. */
  readonly instance?: JsonObject;
  readonly fields?: ValueMap;
  /** Whether it is not a whole one. */
  readonly isPartial: boolean;
}

const noRest: Rest = { config: {}, stored: {}, isPartial: true };

/** 500 changes of a schema with 1,000 parameters: a report with more would have hundreds of megabytes. */
const mostRestEntries = 500_000;

function restOf(oldSchema: PluginSchema): Rest {
  // What its functions answer is remembered then.
  const schema = madeSchema(oldSchema, oldSchema, [oldSchema, oldSchema]);
  const record = configOf(schema);
  const typical = new Typical(schema);
  const config = record === undefined ? {} : typical.record(record);
  const instance = typical.required({ ...schema, fields: schema.fields.filter(({ name }) => name !== "config") });
  const answer = instanceNodes(schema).store({ config, instance });
  if (!answer.ok || !isValueMap(answer.stored.config)) return noRest;
  const { config: stored, fields } = answer.stored;
  const isAskedFor = Object.keys(instance).length > 0;
  return { config, stored, isPartial: false, ...(isAskedFor ? { instance, fields } : {}) };
}

function candidateOf(config: JsonObject, instance: JsonObject | undefined): Candidate {
  return { config, ...(instance === undefined ? {} : { instance }) };
}
