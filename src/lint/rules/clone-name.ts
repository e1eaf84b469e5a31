import { cloneNameLimit, pluginNameRule } from "../../kong/streamed-and-cloned.js";
import { cloned } from "../applicability.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const cloneName: LintRule = {
  id: "clone-name",
  severity: "error",
  summary: `A clone's name is not made of ${pluginNameRule.words}.`,
  why: "The definition is refused.",
  remedy: "Choose a name such as my-key-auth.",
  facts: ["cloning-name"],
  source: sourceOf("cloning-name"),
  appliesTo: [cloned],
  example: {
    bad: { clones: [{ name: "Key_Auth_2", ref: "key-auth" }] },
    good: { clones: [{ name: "my-key-auth", ref: "key-auth" }] },
  },
  check: ({ clones }) =>
    clones
      .filter(({ name }) => !pluginNameRule.pattern.test(name) || name.length > cloneNameLimit)
      .map(({ name, position }) => ({
        position,
        message: `the clone's name ${JSON.stringify(name.slice(0, 60))} is not made of ${pluginNameRule.words}, in ${cloneNameLimit} characters at most: the definition is refused`,
      })),
};
