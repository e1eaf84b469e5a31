#!/usr/bin/env node
import { run } from "./run.js";
import { readTextStream } from "./text.js";

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: Error & { readonly code?: string }) => {
  if (error.code !== "EPIPE") throw error;
});

void run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  terminal: process.stdout.isTTY ? { columns: process.stdout.columns } : undefined,
  stdin: () => readTextStream(process.stdin, "standard input"),
  stdinChunks: () => process.stdin,
  showProgress: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001B[K${text}`) : undefined,
}).then(({ exitCode, stdout, stderr }) => {
  // Not process.exit: that would cut off what a pipe has not yet taken.
  process.exitCode = exitCode;
  process.stderr.write(stderr);
  process.stdout.write(stdout);
});
