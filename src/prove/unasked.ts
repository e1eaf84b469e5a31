import type { Freeze } from "../changes/kind.js";
import { changeKinds, type Change } from "../changes/registry.js";
import type { UpdatePathRule } from "../changes/kind.js";
import type { Proof } from "./proof.js";
import { noChange, strictestFreeze, type Proofs } from "./prove.js";

/** What stands in the place of proofs where nobody asks for any: no path, and the freeze that each kind of change may ask for. */
export function unaskedProofs(changes: readonly Change[]): Proofs {
  return {
    ofChange: (change) => unasked(freezeOf(change)),
    together: changes.length === 0 ? noChange : unasked(strictestFreeze(changes.map(freezeOf))),
  };
}

/** Whether Kong's engine was not asked. */
export function isUnasked({ argument }: Pick<Proof, "argument">): boolean {
  return argument?.by === "not-asked";
}

function unasked(freeze: Freeze): Proof {
  return { path: "unknown", freeze, argument: { by: "not-asked" } };
}

function freezeOf(change: Change): Freeze {
  const rule: UpdatePathRule = changeKinds[change.kind].updatePath;
  const derived = "rows" in rule ? rule.withOldName : rule;
  return "freeze" in derived ? (derived.freeze ?? "none") : "none";
}
