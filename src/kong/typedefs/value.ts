/** Stands where Kong's typedef has a function; `nativeFunctions` holds ours under the same name. */
export interface NativeFunction {
  readonly native: string;
}

/** A part of a typedef in the shape of Kong's own table. `null` is `ngx.null`, as in `eq = null`. */
export type TypedefValue =
  | null
  | boolean
  | number
  | string
  | NativeFunction
  | readonly TypedefValue[]
  | { readonly [key: string]: TypedefValue };

/** What goes into a native function and comes out of it. `undefined` is `nil`, `null` is `ngx.null`; strings are UTF-8 text. */
export type NativeValue =
  undefined | null | boolean | number | string | readonly NativeValue[] | { readonly [key: string]: NativeValue };

/** What a call gave, or the names of what would be needed to know. */
export type NativeResult =
  | { readonly outcome: "returned"; readonly values: readonly NativeValue[] }
  | { readonly outcome: "unknown"; readonly missing: readonly string[] };
