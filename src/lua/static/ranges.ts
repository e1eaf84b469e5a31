/** Where a node stands, as offsets into the source; luaparse's declarations do not know what its option `ranges` adds. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function rangeOf(node: object): Range {
  return "range" in node && Array.isArray(node.range)
    ? { start: Number(node.range[0]), end: Number(node.range[1]) }
    : { start: 0, end: 0 };
}
