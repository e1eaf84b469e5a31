import { clonesPerRef } from "../../kong/streamed-and-cloned.js";
import { cloned } from "../applicability.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

const clonesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `my-acl-${index + 1}`, ref: "acl" }));

export const cloneCount: LintRule = {
  id: "clone-count",
  severity: "error",
  summary: "One plugin has more than five clones.",
  why: "The sixth definition is refused.",
  remedy: "Use one clone on several routes or services, and delete clones that have no instance.",
  facts: ["cloning-limit"],
  source: sourceOf("cloning-limit"),
  appliesTo: [cloned],
  example: { bad: { clones: clonesOf(clonesPerRef + 1) }, good: { clones: clonesOf(clonesPerRef) } },
  check: ({ clones }) =>
    clones.flatMap((clone, index) => {
      const before = clones.slice(0, index).filter(({ ref }) => ref === clone.ref).length;
      if (before < clonesPerRef) return [];
      return [
        {
          position: clone.position,
          message: `the clone ${clone.name} is number ${before + 1} of ${clone.ref}, and a plugin has at most ${clonesPerRef}: the definition is refused`,
        },
      ];
    }),
};
