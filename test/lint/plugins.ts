import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The files of a plugin's folder, by their paths in it. */
export function readFolder(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
  return Object.fromEntries(
    paths.map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path), "utf8")]),
  );
}

/** The places of a plugin that a comment `-- defect` marks. */
export function markedPlaces(
  files: Readonly<Record<string, string>>,
): { readonly file: string; readonly line: number }[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text.split("\n").flatMap((line, index) => (/-- defect$/.test(line) ? [{ file, line: index + 1 }] : [])),
  );
}
