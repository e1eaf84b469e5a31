import { describe, expect, it } from "vitest";
import { engineCases } from "../conformance/engine-cases.js";
import { answerCase } from "./answer-case.js";

describe("Kong 3.9.1's own answers to old and new configurations", () => {
  it.each(engineCases)("$id", (given) => {
    expect(answerCase(given)).toEqual(given.expect);
  });
});
