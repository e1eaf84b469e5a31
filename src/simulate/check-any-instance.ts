import type { JsonObject } from "../changes/json.js";
import { diffSchemas } from "../diff/diff-schemas.js";
import type { Argument, Proof } from "../prove/proof.js";
import { proveChanges } from "../prove/prove.js";
import { formatErrors } from "../schema/format-errors.js";
import type { PluginSchema } from "../schema/model.js";
import { receiveInstance, storeInstance } from "../schema/nodes.js";
import { plainestConfig } from "./plainest-instance.js";
import { giveTheSchema, type InstanceExample, type SyncCheck } from "./sync-check.js";

/**
 * The worst that a push can do, over all instances that the control plane can hold: what the proof finds refused, and the plainest
 * instances, are put to both nodes as a whole.
 */
export function checkAnyInstance(controlPlane: PluginSchema, dataPlane: PluginSchema): SyncCheck {
  const changes = diffSchemas(controlPlane, dataPlane);
  const proofs = proveChanges(controlPlane, dataPlane, changes);
  const { together } = proofs;
  const witnesses = [together, ...changes.map((change) => proofs.ofChange(change))].flatMap(refusedBy);
  const tried = [...plainest(controlPlane), ...witnesses].map((example) => ({
    example,
    answer: answerTo(example, controlPlane, dataPlane),
  }));
  const accepted = tried.find(({ answer }) => answer?.verdict === "accepted")?.example;
  const about = { about: "any-instance", instances: [] } as const;
  const fine = accepted === undefined ? {} : { accepted };

  for (const { example, answer } of tried) {
    if (answer?.verdict !== "refused") continue;
    return {
      ...about,
      outcome: { verdict: "refused", log: formatErrors(answer.errors, "data-plane-log"), instances: [] },
      examples: { refused: example, ...fine },
      reason: "One such instance, saved at this control plane, is enough for the whole payload to be refused.",
      remedy: `${giveTheSchema} Until then, --instances says whether any of yours is refused.`,
    };
  }
  if (together.path === "none" || together.path === "short") {
    const { reason, remedy } = isAccepted(together.argument, changes.length);
    return { ...about, outcome: { verdict: "accepted" }, examples: fine, reason, remedy };
  }
  const missing =
    together.argument?.by === "nothing"
      ? together.argument.missing
      : ["values for the other parameters that the control plane requires"];
  return {
    ...about,
    outcome: { verdict: "unknown", missing },
    examples: fine,
    reason: "Some configurations may be refused; which ones hangs on it.",
    remedy: "Give your own instances with --instances: each is judged as it is.",
  };
}

function refusedBy({ witness }: Proof): readonly InstanceExample[] {
  if (witness?.node !== "new data plane") return [];
  const { config, instance } = witness;
  return [{ config, ...(instance === undefined ? {} : { fields: instance }) }];
}

/** An instance that says nothing, and one that says what it must. */
function plainest(schema: PluginSchema): readonly { readonly config: JsonObject }[] {
  const least = plainestConfig(schema);
  return [{ config: {} }, ...(Object.keys(least).length === 0 ? [] : [{ config: least }])];
}

/** Undefined where the control plane does not take it, so that it is in no payload. */
function answerTo(example: InstanceExample, controlPlane: PluginSchema, dataPlane: PluginSchema) {
  const saved = storeInstance(controlPlane, example);
  return saved.ok ? receiveInstance(dataPlane, saved.stored) : undefined;
}

function isAccepted(argument: Argument | undefined, changes: number): Pick<SyncCheck, "reason" | "remedy"> {
  if (changes === 0) return { reason: "The two schemas say the same.", remedy: "Nothing has to be done." };
  return {
    reason:
      argument?.by === "search"
        ? `The schemas differ, and of ${argument.tried} configurations that were tried the data plane refuses none.`
        : "The schemas differ in nothing that a data plane refuses.",
    remedy:
      "Nothing has to be done for instances that this control plane saves. Those that it saved under an earlier schema are sent as they were stored: give them with --instances.",
  };
}
