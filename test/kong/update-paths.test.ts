import fc from "fast-check";
import { expect, test } from "vitest";
import {
  documentedSteps,
  isDocumentedNonBreaking,
  isStricterPath,
  strictestPath,
  tableColumn,
  updatePaths,
  updatePathsPage,
  updatePathTable,
} from "../../src/kong/update-paths.js";

test("the table is the one of developer.konghq.com/custom-plugins/konnect-hybrid-mode/, all twelve cells", () => {
  expect(updatePathsPage).toBe("https://developer.konghq.com/custom-plugins/konnect-hybrid-mode/");
  expect(updatePathTable).toStrictEqual({
    added: {
      "required-default": "short",
      "required-no-default": "long",
      "optional-default": "short",
      "optional-no-default": "short",
    },
    removed: {
      "required-default": "long",
      "required-no-default": "cp-dp-sync",
      "optional-default": "long",
      "optional-no-default": "long",
    },
    "type-changed": {
      "required-default": "cp-dp-sync",
      "required-no-default": "cp-dp-sync",
      "optional-default": "cp-dp-sync",
      "optional-no-default": "cp-dp-sync",
    },
  });
});

test("each path has the steps of the page, and only CP/DP sync leaves the instances to what the change is", () => {
  const shown = Object.entries(documentedSteps).map(([path, steps]) => [
    path,
    steps.map((step) => (step.optional ? `(${step.id})` : step.id)).join(", "),
  ]);
  expect(shown).toStrictEqual([
    ["none", ""],
    ["short", "open-window, update-control-plane-schema, update-data-plane-schemas, close-window"],
    ["long", "open-window, update-control-plane-schema, update-instances, update-data-plane-schemas, close-window"],
    [
      "cp-dp-sync",
      "open-window, update-control-plane-schema, (update-instances), update-data-plane-schemas, close-window",
    ],
  ]);
});

test("paths grow stricter from none over short and long to cp-dp-sync", () => {
  expect(updatePaths).toStrictEqual(["none", "short", "long", "cp-dp-sync"]);
  expect(strictestPath([])).toBe("none");
  expect(strictestPath(["short", "long", "none"])).toBe("long");
  expect(isStricterPath("cp-dp-sync", "long")).toBe(true);
  expect(isStricterPath("long", "long")).toBe(false);
});

test("the strictest path is one of those given and none of them is stricter", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...updatePaths), { minLength: 1 }), (paths) => {
      const strictest = strictestPath(paths);
      expect(paths).toContain(strictest);
      expect(paths.some((path) => isStricterPath(path, strictest))).toBe(false);
    }),
  );
});

test("the column follows the attributes as written, and false and empty values are defaults", () => {
  expect(tableColumn({})).toBe("optional-no-default");
  expect(tableColumn({ required: false, default: false })).toBe("optional-default");
  expect(tableColumn({ default: [] })).toBe("optional-default");
  expect(tableColumn({ required: true })).toBe("required-no-default");
  expect(tableColumn({ required: true, default: "" })).toBe("required-default");
});

test("non-breaking in the page's words is only what is neither required nor has a default, added or removed", () => {
  const rows = ["added", "removed", "type-changed"] as const;
  const columns = ["required-default", "required-no-default", "optional-default", "optional-no-default"] as const;
  const nonBreaking = rows.flatMap((row) =>
    columns.filter((column) => isDocumentedNonBreaking(row, column)).map((column) => `${row} ${column}`),
  );
  expect(nonBreaking).toStrictEqual(["added optional-no-default", "removed optional-no-default"]);
});
