import type { Witness } from "../../src/prove/proof.js";
import { formatErrors } from "../../src/schema/format-errors.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { validateConfig, type ValidationResult } from "../../src/schema/validate-config.js";

/** The witness again, as the public functions answer now. */
export function replay(witness: Witness, old: PluginSchema, now: PluginSchema): Record<string, unknown> {
  const { model, config, instance, node, edit, editInstance } = witness;
  const stored = store(old, config, instance ?? (witness.storedInstance && {}));
  const saved = edit === undefined ? undefined : store(now, edit, editInstance ?? (witness.editStoredInstance && {}));
  const edited = saved?.kept;
  const onOld = edited && refusal(receive(old, edited.config, edited.instance));
  const onNew = refusal(receive(now, stored.kept.config, stored.kept.instance));
  return {
    model,
    config,
    ...(instance === undefined ? {} : { instance }),
    ...(stored.kept.instance === undefined ? {} : { storedInstance: stored.kept.instance }),
    stored: stored.kept.config,
    node,
    error: node === "new data plane" ? onNew : onOld,
    ...(edit === undefined ? {} : { edit }),
    ...(editInstance === undefined ? {} : { editInstance }),
    ...(edited === undefined ? {} : { editStored: edited.config }),
    ...(edited?.instance === undefined ? {} : { editStoredInstance: edited.instance }),
    ...(node === "old data plane" || onOld === undefined ? {} : { editError: onOld }),
  };
}

function store(schema: PluginSchema, config: unknown, instance: Witness["instance"]) {
  const kept = validateConfig(schema, config, { role: "control_plane", instance });
  if (!kept.ok) throw new Error("the control plane does not store it");
  return { kept };
}

function receive(schema: PluginSchema, config: unknown, instance: Witness["storedInstance"]): ValidationResult {
  return validateConfig(schema, config, { role: "data_plane", instance });
}

function refusal(answer: ValidationResult): string | undefined {
  return answer.verdict === "refused" ? formatErrors(answer.errors, "data-plane-log") : undefined;
}
