import type { SchemaTree } from "../schema/model.js";

/** The part of a `PluginSchema` that is compared: the tree itself, and a data plane's where that is another one. */
export interface SchemaTrees extends SchemaTree {
  readonly dataPlane?: SchemaTree;
}

export function dataPlaneTree(schema: SchemaTrees): SchemaTree {
  return schema.dataPlane ?? schema;
}
