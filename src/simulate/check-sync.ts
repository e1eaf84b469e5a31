import type { PluginInstance } from "../instances/instance.js";
import { describeAddress } from "../instances/instance.js";
import { instanceNameOf, Nodes } from "../instances/nodes.js";
import type { PluginSchema } from "../schema/model.js";
import { type Outcome, refusal } from "./outcome.js";

/** What a push does to a data plane that has another schema than the control plane. */
export interface SyncCheck {
  readonly outcome: Outcome;
  /** The instances that decide it, by their addresses. */
  readonly instances: readonly string[];
  /** What to do, as a sentence. */
  readonly remedy: string;
}

/** Judges the instances as a control plane with the one schema has them, at a data plane with the other. */
export function checkSync(
  controlPlane: PluginSchema,
  dataPlane: PluginSchema,
  instances: readonly PluginInstance[],
): SyncCheck {
  const name = instanceNameOf(controlPlane);
  const answers = instances
    .filter((instance) => instance.name === name)
    .map((instance, index) => {
      const nodes = new Nodes(instance, controlPlane);
      // What the control plane refuses is not stored, and so not sent.
      const answer = nodes.stored.ok ? nodes.receive(dataPlane, nodes.stored.stored) : undefined;
      return { index, address: describeAddress(instance.address), answer };
    });
  const refused = answers.flatMap(({ index, address, answer }) =>
    answer?.verdict === "refused" ? [{ index, address, errors: answer.errors }] : [],
  );
  if (refused.length > 0) {
    return {
      outcome: refusal(refused),
      instances: refused.map(({ address }) => address),
      remedy:
        "Give every data plane node the schema that the control plane has; the next push, or its next start, brings it into step.",
    };
  }
  const unknown = answers.flatMap(({ address, answer }) =>
    answer?.verdict === "unknown" ? [{ address, missing: answer.missing }] : [],
  );
  if (unknown.length > 0) {
    return {
      outcome: { verdict: "unknown", missing: [...new Set(unknown.flatMap(({ missing }) => missing))] },
      instances: unknown.map(({ address }) => address),
      remedy: "Give what is missing, such as the modules that the schema requires.",
    };
  }
  return { outcome: { verdict: "accepted" }, instances: [], remedy: "Nothing has to be done for these instances." };
}
