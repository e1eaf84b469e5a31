import { expect, test } from "vitest";
import { enterprisePlugins, isBundledPlugin, openSourcePlugins } from "../../src/kong/bundled-plugins.js";
import type { DocumentedFact } from "../../src/kong/fact.js";
import { forbiddenFiles, hybridModeFacts, requirements, schemaUploadLimit } from "../../src/kong/requirements.js";
import {
  clonablePlugins,
  clonedFacts,
  pluginNameRule,
  streamedFacts,
  streamingHostings,
} from "../../src/kong/streamed-and-cloned.js";

const facts: readonly DocumentedFact[] = [
  ...requirements,
  schemaUploadLimit,
  ...hybridModeFacts,
  ...streamedFacts,
  ...clonedFacts,
];

test("every fact has an id of its own, one sentence and an address", () => {
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  for (const { id, fact, source } of facts) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(fact).toMatch(/^.{20,200}\.$/);
    expect(source).toMatch(/^https:\/\//);
  }
});

test("a forbidden file is forbidden by a requirement", () => {
  expect(requirements.map(({ id }): string => id)).toEqual(expect.arrayContaining(Object.values(forbiddenFiles)));
});

test("the open-source Gateway 3.9 comes with 45 plugins, and Enterprise adds others", () => {
  expect(openSourcePlugins).toHaveLength(45);
  expect(new Set([...openSourcePlugins, ...enterprisePlugins]).size).toBe(45 + enterprisePlugins.length);
  expect(["rate-limiting", "openid-connect", "my-plugin"].map(isBundledPlugin)).toStrictEqual([true, true, false]);
});

test("sixteen plugins can be cloned, all of them bundled", () => {
  expect(clonablePlugins).toHaveLength(16);
  expect(clonablePlugins.filter((name) => !isBundledPlugin(name))).toStrictEqual([]);
});

test("plugins cannot be streamed to Serverless gateways and can everywhere else", () => {
  const refused = Object.entries(streamingHostings).filter(([, isSupported]) => !isSupported);
  expect(refused).toStrictEqual([["serverless", false]]);
});

test("a definition's name is lower-case, begins with a letter and does not end in a hyphen", () => {
  const verdicts = [
    "delay",
    "a",
    "delay-v2",
    "d2",
    "Delay",
    "2d",
    "delay-",
    "-delay",
    "de_lay",
    "",
    "délai",
    "a\n",
  ].map((name) => [name, pluginNameRule.pattern.test(name)]);
  expect(Object.fromEntries(verdicts)).toStrictEqual({
    delay: true,
    a: true,
    "delay-v2": true,
    d2: true,
    Delay: false,
    "2d": false,
    "delay-": false,
    "-delay": false,
    de_lay: false,
    "": false,
    délai: false,
    "a\n": false,
  });
});
