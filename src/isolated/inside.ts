import { parentPort } from "node:worker_threads";

/** What the file of a thread posts: an answer to each question, and news at any time before it. */
export type Message = { readonly answer: unknown } | { readonly news: unknown };

export function onQuestion(answer: (question: unknown) => void): void {
  parentPort?.on("message", answer);
}

export function postAnswer(answer: unknown): void {
  post({ answer });
}

export function postNews(news: unknown): void {
  post({ news });
}

function post(message: Message): void {
  parentPort?.postMessage(message);
}
