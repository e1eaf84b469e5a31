/** How a plugin reaches its data planes: files on every node, text that the control plane sends, or a clone of another plugin. */
export const distributions = ["installed", "streamed", "cloned"] as const;

export type Distribution = (typeof distributions)[number];
