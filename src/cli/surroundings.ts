import type { RunIsolated } from "./job-thread.js";

/** What a run needs of the process around it. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output, where it is a terminal. */
  readonly terminal: { readonly columns: number } | undefined;
  /** Reads standard input whole. */
  readonly stdin: () => Promise<string>;
  /** Shows how far a long run is, where standard error is a terminal; an empty text takes the line away. */
  readonly showProgress?: ((text: string) => void) | undefined;
  /** Runs a job in a thread of its own; absent where all runs in this one. */
  readonly runIsolated?: RunIsolated | undefined;
  /** Reads standard input piece by piece, for what may be longer than memory. */
  readonly stdinChunks?: () => AsyncIterable<Uint8Array>;
}

/** 0: done. 2: done, and a gate was exceeded. 1: could not complete, and nothing is on standard output. */
export interface Outcome {
  readonly exitCode: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}
