/** One error of Kong's tree of errors. */
export interface Leaf {
  /** Names, and numbers of list entries, from 1. Errors of a record itself end with the record. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** `@entity` holds the errors of the record that it stands in, as a list: the record is their place. */
export function withoutEntityKeys(path: readonly (string | number)[]): readonly (string | number)[] {
  const at = path.indexOf("@entity");
  return at === -1 ? path : path.slice(0, at);
}

/** `config.limits[1].minute`. */
export function showErrorPath(path: readonly (string | number)[]): string {
  let shown = "";
  for (const segment of path) {
    if (typeof segment === "number") shown += `[${segment}]`;
    else shown += shown === "" ? segment : `.${segment}`;
  }
  return shown;
}
