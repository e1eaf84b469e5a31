import { clonablePlugins } from "../../kong/streamed-and-cloned.js";
import { cloned } from "../applicability.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const cloneRef: LintRule = {
  id: "clone-ref",
  severity: "error",
  summary: "A clone is made from a plugin that cannot be cloned.",
  why: "Sixteen bundled plugins can be cloned, and no custom one: the definition is refused.",
  remedy: `Make the clone from one of: ${clonablePlugins.join(", ")}.`,
  facts: ["cloning-ref"],
  source: sourceOf("cloning-ref"),
  appliesTo: [cloned],
  example: {
    bad: { clones: [{ name: "my-rate-limiting", ref: "rate-limiting" }] },
    good: { clones: [{ name: "my-key-auth", ref: "key-auth" }] },
  },
  check: ({ clones }) =>
    clones
      .filter(({ ref }) => !clonablePlugins.some((name) => name === ref))
      .map(({ name, ref, position }) => ({
        position,
        message: `the clone ${name} is made from ${ref === "" ? "no plugin" : ref}, which cannot be cloned: the definition is refused`,
      })),
};
