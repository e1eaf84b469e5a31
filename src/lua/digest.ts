import { createHash } from "node:crypto";
import type { Proto } from "fengari/src/lfunc.js";
import { LClosure, type TValue } from "fengari/src/lobject.js";
import { TString } from "fengari/src/lstring.js";
import { luaH_getstr, Table } from "fengari/src/ltable.js";
import { showBytes } from "./interop.js";
import type { Meter } from "./meter.js";
import { opaqueIn } from "./opaque.js";
import { normaliseText } from "./scan.js";
import { isEnvironment, type FunctionOrigin } from "./trips.js";

export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

export interface DigestHost {
  readonly meter: Meter;
  readonly origins: WeakMap<Proto, FunctionOrigin>;
  /** The name of a function of the host, `string.rep` or `native:host`. */
  readonly names: ReadonlyMap<unknown, string>;
  /** What each global held before the schema ran. */
  readonly globals: ReadonlyMap<string, unknown>;
}

/** Writes Lua values as texts that are equal exactly for equal values, and makes digests of functions from them. */
export class ValueWriter {
  readonly #host: DigestHost;
  readonly #digests = new Map<LClosure, string>();
  /** Tables and functions that are being written, for cycles. */
  readonly #open: unknown[] = [];

  constructor(host: DigestHost) {
    this.#host = host;
  }

  /** A digest of a Lua function: its text without white space and comments, and the values that it takes from outside. */
  digest(closure: LClosure): string {
    const known = this.#digests.get(closure);
    if (known !== undefined) return known;
    const digest = sha256(this.#functionText(closure));
    // inside a cycle the text depends on where the cycle was entered
    if (this.#open.length === 0) this.#digests.set(closure, digest);
    return digest;
  }

  write(slot: TValue | undefined): string {
    this.#host.meter.spend(4);
    const value = slot?.value;
    switch (typeof value) {
      case "boolean":
        return String(value);
      case "number":
        return Object.is(value, -0) ? "-0" : String(value);
      case "function":
        return `function ${this.#host.names.get(value) ?? "of the host"}`;
      case "object":
        break;
      default:
        return "nil";
    }
    if (value instanceof TString) return JSON.stringify(this.#bytesText(value.realstring));
    if (value instanceof Table) return this.#inside(value, () => this.#tableText(value));
    if (value instanceof LClosure) return this.#inside(value, () => `function ${this.digest(value)}`);
    const opaque = opaqueIn(slot);
    if (opaque !== undefined) return `opaque ${opaque.path}`;
    return value === null ? "nil" : "null";
  }

  #bytesText(bytes: Uint8Array): string {
    this.#host.meter.string(bytes.length);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  }

  #inside(value: unknown, text: () => string): string {
    const at = this.#open.indexOf(value);
    if (at !== -1) return `cycle ${this.#open.length - at}`;
    this.#host.meter.stack(this.#open.length * 100); // our own recursion must end as the schema's does
    this.#open.push(value);
    const written = text();
    this.#open.pop();
    return written;
  }

  #tableText(table: Table): string {
    const entries: string[] = [];
    for (let entry = table.f; entry !== undefined; entry = entry.n) {
      entries.push(`[${this.write(entry.key)}]=${this.write(entry.value)}`);
    }
    entries.sort();
    const metatable =
      table.metatable === null ? "" : `:${this.#inside(table.metatable, () => this.#metatableText(table))}`;
    const text = `{${entries.join(",")}}${metatable}`;
    this.#host.meter.string(text.length);
    return text;
  }

  #metatableText({ metatable }: Table): string {
    return metatable === null ? "" : this.#tableText(metatable);
  }

  #functionText(closure: LClosure): string {
    const origin = this.#host.origins.get(closure.p);
    const range = origin?.shape.range;
    const parts = [origin === undefined ? "?" : normaliseText(origin.text.slice(...(range ?? [0])))];
    for (const [index, upvalue] of closure.p.upvalues.entries()) {
      const slot = closure.upvals[index];
      if (isEnvironment(upvalue)) parts.push(...this.#globalsText(closure.p, slot));
      else parts.push(`${upvalue.name === null ? "" : showBytes(upvalue.name.realstring)}=${this.write(slot)}`);
    }
    return parts.join("\n");
  }

  /** The globals that a function names and the schema has set. */
  #globalsText(proto: Proto, environment: TValue | undefined): string[] {
    const table = environment?.value;
    if (!(table instanceof Table)) return [];
    const names = this.#host.origins.get(proto)?.globalNames ?? [];
    const texts: string[] = [];
    for (const [name, key] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const slot = luaH_getstr(table, key);
      if (slot.value !== (this.#host.globals.get(name) ?? null)) texts.push(`global ${name}=${this.write(slot)}`);
    }
    return texts;
  }
}
