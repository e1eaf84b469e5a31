import { spawn } from "node:child_process";
import { expect, it } from "vitest";

const seconds = 18;

/** In a process of its own: what runs for ever can be stopped there. */
it("gives nothing but documented errors for random input, and ends", { timeout: 150_000 }, async () => {
  const { code, printed } = await fuzz(seconds, 1);
  console.log(printed.trimEnd());
  expect(code, printed).toBe(0);
  expect(printed).toMatch(/^\d+ cases$/m);
});

function fuzz(forSeconds: number, seed: number): Promise<{ readonly code: number | null; readonly printed: string }> {
  const args = ["--import", "tsx", "test/fuzz/fuzz.ts", String(forSeconds), String(seed)];
  const child = spawn(process.execPath, args, { timeout: 120_000, killSignal: "SIGKILL" });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, printed }));
  });
}
