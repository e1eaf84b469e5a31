import { defineConfig } from "tsup";

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
    // What the thread does not have to wait for.
    build.onResolve({ filter: /^\.\/run\.js$/ }, () => ({ path: "./run.cjs", external: true }));
  },
};

/** What many runs do without. CommonJS loads it when it is used first; each takes as long as the diff of two schemas. */
const late = /^(yaml|luaparse|deep-diff|semver\/.*|node:(crypto|child_process|worker_threads))$/;

/** How esbuild writes an import of a module that stays outside. */
const anImport = /\b(\w+) = (?:__toESM\()?require\("([^"]+)"\)(?:, 1\))?;/g;

/**
 * In CommonJS files, what is late is loaded by a getter, and the names of a module are not copied, as esbuild does for each importing file in
 * case that it asks for the default one. Together that is a fifth of a run.
 * @type {NonNullable<import("tsup").Options["plugins"]>[number]}
 */
const loadLate = {
  name: "load-late",
  renderChunk(code) {
    if (this.format !== "cjs") return undefined;
    const lateNames = new Set();
    const written = code.replace(anImport, (all, name, module) => {
      const loaded = code.includes(`${name}.default`) ? `__toESM(require("${module}"), 1)` : `require("${module}")`;
      if (!late.test(module)) return `${name} = ${loaded};`;
      lateNames.add(name);
      return `${name} = { get late() { return (this.loaded ??= ${loaded}); } };`;
    });
    return { code: written.replace(/\b(import_\w+)\./g, (all, name) => (lateNames.has(name) ? `${name}.late.` : all)) };
  },
};

/**
 * What ES modules say of where they are, in CommonJS; esbuild leaves it empty.
 * @type {NonNullable<import("tsup").Options["esbuildOptions"]>}
 */
function givingFolder(options, { format }) {
  if (format === "cjs") options.define = { ...options.define, "import.meta.dirname": "__dirname" };
}

/** @type {import("tsup").Options} */
const shared = {
  platform: "node",
  target: "node20",
  removeNodeProtocol: false,
  splitting: false,
  plugins: [loadLate],
  esbuildOptions: givingFolder,
};

export default defineConfig([
  {
    ...shared,
    entry: { index: "src/index.ts" },
    format: ["esm", "cjs"],
    // tsup sets `baseUrl` for its declaration build, which TypeScript 6 calls deprecated.
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  },
  {
    ...shared,
    entry: {
      "cli/main": "src/cli/main.ts",
      "cli/run": "src/cli/run.ts",
      "worker/run-job": "src/worker/run-job.ts",
      "worker/read-schema": "src/worker/read-schema.ts",
    },
    format: "cjs",
    esbuildPlugins: [loadLibraryLate],
  },
]);
