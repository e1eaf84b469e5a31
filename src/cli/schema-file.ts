import { posix } from "node:path";
import { isGit, splitGit } from "./git.js";

/** The schema's file as the commands of a plan name it. */
export interface SchemaFile {
  readonly schemaFile: string;
  /** What is to be done before there is such a file, where there may be none. */
  readonly fileNote?: string;
}

/** How positions name standard input. */
export const standardInput = "stdin";

export function schemaFileOf(filename: string, isSavedAnswer: boolean): SchemaFile {
  const inAnswer = isSavedAnswer ? "its text (item.lua_schema)" : "it";
  const written = (where: string): SchemaFile => ({
    schemaFile: "schema.lua",
    fileNote: `The new schema ${where}: write ${inAnswer} to schema.lua before you run the commands.`,
  });
  if (filename === standardInput) return written("was given on standard input");
  if (isSavedAnswer) return written(`is in ${filename}`);
  if (!isGit(filename)) return { schemaFile: filename };
  const { ref, path } = splitGit(filename);
  const schemaFile = posix.normalize(path);
  return {
    schemaFile,
    fileNote: `The new version is that of ${ref}: run the commands where ${ref} is checked out, or write its files first; git show ${shellWord(`${ref}:./${schemaFile}`)} prints the schema.`,
  };
}

/** As a shell takes it for one argument that says just this. */
function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
