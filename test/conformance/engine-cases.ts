import { readFileSync } from "node:fs";
import type { JsonObject } from "../../src/changes/json.js";

/** Two schemas, a configuration and its replacement, and what Kong 3.9.1 made of them. */
export interface EngineCase {
  readonly id: string;
  readonly oldSchema: string;
  readonly newSchema: string;
  readonly config: JsonObject;
  readonly resave: JsonObject;
  readonly plugin?: JsonObject;
  readonly pluginResave?: JsonObject;
  readonly expect: Readonly<Record<string, Cell>>;
}

/** What a node answered; null where it was not asked. Of what is stored it is the configuration itself. */
export type Cell = { readonly ok?: boolean; readonly error?: string; readonly raised?: string } | null;

export const engineCases: readonly EngineCase[] = readFileSync(new URL("engine-cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as EngineCase);
