import { describe, expect, it } from "vitest";
import { readInstanceFiles, readInstances } from "../../src/instances/read-instances.js";

const plugin = {
  id: "6d1f3a5e-2b52-4a53-8a35-1d8a9b1c2d3e",
  name: "p",
  instance_name: "one",
  service: { id: "0b0f6f0a-7d1f-4a52-b0a0-9e6f8f1c2d3e" },
  route: null,
  consumer: null,
  config: { a: 1, b: null },
  protocols: ["http"],
  enabled: true,
  created_at: 1700000000,
};

function namesIn(answer: unknown): unknown {
  return readInstances(JSON.stringify(answer), { format: "admin-api" }).map(({ name }) => name);
}

describe("an answer of the Admin API or of Konnect", () => {
  it("gives the instances as the control plane stores them", () => {
    const text = JSON.stringify({ data: [plugin], next: null }, null, 2);
    expect(readInstances(text, { format: "admin-api", filename: "plugins.json" })).toEqual([
      {
        name: "p",
        address: {
          position: { file: "plugins.json", line: 3, column: 5 },
          scope: { service: "0b0f6f0a-7d1f-4a52-b0a0-9e6f8f1c2d3e" },
          instanceName: "one",
          id: plugin.id,
          keys: ["data", 0],
        },
        form: "stored",
        config: { a: 1, b: null },
        fields: {
          instance_name: "one",
          service: plugin.service,
          route: null,
          consumer: null,
          protocols: ["http"],
          enabled: true,
        },
        placeholders: [],
      },
    ]);
  });

  it.each([
    ["a page", { data: [plugin, { name: "q" }], offset: null }],
    ["a page of Konnect's older API", { items: [plugin, { name: "q" }], page: { total_count: 2 } }],
    ["several pages", [{ data: [plugin], offset: "x" }, { data: [{ name: "q" }] }]],
    ["a bare list", [plugin, { name: "q" }]],
  ])("may be %s", (_, answer) => {
    expect(namesIn(answer)).toEqual(["p", "q"]);
  });

  it.each([
    ["one plugin", plugin],
    ["one plugin in an item", { item: plugin }],
  ])("may be %s", (_, answer) => {
    expect(namesIn(answer)).toEqual(["p"]);
  });

  it("is refused where its last page is missing", () => {
    expect(() => namesIn({ data: [plugin], next: "/plugins?offset=x" })).toThrow(
      expect.objectContaining({ code: "instances-page-missing" }),
    );
  });

  it("is whole when the pages come in several files", () => {
    const files = [
      { text: JSON.stringify({ data: [plugin], offset: "x" }), filename: "1.json" },
      { text: JSON.stringify({ data: [{ name: "q" }], offset: null }), filename: "2.json" },
    ];
    expect(readInstanceFiles(files, { format: "admin-api" }).map(({ name }) => name)).toEqual(["p", "q"]);
  });

  it("is refused where it is an error", () => {
    expect(() => namesIn({ message: "Unauthorized" })).toThrow(
      expect.objectContaining({ code: "instances-answer-invalid", message: "the answer is an error: Unauthorized" }),
    );
  });

  it("holds no placeholders, whatever its texts look like", () => {
    const [instance] = readInstances(JSON.stringify({ name: "p", config: { a: '${{ env "X" }}' } }), {
      format: "admin-api",
    });
    expect(instance?.placeholders).toEqual([]);
  });

  it("is JSON, and not something that looks like it", () => {
    expect(() => readInstances("{ name: p, config: { a: yes } }", { format: "admin-api" })).toThrow(
      expect.objectContaining({ code: "instances-wrong-shape", message: "this is not JSON: a text stands in quotes" }),
    );
  });
});

describe("plain JSON", () => {
  it("gives instances as users post them", () => {
    const instances = readInstances(JSON.stringify([{ name: "p", config: { a: 1 } }]), { format: "json" });
    expect(instances.map(({ form, config }) => [form, config])).toEqual([["given", { a: 1 }]]);
  });
});
