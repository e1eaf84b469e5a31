import { defineConfig } from "vitest/config";

export default defineConfig({
  // By itself Vitest leaves one core alone, which of two is half.
  test: { include: ["test/**/*.test.ts"], testTimeout: 30_000, maxWorkers: 2 },
});
