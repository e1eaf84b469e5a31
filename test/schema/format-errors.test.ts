import { describe, expect, it } from "vitest";
import { formatErrors } from "../../src/schema/format-errors.js";

const errors = {
  protocols: { 1: "expected one of: http, https" },
  config: {
    "@entity": { 1: "at least one of these fields must be non-empty: 'a', 'b'" },
    ttl: "required field missing",
    rules: { 2: { "x-y": { 1: "expected a string" }, name: 'bad "name"' } },
  },
};

describe("Kong's texts", () => {
  it("are the data plane's log message", () => {
    expect(formatErrors(errors, "data-plane-log")).toBe(`\
unable to update running config: bad config received from control plane in 'plugins':
  - in entry 1 of 'plugins':
    in 'protocols':
      - in entry 1 of 'protocols': expected one of: http, https
    in 'config':
      in '@entity':
        - in entry 1 of '@entity': at least one of these fields must be non-empty: 'a', 'b'
      in 'ttl': required field missing
      in 'rules':
        - in entry 2 of 'rules':
          in 'x-y':
            - in entry 1 of 'x-y': expected a string
          in 'name': bad "name"`);
  });

  it("are the Admin API's answer, sorted, with what is deep as Penlight prints it", () => {
    expect(formatErrors(errors, "admin-api")).toBe(`\
4 schema violations (config.@entity: {
  "at least one of these fields must be non-empty: 'a', 'b'"
}; config.rules: {
  [2] = {
    name = "bad \\"name\\"",
    ["x-y"] = {
      "expected a string"
    }
  }
}; config.ttl: required field missing; protocols.1: expected one of: http, https)`);
  });

  it("put the errors of the instance itself first", () => {
    const own = { config: { a: "unknown field" }, "@entity": { 1: "own words" } };
    expect(formatErrors(own, "admin-api")).toBe("2 schema violations (own words; config.a: unknown field)");
  });

  it("say of what Kong's code raises only that", () => {
    const raised = { "@raised": "attempt to compare number with string" };
    expect(formatErrors(raised, "admin-api")).toBe("An unexpected error occurred");
    expect(formatErrors(raised, "data-plane-log")).toBe(
      "unable to update running config: attempt to compare number with string",
    );
  });

  it("are Kong's complaint of itself where its printing raises: names and numbers do not sort", () => {
    expect(formatErrors({ config: { 1: "unknown field", a: "unknown field" } }, "admin-api")).toBe(
      "An unexpected error occurred",
    );
  });
});
