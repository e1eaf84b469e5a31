import type { NodeReader } from "../text/nodes.js";
import { emitFlow, type Style, writtenAs } from "./emit.js";
import type { Splice } from "./splices.js";

/** Where an anchor goes with its text, the first alias that is left takes its value and its name over. */
export function moveAnchors(reader: NodeReader, splices: readonly Splice[], style: Style): readonly Splice[] {
  const removed = splices.filter(({ start, end }) => end > start);
  const isRemoved = (offset: number) => removed.some(({ start, end }) => start <= offset && offset < end);
  if (reader.aliases.length === 0) return [];
  return [...reader.anchors].flatMap(([name, node]) => {
    if (!isRemoved(reader.parsed.text.lastIndexOf(`&${name}`, node.range[0]))) return [];
    const heir = reader.aliases.find((alias) => alias.source === name && !isRemoved(alias.range[0]));
    if (heir === undefined) return [];
    const [start, end] = heir.range;
    const value = writtenAs(reader.value(node), (text) => reader.sourceOf(text));
    return [{ start, end, text: `&${name} ${emitFlow(value, style)}` }];
  });
}
