import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeChange } from "../../src/changes/registry.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { readSchema } from "../../src/schema/read.js";
import { parameters, source, styles } from "./arbitrary-schemas.js";

describe("a schema that is written in another way", () => {
  it("shows no change: locals, helpers, loops, typedefs, names of functions, order and comments", () => {
    fc.assert(
      fc.property(
        parameters,
        fc.array(styles, { minLength: 1, maxLength: 5 }),
        fc.array(styles, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.boolean(),
        (all, one, other, isLooped, isReversed) => {
          const plain = readSchema(source(all, one, false));
          const refactored = readSchema(source(isReversed ? all.toReversed() : all, other, isLooped));
          expect(diffSchemas(plain, refactored).map(describeChange)).toEqual([]);
        },
      ),
      { numRuns: 300, seed: 20240521 },
    );
  });
});
