import { describe, expect, it } from "vitest";
import { PlanError } from "../../src/plan/errors.js";
import { planMigration } from "../../src/plan/plan-migration.js";
import { planRemoval } from "../../src/plan/plan-removal.js";
import type { CloneDefinition } from "../../src/plan/plan.js";
import { readSchema } from "../../src/schema/read.js";

function schema(name: string, fields = "") {
  return readSchema(
    `return { name = "${name}", fields = { { config = { type = "record", fields = { ${fields} } } } } }`,
  );
}

const delay = schema("delay");
const streamingPage = "https://developer.konghq.com/custom-plugins/streaming-plugins/";
const cloningPage = "https://developer.konghq.com/gateway/entities/plugin/#cloning-plugins";
const supportedPage = "https://developer.konghq.com/gateway/entities/plugin/#supported-plugins";
const dedicatedPage = "https://developer.konghq.com/dedicated-cloud-gateways/reference/#custom-plugins";
const hybridPage = "https://developer.konghq.com/custom-plugins/konnect-hybrid-mode/";
const review = "https://github.com/Kong/developer.konghq.com/pull/5445";

function cloned(next: CloneDefinition, present: readonly CloneDefinition[] = [], old?: CloneDefinition) {
  return () => planMigration(undefined, undefined, { distribution: "cloned", clone: { old, new: next, present } });
}

const acme = { name: "acme-headers", ref: "request-transformer" };
const five = [1, 2, 3, 4, 5].map((number) => ({ ...acme, name: `team-${number}` }));

const refusals: readonly (readonly [string, () => unknown, string, string | undefined])[] = [
  [
    "streaming to Serverless",
    () => planMigration(delay, delay, { distribution: "streamed", hosting: "serverless" }),
    "hosting-unsupported",
    streamingPage,
  ],
  [
    "removing a streamed plugin from Serverless",
    () => planRemoval(delay, [], { distribution: "streamed", hosting: "serverless" }),
    "hosting-unsupported",
    streamingPage,
  ],
  [
    "installing on Dedicated Cloud Gateways",
    () => planMigration(delay, delay, { hosting: "dedicated-cloud" }),
    "hosting-unsupported",
    dedicatedPage,
  ],
  [
    "installing on Serverless",
    () => planMigration(delay, delay, { hosting: "serverless" }),
    "hosting-unsupported",
    dedicatedPage,
  ],
  [
    "streaming to an old Gateway",
    () => planMigration(delay, delay, { distribution: "streamed", gatewayVersion: "3.14.0.1" }),
    "gateway-too-old",
    streamingPage,
  ],
  [
    "streaming to a Dedicated Cloud Gateway before 3.9",
    () => planMigration(delay, delay, { distribution: "streamed", hosting: "dedicated-cloud", gatewayVersion: "3.8" }),
    "gateway-too-old",
    streamingPage,
  ],
  [
    "cloning on an old Gateway",
    () => planMigration(undefined, undefined, { distribution: "cloned", gatewayVersion: "3.14", clone: { new: acme } }),
    "gateway-too-old",
    cloningPage,
  ],
  [
    "a version of the Gateway that is none",
    () => planMigration(delay, delay, { distribution: "streamed", gatewayVersion: "new" }),
    "gateway-version-invalid",
    undefined,
  ],
  [
    "streaming the new version in place",
    () => planMigration(delay, delay, { distribution: "streamed", strategy: "in-place" }),
    "strategy-unsupported",
    streamingPage,
  ],
  [
    "installing another name in place",
    () => planMigration(delay, schema("delay-v2"), { strategy: "in-place" }),
    "strategy-unsupported",
    hybridPage,
  ],
  [
    "the same name for the new streamed version",
    () => planMigration(delay, delay, { distribution: "streamed", newName: "delay" }),
    "name-not-new",
    streamingPage,
  ],
  [
    "the same name side by side",
    () => planMigration(delay, delay, { strategy: "side-by-side", newName: "delay" }),
    "name-not-new",
    hybridPage,
  ],
  [
    "an upper-case name for a streamed plugin",
    () => planMigration(delay, delay, { distribution: "streamed", newName: "Delay-V2" }),
    "name-invalid",
    review,
  ],
  ["an upper-case name for a clone", cloned({ ...acme, name: "Acme" }), "name-invalid", review],
  ["a clone's name that ends in a hyphen", cloned({ ...acme, name: "acme-" }), "name-invalid", review],
  ["a clone that is called as a bundled plugin", cloned({ ...acme, name: "key-auth" }), "name-taken", cloningPage],
  [
    "a clone that is called as another clone",
    () =>
      planMigration(undefined, undefined, {
        distribution: "cloned",
        newName: "team-1",
        clone: { old: acme, new: acme, present: five.slice(0, 1) },
      }),
    "name-taken",
    cloningPage,
  ],
  [
    "a name that another plugin has",
    () => planMigration(delay, delay, { newName: "delay-v2", takenNames: ["delay-v2"] }),
    "name-taken",
    hybridPage,
  ],
  [
    "a clone of a plugin that cannot be cloned",
    cloned({ ...acme, ref: "rate-limiting" }),
    "ref-unsupported",
    supportedPage,
  ],
  ["a sixth clone", cloned(acme, five), "clone-limit", cloningPage],
  [
    "a sixth clone while the fifth moves",
    cloned({ ...acme, priority: 1 }, five.slice(1), acme),
    "clone-limit",
    cloningPage,
  ],
  ["a priority that is no whole number", cloned({ ...acme, priority: 1.5 }), "priority-invalid", cloningPage],
  ["a priority out of bounds", cloned({ ...acme, priority: 2 ** 31 }), "priority-invalid", cloningPage],
  [
    "an acceptance of a kind that there is not",
    () => planMigration(delay, delay, { accept: [{ kind: "field-remove", path: "config.ttl", reason: "typed" }] }),
    "acceptance-invalid",
    undefined,
  ],
  [
    "an acceptance of a kind that is like none",
    () =>
      planMigration(undefined, undefined, {
        distribution: "cloned",
        clone: { new: acme },
        accept: [{ kind: "zzz", path: "", reason: "typed" }],
      }),
    "acceptance-invalid",
    undefined,
  ],
  [
    "an acceptance of a kind that is like what a removal is called",
    () => planRemoval(delay, undefined, { accept: [{ kind: "plugin-removal", path: "", reason: "typed" }] }),
    "acceptance-invalid",
    undefined,
  ],
  ["a removal of nothing", () => planRemoval(undefined), "definition-missing", undefined],
];

describe("a plan that Kong would not take", () => {
  it.each(refusals)("is refused with the rule and its page: %s", (_, plan, code, page) => {
    let thrown: unknown;
    try {
      plan();
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof PlanError)) throw new Error(`not refused: ${String(thrown)}`);
    expect([thrown.code, thrown.page]).toEqual([code, page]);
    expect(thrown.message).toMatch(/^[^.]{10}/);
    expect(thrown.nextStep).toMatch(page === undefined ? /\.$/ : /^[A-Z].*\. See https:/);
  });

  it("says so in words that can be read", () => {
    const messages = refusals.map(([what, plan]) => {
      try {
        plan();
        return what;
      } catch (error) {
        return error instanceof PlanError
          ? `${what}:\n  ${error.message} [${error.code}]\n  ${error.nextStep ?? ""}`
          : what;
      }
    });
    return expect(`${messages.join("\n")}\n`).toMatchFileSnapshot("fixtures/refusals.txt");
  });

  it("is planned up to the bounds", () => {
    expect(cloned(acme, five.slice(1))).not.toThrow();
    expect(cloned({ ...acme, priority: 1 }, five.slice(2), acme)).not.toThrow();
    expect(cloned({ ...acme, priority: 2 ** 31 - 1 })).not.toThrow();
    expect(() => planMigration(delay, delay, { distribution: "streamed", gatewayVersion: "3.15" })).not.toThrow();
  });

  it("is planned with a warning where the pages do not agree, or do not say", () => {
    const ids = (plan: { readonly findings: readonly { readonly id: string }[] }) => plan.findings.map(({ id }) => id);
    const dedicated = { distribution: "streamed", hosting: "dedicated-cloud" } as const;
    expect(ids(planMigration(delay, delay, { ...dedicated, gatewayVersion: "3.9.0.0" }))).toEqual([
      "streaming-before-3.15",
    ]);
    expect(ids(planMigration(delay, delay, { ...dedicated, gatewayVersion: "3.15.0.0" }))).toEqual([]);
    expect(ids(planMigration(undefined, schema("Delay"), { distribution: "streamed" }))).toEqual(["streamed-name"]);
    expect(
      ids(planMigration(undefined, undefined, { distribution: "cloned", hosting: "serverless", clone: { new: acme } })),
    ).toEqual(["cloning-on-serverless"]);
  });
});
