import { spawnSync } from "node:child_process";
import { basename, resolve } from "node:path";
import { CliError } from "./errors.js";
import type { Folder } from "./folder.js";
import { joinShown } from "./folder.js";
import { decodeText, maxInputBytes } from "./text.js";

export interface GitOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type GitObject =
  { readonly kind: "file"; readonly text: string } | { readonly kind: "folder"; readonly folder: Folder };

export function isGit(shown: string): boolean {
  return shown.startsWith("git:");
}

/** The parts of `git:REF:PATH`; empty ones where it is not of that form. */
export function splitGit(shown: string): { readonly ref: string; readonly path: string } {
  const [, ref = "", path = ""] = /^git:([^:]*):(.*)$/s.exec(shown) ?? [];
  return { ref, path };
}

/** What `git:REF:PATH` would be on disk. */
export function diskPathOf(shown: string, { cwd }: GitOptions): string {
  return resolve(cwd, splitGit(shown).path);
}

/**
 * Opens `git:REF:PATH`, the path relative to the current folder. No shell is involved, and a reference that looks
 * like an option is taken as a reference.
 */
export function openGit(shown: string, options: GitOptions): GitObject {
  const { ref, path } = splitGit(shown);
  if (ref === "" || shown.includes("\0")) {
    throw new CliError(
      "usage",
      `${shown} is not of the form git:REF:PATH`,
      "Write for example git:main:kong/plugins/my-plugin.",
    );
  }
  if (path.startsWith("/")) {
    throw new CliError(
      "usage",
      `${shown} names an absolute path`,
      "Give the path relative to the current folder, inside the repository.",
    );
  }

  const commit = revParse(`${ref}^{commit}`, options);
  if (commit === undefined) {
    throw new CliError(
      "git-ref-unknown",
      `${shown}: git does not know the reference ${ref}`,
      "Fetch it first; a shallow clone in CI often lacks the base branch.",
    );
  }
  // The path goes after a commit id, so nothing in it can be read as an option or a revision.
  const object = revParse(`${commit}:./${path}`, options);
  if (object === undefined) {
    throw new CliError(
      "git-path-unknown",
      `${shown}: there is no ${path} in ${ref}`,
      "The path is relative to the current folder. For a plugin that is new, use --first-upload.",
    );
  }
  const { status, stdout } = spawnGit(["cat-file", "-t", object], options);
  if (status !== 0) {
    throw new CliError(
      "git-path-unknown",
      `${shown}: ${path} is a submodule, and its files are not in this repository`,
      "Run the command inside the submodule, with a reference of its own.",
    );
  }
  if (stdout.toString("utf8").trim() === "tree") {
    return { kind: "folder", folder: gitFolder(object, shown, basename(diskPathOf(shown, options)), options) };
  }
  // A symbolic link is a blob too, with the path that it leads to as its text.
  if (
    git(["ls-tree", commit, `./${path}`], options)
      .toString("utf8")
      .startsWith("120000 ")
  ) {
    throw new CliError("git-path-unknown", `${shown}: ${path} is a symbolic link`, "Give the file that it leads to.");
  }
  return { kind: "file", text: decodeText(git(["cat-file", "blob", object], options), shown) };
}

interface Blob {
  readonly object: string;
  readonly size: number;
}

function gitFolder(tree: string, shown: string, name: string, options: GitOptions): Folder {
  const files = new Map<string, Blob>();
  /** Symbolic links and submodules, whose files are not in the tree. */
  const leads: string[] = [];
  for (const line of git(["ls-tree", "-r", "-l", "-z", "--full-tree", tree], options).toString("utf8").split("\0")) {
    const [, mode = "", object, size, path] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
    if (object === undefined || path === undefined) continue;
    if (mode.startsWith("100")) files.set(path, { object, size: Number(size) });
    else leads.push(path);
  }
  const sources = [...files].filter(([path]) => path.endsWith(".lua")).map(([, blob]) => blob);
  const fitsInOne = sources.reduce((sum, { size }) => sum + size, 0) < maxInputBytes / 2;
  /** By object id. To start git for each file takes longer than to read them all, where there are no more than Kong has. */
  const read = new Map<string, Uint8Array>();
  const readBlob = (blob: Blob): Uint8Array => {
    if (!read.has(blob.object)) {
      for (const [object, bytes] of readBlobs(fitsInOne ? [blob, ...sources] : [blob], options))
        read.set(object, bytes);
    }
    return read.get(blob.object) ?? new Uint8Array();
  };
  return {
    shown,
    name,
    hasFile: (path) => files.has(path),
    has: (path) => [...files.keys(), ...leads].some((there) => there === path || there.startsWith(`${path}/`)),
    readFile: (path) => {
      const file = joinShown(shown, path);
      const blob = files.get(path);
      if (blob === undefined) throw new CliError("git-path-unknown", `${file} does not exist`);
      return decodeText(readBlob(blob), file);
    },
    folders: (path) => {
      const below = [...files.keys()].flatMap((file) => (file.startsWith(path) ? [file.slice(path.length)] : []));
      return [...new Set(below.flatMap((file) => file.split("/").slice(0, -1).slice(0, 1)))].sort();
    },
    hasLinksBelow: (path) => leads.some((lead) => path === "" || lead.startsWith(`${path}/`)),
    filesBelow: (path) => [...files.keys()].filter((file) => path === "" || file.startsWith(`${path}/`)).sort(),
  };
}

function readBlobs(blobs: readonly Blob[], options: GitOptions): Map<string, Uint8Array> {
  const objects = [...new Set(blobs.map(({ object }) => object))];
  const answer = git(["cat-file", "--batch"], options, `${objects.join("\n")}\n`);
  const read = new Map<string, Uint8Array>();
  // Each as `ID blob SIZE`, a line end, the bytes, a line end.
  for (let at = 0; at < answer.length;) {
    const lineEnd = answer.indexOf("\n", at);
    const [object = "", , size] = answer.toString("latin1", at, lineEnd).split(" ");
    const end = lineEnd + 1 + Number(size);
    if (!Number.isInteger(end)) break;
    read.set(object, answer.subarray(lineEnd + 1, end));
    at = end + 1;
  }
  return read;
}

function revParse(revision: string, options: GitOptions): string | undefined {
  const { status, stdout } = spawnGit(["rev-parse", "--verify", "--quiet", "--end-of-options", revision], options);
  return status === 0 ? stdout.toString("utf8").trim() : undefined;
}

function git(args: readonly string[], options: GitOptions, input = ""): Buffer {
  const { status, stdout, stderr } = spawnGit(args, options, input);
  if (status !== 0)
    throw new CliError("git-not-usable", `git ${args.join(" ")} failed: ${stderr.toString("utf8").trim()}`);
  return stdout;
}

function spawnGit(args: readonly string[], { cwd, env }: GitOptions, input = "") {
  const result = spawnSync("git", args, {
    cwd,
    env: { ...env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" },
    maxBuffer: maxInputBytes,
    input,
  });
  if (result.error !== undefined) {
    throw new CliError(
      "git-not-usable",
      `git cannot be run: ${result.error.message}`,
      "Install git, or give the schema as a file.",
    );
  }
  if (/not a git repository|dubious ownership/.test(result.stderr.toString("utf8"))) {
    throw new CliError(
      "git-not-usable",
      result.stderr.toString("utf8").trim().replaceAll(/\s+/g, " "),
      "Run the command inside the repository, as a user whom git trusts with it.",
    );
  }
  return result;
}
