import { defineConfig } from "tsup";
import * as yaml from "yaml";

/** @type {import("tsup").Options} */
const shared = {
  platform: "node",
  target: "node20",
  removeNodeProtocol: false,
  splitting: false,
  // Left to the plugin below, which leaves it outside.
  noExternal: ["yaml"],
};

/**
 * The command line and the threads load the library's CommonJS build, and only when it needs it: Node parses each CommonJS file of
 * fengari twice where an ES module imports it, and that took longer than all the rest of a run.
 * @type {NonNullable<import("tsup").Options["esbuildPlugins"]>[number]}
 */
const loadLibraryLate = {
  name: "load-library-late",
  setup(build) {
    build.initialOptions.supported = { "dynamic-import": false };
    build.onResolve({ filter: /^(\.\.\/)+index\.js$/ }, () => ({ path: "../index.cjs", external: true }));
  },
};

/**
 * Most runs read no YAML, and loading its parser takes as long as a plan: the CommonJS files load it on first use.
 * @type {NonNullable<import("tsup").Options["esbuildPlugins"]>[number]}
 */
const loadYamlLate = {
  name: "load-yaml-late",
  setup(build) {
    const isLate = build.initialOptions.format === "cjs";
    build.onResolve({ filter: /^yaml$/ }, ({ namespace }) =>
      isLate && namespace !== "late" ? { path: "yaml", namespace: "late" } : { path: "yaml", external: true },
    );
    const getters = Object.keys(yaml).map((name) => `get ${name}() { return require("yaml").${name}; },`);
    build.onLoad({ filter: /./, namespace: "late" }, () => ({
      contents: `module.exports = { __esModule: true, ${getters.join(" ")} };`,
    }));
  },
};

/**
 * What ES modules say of where they are, in CommonJS; esbuild leaves it empty.
 * @type {NonNullable<import("tsup").Options["esbuildOptions"]>}
 */
function givingFolder(options, { format }) {
  if (format === "cjs") options.define = { ...options.define, "import.meta.dirname": "__dirname" };
}

export default defineConfig([
  {
    ...shared,
    entry: { index: "src/index.ts" },
    format: ["esm", "cjs"],
    esbuildOptions: givingFolder,
    esbuildPlugins: [loadYamlLate],
    // tsup sets `baseUrl` for its declaration build, which TypeScript 6 calls deprecated.
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  },
  {
    ...shared,
    entry: {
      "cli/main": "src/cli/main.ts",
      "worker/run-job": "src/worker/run-job.ts",
      "worker/read-schema": "src/worker/read-schema.ts",
    },
    format: "cjs",
    esbuildOptions: givingFolder,
    esbuildPlugins: [loadLibraryLate, loadYamlLate],
  },
]);
