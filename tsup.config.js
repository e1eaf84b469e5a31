import { readFileSync } from "node:fs";
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
    return { code: written.replace(/\b(\w+)\./g, (all, name) => (names.has(name) ? `${name}.late.` : all)) };
  },
};

/** `name = __toESM(require("module"), 1);`, or of a module that is in the same file: `require_module()`. */
const anImport = /\b(\w+)\s*=\s*(__toESM\(\s*)?(require(?:\(\s*"([^"]+)"\s*\)|_\w+\(\s*\)))(?:\s*,\s*1\s*\))?\s*;/g;

/**
 * Whose files are in our CommonJS ones: finding and reading them one by one takes Node longer than parsing them.
 * @param {...string} names
 * @returns {import("tsup").Options}
 */
function including(...names) {
  const licences = names.map((name) => `With ${name}:\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8")}`);
  return {
    noExternal: names.map(filesOf),
    banner: ({ format }) => (format === "cjs" ? { js: `/*! ${inAscii(licences.join("\n"))}*/` } : undefined),
    esbuildPlugins: [
      {
        name: "outside-of-es-modules",
        setup({ initialOptions, onResolve }) {
          if (initialOptions.format === "cjs") return;
          for (const name of names) onResolve({ filter: filesOf(name) }, ({ path }) => ({ path, external: true }));
        },
      },
    ],
  };
}

function filesOf(name) {
  return new RegExp(`^${name}(/|$)`);
}

/** One character beyond Latin 1 doubles what V8 has to keep and scan of a file. */
function inAscii(text) {
  return text.replaceAll("©", "(c)").replaceAll("–", "-");
}

/**
 * CommonJS without white space, for it is read at each start, but with its names and lines of a bearable length; and with what ES
 * modules say of where they are, which esbuild leaves empty.
 * @type {NonNullable<import("tsup").Options["esbuildOptions"]>}
 */
function forCommonJs(options, { format }) {
  if (format !== "cjs") return;
  options.minifyWhitespace = true;
  options.lineLimit = 160;
  options.define = { ...options.define, "import.meta.dirname": "__dirname" };
}

/** @type {import("tsup").Options} */
const shared = {
  platform: "node",
  target: "node20",
  removeNodeProtocol: false,
  splitting: false,
  plugins: [loadLate],
  esbuildOptions: forCommonJs,
};

const library = including("fengari");
const commandLine = including("commander", "picocolors");

export default defineConfig([
  {
    ...shared,
    ...library,
    entry: { index: "src/index.ts" },
    format: ["esm", "cjs"],
    // tsup sets `baseUrl` for its declaration build, which TypeScript 6 calls deprecated.
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  },
  {
    ...shared,
    ...commandLine,
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
