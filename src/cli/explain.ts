import type { AdvisorError, Position } from "../errors.js";

/** Why a command could not complete, as what standard error gets: what, where, and what to do next. Never a stack trace. */
export function explainError(thrown: unknown): string {
  if (isAdvisorError(thrown)) {
    const where = thrown.position === undefined ? "" : `${showPosition(thrown.position)}: `;
    return message(`${where}${thrown.message}`, thrown.code, thrown.nextStep);
  }
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return message(what, "internal-error", "This is a defect of kong-schema-advisor: please report it with the input.");
}

/** One message on standard error. */
export function message(text: string, code: string, nextStep?: string): string {
  const shown = `kong-schema-advisor: ${text} [${code}]\n${nextStep === undefined ? "" : `  ${nextStep}\n`}`;
  // Parts of a message are the schema's words, which must not steer a terminal.
  return shown.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => (character === "\n" ? character : "\uFFFD"));
}

function showPosition({ file, line, column }: Position): string {
  return `${file ?? "schema.lua"}:${line}:${column}`;
}

/** The command line and the library are built apart, so their classes differ. */
function isAdvisorError(thrown: unknown): thrown is AdvisorError {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" && "nextStep" in thrown;
}
