import type { PluginInstance } from "../instances/instance.js";
import { describeAddress } from "../instances/instance.js";
import { entityOf } from "../instances/adapt/draft.js";
import { entityOfKept, instanceNameOf, Nodes } from "../instances/nodes.js";
import { Hider, secretPlaces, secretsIn } from "../instances/secrets.js";
import type { PluginSchema } from "../schema/model.js";
import { checkAnyInstance } from "./check-any-instance.js";
import { refusal } from "./outcome.js";
import { giveTheSchema, type SyncCheck } from "./sync-check.js";

/**
 * Judges the instances as a control plane with the one schema has them, at a data plane with the other. Without instances: whatever the
 * control plane can hold. Values of secret parameters are hidden in what the log says.
 */
export function checkSync(
  controlPlane: PluginSchema,
  dataPlane: PluginSchema,
  instances?: readonly PluginInstance[],
): SyncCheck {
  return instances === undefined
    ? checkAnyInstance(controlPlane, dataPlane)
    : checkGiven(controlPlane, dataPlane, instances);
}

function checkGiven(
  controlPlane: PluginSchema,
  dataPlane: PluginSchema,
  instances: readonly PluginInstance[],
): SyncCheck {
  const name = instanceNameOf(controlPlane);
  const places = secretPlaces([controlPlane, dataPlane]);
  const answers = instances
    .filter((instance) => instance.name === name)
    .map((instance, index) => {
      const nodes = new Nodes(instance, controlPlane);
      const answer = nodes.stored.ok ? nodes.receive(dataPlane, nodes.stored.stored) : undefined;
      const kept = nodes.stored.ok ? [entityOfKept(nodes.stored.stored)] : [];
      const hider = new Hider(secretsIn(places, [entityOf(instance), ...kept]));
      return { index, address: describeAddress(instance.address), stored: nodes.stored, answer, hider };
    });
  const about = { about: "instances", examples: {} } as const;
  const all = answers.length === 1 ? "the one instance" : `the ${answers.length} instances`;

  const refused = answers.flatMap(({ index, address, answer, hider }) =>
    answer?.verdict === "refused" ? [{ index, address, errors: hider.errors(answer.errors) }] : [],
  );
  if (refused.length > 0) {
    return {
      ...about,
      outcome: refusal(refused),
      instances: refused.map(({ address }) => address),
      reason: `Of ${all} of ${name}, ${refused.length === 1 ? "one is" : `${refused.length} are`} refused, and the whole payload with ${refused.length === 1 ? "it" : "them"}.`,
      remedy: giveTheSchema,
    };
  }
  const notStored = answers.filter(({ stored }) => stored.verdict === "refused");
  if (notStored.length > 0) {
    return {
      ...about,
      outcome: { verdict: "unknown", missing: ["what the control plane has stored of these instances"] },
      instances: notStored.map(({ address }) => address),
      reason:
        "A control plane with this schema does not take them as they are written, so what it sends of them was stored before it had the schema.",
      remedy: "Give a saved answer of GET …/plugins in place of the decK file: it has what is stored.",
    };
  }
  const unknown = answers.flatMap(({ address, stored, answer, hider }) => {
    const missing = [stored, answer].flatMap((one) => (one?.verdict === "unknown" ? one.missing : []));
    return missing.length > 0 ? [{ address, missing: missing.map((text) => hider.text(text)) }] : [];
  });
  if (unknown.length > 0) {
    return {
      ...about,
      outcome: { verdict: "unknown", missing: [...new Set(unknown.flatMap(({ missing }) => missing))] },
      instances: unknown.map(({ address }) => address),
      reason: "The data plane's answer hangs on it.",
      remedy: "Give what is missing, such as the modules that the schema requires.",
    };
  }
  return {
    ...about,
    outcome: { verdict: "accepted" },
    instances: [],
    reason:
      answers.length === 0
        ? `There is no instance of ${name}, so nothing of it is in a payload.`
        : `The data plane accepts ${all} of ${name}.`,
    remedy: "Nothing has to be done.",
  };
}
