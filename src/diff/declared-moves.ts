import { parseShownPath, type Rename } from "../changes/rename.js";
import { RenameError } from "./errors.js";
import { fieldAt, isMove, isMoveInside, type DeclaredMove } from "./moves.js";
import { dataPlaneTree, type SchemaTrees } from "./trees.js";

/** Reads a rename, and checks that it is one between two schemas. Throws a `RenameError` where it is none. */
export function declaredMove(rename: Rename, oldSchema: SchemaTrees, newSchema: SchemaTrees): DeclaredMove {
  const { from: shownFrom, to: shownTo } = rename;
  const [from, to] = [parseShownPath(shownFrom), parseShownPath(shownTo)];
  if (from === undefined || to === undefined) {
    const wrong = from === undefined ? shownFrom : shownTo;
    throw new RenameError(rename, `${JSON.stringify(wrong)} is no path of a parameter`);
  }
  const move = { from, to };
  const pairs = [
    [oldSchema, newSchema],
    [dataPlaneTree(oldSchema), dataPlaneTree(newSchema)],
  ] as const;
  if (pairs.some(([old, now]) => isMove(move, old, now) || isMoveInside(move, old, now))) return move;
  const isIn = (path: DeclaredMove["from"], side: 0 | 1): boolean =>
    pairs.some((pair) => fieldAt(pair[side], path) !== undefined);
  if (!isIn(from, 0)) throw new RenameError(rename, `the old schema has no parameter ${shownFrom}`);
  if (!isIn(to, 1)) throw new RenameError(rename, `the new schema has no parameter ${shownTo}`);
  throw new RenameError(rename, `the new schema still has the parameter ${shownFrom}`);
}
