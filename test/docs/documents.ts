import { readFileSync } from "node:fs";
import { run } from "../../src/cli/run.js";

/** A fenced block of a document. */
export interface Block {
  readonly language: string;
  /** What stands behind the language: `examples/shortest.mjs`. */
  readonly info: string;
  readonly text: string;
}

const fence = /^```(\w+) ?(.*)\n([^]*?)^```$/gm;

export function blocksOf(document: string): Block[] {
  return [...document.matchAll(fence)].map(([, language = "", info = "", text = ""]) => ({ language, info, text }));
}

/** The document with the present output below each command of its `console` blocks. */
export async function withPresentOutput(document: string): Promise<string> {
  const replaced = [];
  for (const [whole, language, , text = ""] of document.matchAll(fence)) {
    if (language === "console") replaced.push({ whole, now: `\`\`\`console\n${await sessionOf(text)}\`\`\`` });
  }
  return replaced.reduce((changed, { whole, now }) => changed.replace(whole, () => now), document);
}

async function sessionOf(text: string): Promise<string> {
  const commands = text.split("\n").filter((line) => line.startsWith("$ "));
  const outputs = [];
  for (const line of commands) outputs.push(`${line}\n${await outputOf(line.slice(2))}`);
  return outputs.join("\n");
}

/** Standard output, standard error, and the exit code where it is not 0; or the first or last lines, with `| head -n 20`. */
export async function outputOf(commandLine: string): Promise<string> {
  const [, command = commandLine, end, count] = /^(.*) \| (head|tail) -n (\d+)$/.exec(commandLine) ?? [];
  if (end !== undefined) {
    const lines = (await outputOf(command)).trimEnd().split("\n");
    return `${(end === "head" ? lines.slice(0, Number(count)) : lines.slice(-Number(count))).join("\n")}\n`;
  }
  const [program, ...args] = wordsOf(commandLine);
  if (program !== "kong-schema-advisor") throw new Error(`a console block cannot run ${commandLine}`);
  const { exitCode, stdout, stderr } = await run(args, {
    cwd: process.cwd(),
    env: {},
    terminal: undefined,
    stdin: () => Promise.resolve(readFileSync("examples/old/response-stamp/schema.lua", "utf8")),
  });
  return stdout + stderr + (exitCode === 0 ? "" : `# exit code ${exitCode}\n`);
}

function wordsOf(commandLine: string): string[] {
  return [...commandLine.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}
