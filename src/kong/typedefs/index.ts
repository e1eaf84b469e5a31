import type { NativeResult, NativeValue, TypedefValue } from "./value.js";

export type { NativeFunction, NativeResult, NativeValue, TypedefValue } from "./value.js";

/** What selects a set of typedefs. */
export interface TypedefOptions {
  /** Two to four numbers: `"3.9"`, `"3.9.1"`, `"3.9.1.2"`; the newest known release when absent. */
  readonly gatewayVersion?: string;
  /** `"enterprise"` by default, which has more of them. */
  readonly edition?: "enterprise" | "oss";
}

/** The typedefs by name, each in the shape of Kong's own table: `{ type: "record", fields: [{ host: {...} }, ...] }`. */
export function typedefsFor(_options: TypedefOptions): Readonly<Record<string, TypedefValue>> {
  return {
    host: { type: "string", custom_validator: { native: "host" } },
    port: { type: "integer", between: [0, 65535] },
    header_name: { type: "string", custom_validator: { native: "header_name" } },
  };
}

/** The functions that typedefs carry, by the name in `NativeFunction`. */
export const nativeFunctions: Readonly<Record<string, (args: readonly NativeValue[]) => NativeResult>> = {};
