import { Worker } from "node:worker_threads";
import type { Message } from "./inside.js";

export interface ThreadOptions {
  /** MiB of V8's heap. Lua's strings are outside of it, and are counted where they are made. */
  readonly heapMegabytes: number;
  /** Gets what the thread tells before it answers. */
  readonly onNews?: (news: unknown) => void;
}

/** How a question to a thread ended. With any but the first kind the thread is gone. */
export type Ending =
  | { readonly kind: "answered"; readonly answer: unknown }
  | { readonly kind: "too late" }
  | { readonly kind: "out of memory" }
  | { readonly kind: "failed"; readonly error: unknown };

/** A file that runs in a thread of its own, without environment variables, and answers questions. */
export interface Thread {
  /** Waits for the answer, the start of the thread included. One question at a time. */
  ask(question: unknown, deadlineMs: number): Promise<Ending>;
  end(): Promise<void>;
}

export function startThread(file: string, { heapMegabytes, onNews }: ThreadOptions): Thread {
  const worker = new Worker(file, {
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  let settle: (ending: Ending) => void = () => undefined;
  let ended: Ending | undefined;
  const endWith = (ending: Ending) => {
    ended ??= ending;
    settle(ended);
  };
  worker.on("message", (message: Message) => {
    if ("news" in message) onNews?.(message.news);
    else settle({ kind: "answered", answer: message.answer });
  });
  worker.on("messageerror", (error) => endWith({ kind: "failed", error }));
  worker.on("error", (error: unknown) =>
    endWith(isOutOfMemory(error) ? { kind: "out of memory" } : { kind: "failed", error }),
  );
  worker.on("exit", (code) => endWith({ kind: "failed", error: new Error(`the thread ended with ${code}`) }));

  return {
    async ask(question, deadlineMs) {
      if (ended !== undefined) return ended;
      let timer: NodeJS.Timeout | undefined;
      const ending = await new Promise<Ending>((resolve) => {
        settle = resolve;
        timer = setTimeout(() => endWith({ kind: "too late" }), deadlineMs);
        worker.postMessage(question);
      });
      clearTimeout(timer);
      if (ending.kind !== "answered") await worker.terminate();
      return ending;
    },
    async end() {
      await worker.terminate();
    },
  };
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
