import { clonePriorityBounds } from "../../kong/streamed-and-cloned.js";
import { cloned } from "../applicability.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

const { lowest, highest } = clonePriorityBounds;

export const clonePriority: LintRule = {
  id: "clone-priority",
  severity: "error",
  summary: "A clone's priority is not a whole number of 32 bits.",
  why: "The definition is refused.",
  remedy: "Give a whole number, or none: the clone then has the priority of the plugin that it is made from.",
  facts: ["cloning-priority", "cloning-endpoints"],
  source: sourceOf("cloning-endpoints"),
  appliesTo: [cloned],
  example: {
    bad: { clones: [{ name: "my-acl", ref: "acl", priority: 950.5 }] },
    good: { clones: [{ name: "my-acl", ref: "acl", priority: 951 }] },
  },
  check: ({ clones }) =>
    clones
      .filter(
        ({ priority }) =>
          priority !== undefined && !(Number.isInteger(priority) && priority >= lowest && priority <= highest),
      )
      .map(({ name, priority, position }) => ({
        position,
        message: `the priority ${priority} of the clone ${name} is not a whole number from ${lowest} to ${highest}: the definition is refused`,
      })),
};
