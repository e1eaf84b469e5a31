import type { Data } from "./data.js";

/** Whether a value passes; an error can be missing, for Kong has no words for some. */
export type Judged = { readonly ok: true } | { readonly ok: false; readonly error: Data | undefined };

export const passed: Judged = { ok: true };

export function refused(error: Data | undefined): Judged {
  return { ok: false, error };
}
