import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { answerCase } from "./engine-case.js";
import type { EngineCase } from "./engine-case.js";

const cases: EngineCase[] = readFileSync(new URL("../conformance/engine-cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as EngineCase);

describe("Kong 3.9.1's own answers to old and new configurations", () => {
  it.each(cases)("$id", (given) => {
    expect(answerCase(given)).toEqual(given.expect);
  });
});
