import { spawnSync } from "node:child_process";
import { posix } from "node:path";
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

/**
 * Opens `git:REF:PATH`, the path relative to the current folder. No shell is involved, and a reference that looks
 * like an option is taken as a reference.
 */
export function openGit(shown: string, options: GitOptions): GitObject {
  const match = /^git:([^:]*):(.*)$/s.exec(shown);
  const [, ref, path] = match ?? [];
  if (ref === undefined || path === undefined || ref === "" || shown.includes("\0")) {
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
  const type = git(["cat-file", "-t", object], options).toString("utf8").trim();
  return type === "tree"
    ? { kind: "folder", folder: gitFolder(object, shown, posix.basename(posix.resolve("/", path)), options) }
    : { kind: "file", text: decodeText(git(["cat-file", "blob", object], options), shown) };
}

function gitFolder(tree: string, shown: string, name: string, options: GitOptions): Folder {
  const files = new Map<string, string>();
  for (const line of git(["ls-tree", "-r", "-z", "--full-tree", tree], options).toString("utf8").split("\0")) {
    const match = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line);
    const [, object, path] = match ?? [];
    if (object !== undefined && path !== undefined) files.set(path, object);
  }
  return {
    shown,
    name,
    hasFile: (path) => files.has(path),
    readFile: (path) => {
      const file = joinShown(shown, path);
      const object = files.get(path);
      if (object === undefined) throw new CliError("git-path-unknown", `${file} does not exist`);
      return decodeText(git(["cat-file", "blob", object], options), file);
    },
    folders: () => {
      const nested = [...files.keys()].filter((path) => path.includes("/"));
      return [...new Set(nested.map((path) => path.slice(0, path.indexOf("/"))))].sort();
    },
    filesBelow: (path) => [...files.keys()].filter((file) => path === "" || file.startsWith(`${path}/`)).sort(),
  };
}

function revParse(revision: string, options: GitOptions): string | undefined {
  const { status, stdout } = spawnGit(["rev-parse", "--verify", "--quiet", "--end-of-options", revision], options);
  return status === 0 ? stdout.toString("utf8").trim() : undefined;
}

function git(args: readonly string[], options: GitOptions): Buffer {
  const { status, stdout, stderr } = spawnGit(args, options);
  if (status !== 0)
    throw new CliError("git-not-usable", `git ${args.join(" ")} failed: ${stderr.toString("utf8").trim()}`);
  return stdout;
}

function spawnGit(args: readonly string[], { cwd, env }: GitOptions) {
  const result = spawnSync("git", args, {
    cwd,
    env: { ...env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" },
    maxBuffer: maxInputBytes,
    stdio: ["ignore", "pipe", "pipe"],
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
      result.stderr.toString("utf8").trim(),
      "Run the command inside the repository.",
    );
  }
  return result;
}
