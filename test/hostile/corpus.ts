import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReadOptions } from "../../src/index.js";
import { generated } from "./generated.js";

/** A schema that is out to harm, or broken, and the code of the error that it has to end with. */
export interface HostileCase {
  readonly name: string;
  readonly source: string;
  readonly options?: ReadOptions;
  /** `accepted` where it is harmless after all. */
  readonly endsWith: string;
  /** A configuration that is validated when the schema is accepted: the error is to come then. */
  readonly config?: unknown;
}

const folder = join(import.meta.dirname, "schemas");

export const hostileCases: readonly HostileCase[] = [
  ...readdirSync(folder)
    .filter((file) => file.endsWith(".lua"))
    .sort()
    .map((file) => fromText(file.replace(/\.lua$/, ""), readFileSync(join(folder, file), "utf8"))),
  ...generated,
];

/** The comments at the top of a file say what has to come of it. */
function fromText(name: string, source: string): HostileCase {
  const config = /^-- validates: (.*)$/m.exec(source)?.[1];
  return {
    name,
    source,
    endsWith: /^-- ends with: (.*)$/m.exec(source)?.[1] ?? "?",
    ...(config === undefined ? {} : { config: JSON.parse(config) as unknown }),
  };
}
