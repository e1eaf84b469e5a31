import type { Answer, Chunk, Question } from "../cli/job-thread.js";
import { runJob } from "../cli/jobs/job.js";
import { onQuestion, postAnswer, postNews } from "../isolated/inside.js";

/** The thread of the command line: runs the job that it gets. */

// Loaded while the main thread reads the inputs.
void import("../index.js");

let takeChunk: (chunk: Chunk) => void = () => undefined;

onQuestion((asked) => {
  const question = asked as Question;
  if ("chunk" in question) takeChunk(question.chunk);
  else void runJob(question.job, { showProgress: postNews, chunks: chunks() }).then((outcome) => answer({ outcome }));
});

/** The pieces of the log, each asked for when it is needed. */
async function* chunks(): AsyncIterable<Uint8Array> {
  for (;;) {
    const chunk = await new Promise<Chunk>((resolve) => {
      takeChunk = resolve;
      answer({ wants: "chunk" });
    });
    if (chunk === undefined) return;
    yield chunk;
  }
}

function answer(given: Answer): void {
  postAnswer(given);
}
