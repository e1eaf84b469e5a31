#!/usr/bin/env node
import { startJobThread } from "./job-thread.js";
import { readTextStream } from "./text.js";

const args = process.argv.slice(2);

/** The commands that evaluate schemas, and so may get them from strangers. */
const isolated = ["plan", "remove", "rollout", "adapt", "check", "lint", "diagnose"];

// Before the arguments are read: to start takes the thread as long as reading them, and the files, takes here.
const thread =
  isolated.includes(args[0] ?? "") && !args.includes("--no-isolate") && !args.includes("--help")
    ? startJobThread()
    : undefined;

process.stdout.on("error", (error: Error & { readonly code?: string }) => {
  // A reader that has seen enough (`| head`) is no error.
  if (error.code === "EPIPE") return;
  process.exitCode = 1;
  process.stderr.write(
    `kong-schema-advisor: standard output cannot be written: ${error.message} [output-not-writable]\n`,
  );
});
process.stderr.on("error", () => undefined);

void import("./run.js")
  .then(({ run }) =>
    run(args, {
      cwd: process.cwd(),
      env: process.env,
      terminal: process.stdout.isTTY ? { columns: process.stdout.columns } : undefined,
      stdin: () => readTextStream(process.stdin, "standard input"),
      stdinChunks: () => process.stdin,
      showProgress: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001B[K${text}`) : undefined,
      runIsolated: thread?.run,
    }),
  )
  .then(({ exitCode, stdout, stderr }) => {
    process.exitCode = exitCode;
    process.stderr.write(stderr, () => {
      process.stdout.write(stdout, (error) => {
        if (error instanceof Error) void thread?.end();
        // Only now, for it would cut off what a pipe has not yet taken. It does not wait for the thread to be cleared away.
        else process.exit();
      });
    });
  });
