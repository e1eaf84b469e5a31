import { spawn } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { hostileCases } from "./corpus.js";

interface Outcome {
  readonly endedWith: string;
  readonly seconds: number;
  readonly megabytes: number;
}

const outcomes = new Map<string, Outcome>();

/** So many schemas are read by one process, one after the other, and so many processes run at a time. */
const batchSize = 32;
const processes = 2;

/** A process that says nothing for so long is stopped. */
const patience = 60_000;

describe("a hostile schema", () => {
  beforeAll(async () => {
    const names = hostileCases.map(({ name }) => name);
    const batches = Array.from({ length: Math.ceil(names.length / batchSize) }, (_, at) =>
      names.slice(at * batchSize, (at + 1) * batchSize),
    );
    const worker = async (): Promise<void> => {
      for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) await readInChild(batch);
    };
    await Promise.all(Array.from({ length: processes }, worker));
  }, 280_000);

  it.each(hostileCases)("$name ends with $endsWith, in time and in little memory", ({ name, endsWith }) => {
    const outcome = outcomes.get(name);
    expect(outcome?.endedWith).toBe(endsWith);
    expect(outcome?.seconds).toBeLessThan(2);
    expect(outcome?.megabytes).toBeLessThan(256);
  });

  it("has a name of its own", () => {
    expect(new Set(hostileCases.map(({ name }) => name)).size).toBe(hostileCases.length);
  });
});

/** Notes what the process says of each schema. Where one ends the process, that and those after it have no outcome. */
function readInChild(names: readonly string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    ["--expose-gc", "--import", "tsx", join(import.meta.dirname, "child.ts"), ...names],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const stop = (): void => {
    child.kill("SIGKILL");
  };
  let timer = setTimeout(stop, patience);
  let unread = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => {
    clearTimeout(timer);
    timer = setTimeout(stop, patience);
    const lines = (unread + text).split("\n");
    unread = lines.pop() ?? "";
    for (const line of lines) {
      const { name, ...outcome } = JSON.parse(line) as Outcome & { readonly name: string };
      outcomes.set(name, outcome);
    }
  });
  return new Promise((resolve) => {
    child.on("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
