import { defineConfig } from "tsup";

/** @type {import("tsup").Options} */
const shared = {
  platform: "node",
  target: "node20",
  removeNodeProtocol: false,
  splitting: false,
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
    entry: { "cli/main": "src/cli/main.ts" },
    format: "esm",
    // The command line loads the library beside it, and only when it needs it.
    external: ["../index.js"],
  },
]);
