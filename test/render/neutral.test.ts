import { expect, it } from "vitest";
import { isCommon } from "../../src/render/neutral.js";

it("takes no character for safe that steers a terminal, and none of two code units", () => {
  const taken = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(isCommon);
  expect(taken.filter((character) => /[\p{C}\p{Zl}\p{Zp}]/u.test(character))).toEqual([]);
  expect(isCommon("😀")).toBe(false);
  expect(isCommon("config.ttl → 60 …")).toBe(true);
});
