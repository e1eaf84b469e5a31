import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";

/** @type {import("tsup").Options} */
const shared = {
  platform: "node",
  target: "node20",
  removeNodeProtocol: false,
  splitting: false,
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

/** What many runs do without. CommonJS loads it when it is used first; each takes as long as the diff of two schemas. */
const late = /^(yaml|luaparse|deep-diff|semver\/.*|node:(crypto|child_process))$/;

/**
 * Writes the imports of CommonJS files as short as their modules allow: what is late is loaded by a getter, and the names
 * of a module are not copied, as esbuild does for each importing file in case that it asks for the default one.
 * @type {NonNullable<import("tsup").Options["plugins"]>[number]}
 */
const loadLate = {
  name: "load-late",
  renderChunk(code) {
    if (this.format !== "cjs") return undefined;
    const names = new Set();
    const written = code.replace(anImport, (all, name, copied, load, module) => {
      const loaded = copied !== undefined && code.includes(`${name}.default`) ? `${copied}${load},1)` : load;
      if (!late.test(module ?? "")) return `${name}=${loaded};`;
      names.add(name);
      return `${name}={get late(){return this.loaded??=${loaded}}};`;
    });
    return { code: written.replace(/\b(import_\w+)\./g, (all, name) => (names.has(name) ? `${name}.late.` : all)) };
  },
};

/** `name = __toESM(require("module"), 1);`, or of a module that is in the same file: `require_module()`. */
const anImport = /\b(\w+)\s*=\s*(__toESM\(\s*)?(require(?:\(\s*"([^"]+)"\s*\)|_\w+\(\s*\)))(?:\s*,\s*1\s*\))?\s*;/g;

/**
 * What ES modules say of where they are, in CommonJS; esbuild leaves it empty.
 * @type {NonNullable<import("tsup").Options["esbuildOptions"]>}
 */
function givingFolder(options, { format }) {
  if (format === "cjs") options.define = { ...options.define, "import.meta.dirname": "__dirname" };
}

/** One character beyond ASCII, or Latin 1, would double what V8 has to keep and scan of a file. */
function inAscii(text) {
  return text.replaceAll("©", "(c)").replaceAll("–", "-");
}

export default defineConfig([
  {
    ...shared,
    entry: { index: "src/index.ts" },
    format: "esm",
    // tsup sets `baseUrl` for its declaration build, which TypeScript 6 calls deprecated.
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  },
  {
    ...shared,
    entry: { index: "src/index.ts" },
    format: "cjs",
    // Finding its 25 files takes Node longer than parsing them.
    noExternal: [/^fengari\//],
    banner: { js: `/*! With fengari.\n${inAscii(readFileSync("node_modules/fengari/LICENSE", "utf8"))}*/` },
    esbuildOptions: (options, context) => {
      givingFolder(options, context);
      options.minifyWhitespace = true;
      options.lineLimit = 160;
    },
    plugins: [loadLate],
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
    esbuildPlugins: [loadLibraryLate],
    plugins: [loadLate],
  },
]);
