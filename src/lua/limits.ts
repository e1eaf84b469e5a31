/** Bounds on an evaluation, all counted and none a clock: the same input gives the same error. */
export interface Limits {
  /** UTF-8 bytes of one source file. */
  readonly sourceBytes: number;
  /** Open brackets, blocks and pending operators around one place in a source. */
  readonly sourceDepth: number;
  /** Lua VM instructions; the work of library functions is counted in the same coin. */
  readonly instructions: number;
  /** Bytes that strings and tables take over the whole evaluation, whether or not they are still in use. */
  readonly memoryBytes: number;
  /** Bytes of one string. */
  readonly stringBytes: number;
  /** Slots of the Lua stack: how deep calls may recurse. */
  readonly stackSlots: number;
  /** Entries of one table in the result. */
  readonly tableEntries: number;
  /** Nesting of tables in the result. */
  readonly dataDepth: number;
  /** Entries of all tables in the result, those of a table that stands in two places counted twice. */
  readonly dataNodes: number;
}

/** No schema that we have seen comes near: see docs/sandbox.md for what was measured. */
export const defaultLimits: Limits = {
  sourceBytes: 1024 * 1024,
  sourceDepth: 180,
  instructions: 3_000_000,
  memoryBytes: 96 * 1024 * 1024,
  stringBytes: 512 * 1024,
  stackSlots: 50_000,
  tableEntries: 50_000,
  dataDepth: 100,
  dataNodes: 250_000,
};
