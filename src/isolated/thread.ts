import { Worker } from "node:worker_threads";

export interface ThreadBounds {
  /** Milliseconds that all answers together may take, the start of the thread included; waiting between them is free. */
  readonly deadlineMs: number;
  /** MiB of V8's heap. Lua's strings are outside of it, and are counted where they are made. */
  readonly heapMegabytes: number;
}

/** How a question to a thread ended. After any but the first kind the thread is gone. */
export type Ending =
  | { readonly kind: "answered"; readonly answer: unknown }
  | { readonly kind: "too late" }
  | { readonly kind: "out of memory" }
  | { readonly kind: "failed"; readonly error: unknown };

/** A file that runs in a thread of its own, without environment variables. It posts one message for each that it gets. */
export interface Thread {
  /** One at a time. */
  ask(question: unknown): Promise<Ending>;
  end(): Promise<void>;
}

export function startThread(file: string, { deadlineMs, heapMegabytes }: ThreadBounds): Thread {
  const worker = new Worker(file, {
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
  });
  let settle: (ending: Ending) => void = () => undefined;
  let ended: Ending | undefined;
  const endWith = (ending: Ending) => {
    ended ??= ending;
    settle(ended);
  };
  worker.on("message", (answer: unknown) => settle({ kind: "answered", answer }));
  worker.on("messageerror", (error) => endWith({ kind: "failed", error }));
  worker.on("error", (error: unknown) =>
    endWith(isOutOfMemory(error) ? { kind: "out of memory" } : { kind: "failed", error }),
  );
  worker.on("exit", (code) => endWith({ kind: "failed", error: new Error(`the thread ended with ${code}`) }));

  let leftMs = deadlineMs;
  return {
    async ask(question) {
      if (ended !== undefined) return ended;
      const start = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const ending = await new Promise<Ending>((resolve) => {
        settle = resolve;
        timer = setTimeout(() => endWith({ kind: "too late" }), Math.max(0, leftMs));
        worker.postMessage(question);
      });
      clearTimeout(timer);
      leftMs -= performance.now() - start;
      if (ending.kind !== "answered") await worker.terminate();
      return ending;
    },
    async end() {
      await worker.terminate();
    },
  };
}

const youngMegabytes = 32;

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
