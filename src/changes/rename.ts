import type { FieldPath, PathSegment } from "../schema/model.js";

/** A parameter's new place, declared by someone who knows. */
export interface Rename {
  /** In the shown form: `config.namespace`. */
  readonly from: string;
  readonly to: string;
}

/** Reads `config.bursts[].size` or `config.overrides{}.limit`; undefined for anything else. */
export function parseShownPath(text: string): readonly ShownSegment[] | undefined {
  if (!/^[^.[\]{}]+(\[\]|\{\})*(\.[^.[\]{}]+(\[\]|\{\})*)*$/.test(text)) return undefined;
  return [...text.matchAll(/[^.[\]{}]+|\[\]|\{\}/g)].map(([part]) =>
    part === "[]" ? { in: "elements" } : part === "{}" ? { in: "values" } : part,
  );
}

/** A segment of a path to values: a name, or all places inside a list or map. */
export type ShownSegment = string | { readonly in: "elements" | "values" };

/** Whether a path leads to something inside what another leads to. */
export function isInside(path: FieldPath, outer: FieldPath): boolean {
  return path.length > outer.length && outer.every((segment, index) => isSameSegment(segment, path[index]));
}

function isSameSegment(a: PathSegment, b: PathSegment | undefined): boolean {
  return typeof a === "object" && typeof b === "object" ? a.in === b.in : a === b;
}
