import { hash } from "node:crypto";
import type { Proto } from "fengari/src/lfunc.js";
import { LClosure, type TValue } from "fengari/src/lobject.js";
import { TString } from "fengari/src/lstring.js";
import { luaH_getstr, Table, type TableEntry } from "fengari/src/ltable.js";
import type { Meter } from "./meter.js";
import { opaqueIn } from "./opaque.js";
import { normaliseText } from "./scan.js";
import { latin1, showBytes } from "./strings.js";
import type { FunctionShape } from "./shapes.js";
import { isEnvironment, type FunctionOrigin } from "./trips.js";

export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}

export interface DigestHost {
  readonly meter: Meter;
  readonly origins: ReadonlyMap<Proto, FunctionOrigin>;
  /** The name of a function of the host, `string.rep` or `native:host`. */
  nameOf(fn: unknown): string | undefined;
  /** What each global held before the schema ran. */
  readonly globals: ReadonlyMap<unknown, unknown>;
}

/** How many tables and functions may hold one another while they are written: our own recursion must end. */
const maxDepth = 200;

/** A table that is written with more characters is shown by a digest. */
const longTable = 400;

/** Writes Lua values as texts that are equal exactly for equal values, and makes digests of functions from them. */
export class ValueWriter {
  readonly #host: DigestHost;
  readonly #normalised = new Map<FunctionShape, string>();
  /** The texts of tables and functions that hang on nothing around them. */
  readonly #texts = new Map<unknown, string>();
  /** The tables and functions that are being written, and those in them that lead back to one that is: Tarjan's stack. */
  readonly #stack: unknown[] = [];
  readonly #places = new Map<unknown, number>();
  /** The lowest place on the stack that was led back to. */
  #lowest = Infinity;
  #depth = 0;

  constructor(host: DigestHost) {
    this.#host = host;
  }

  /** Forgets what tables and functions held: they may have changed since. */
  beginWalk(): void {
    this.#texts.clear();
    this.#stack.length = 0;
    this.#places.clear();
    this.#lowest = Infinity;
    this.#depth = 0;
  }

  /** A digest of a Lua function: its text without its name, white space and comments, and the values that it takes from outside. */
  digest(closure: LClosure): string {
    return this.#once(closure, () => sha256(this.#functionText(closure)));
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
        return `function ${this.#host.nameOf(value) ?? "of the host"}`;
      case "object":
        break;
      default:
        return "nil";
    }
    if (value instanceof TString) return JSON.stringify(this.#latin1(value.realstring));
    if (value instanceof Table) return this.#once(value, () => this.#tableText(value));
    if (value instanceof LClosure) return `function ${this.digest(value)}`;
    const opaque = opaqueIn(slot);
    if (opaque !== undefined) return `opaque ${opaque.path}`;
    return value === null ? "nil" : "null";
  }

  #latin1(bytes: Uint8Array): string {
    this.#host.meter.string(bytes.length);
    return latin1(bytes);
  }

  /**
   * Writes a table or function once. One that is met again while it is open is shown by how far back it is; so is one that
   * leads back to such a one, until the outermost of them is done. What is written on the way hangs on nothing else.
   */
  #once(value: unknown, write: () => string): string {
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    const place = this.#places.get(value);
    if (place !== undefined) {
      this.#lowest = Math.min(this.#lowest, place);
      return `cycle ${this.#stack.length - place}`;
    }
    if (++this.#depth > maxDepth) this.#host.meter.stack(Infinity);
    const own = this.#stack.push(value) - 1;
    this.#places.set(value, own);
    const outer = this.#lowest;
    this.#lowest = Infinity;
    const text = write();
    if (this.#lowest >= own) {
      for (const done of this.#stack.splice(own)) this.#places.delete(done);
      this.#texts.set(value, text);
      this.#lowest = outer;
    } else this.#lowest = Math.min(outer, this.#lowest);
    this.#depth--;
    return text;
  }

  #tableText(table: Table): string {
    const { meter } = this.#host;
    const entries: string[] = [];
    let size = 0;
    for (const [key, entry] of this.#sortedEntries(table)) {
      const text = `[${key}]=${this.write(entry.value)}`;
      size += text.length;
      entries.push(text);
    }
    meter.spend(size >> 4);
    const { metatable } = table;
    const behaviour = metatable === null ? "" : `:${this.#once(metatable, () => this.#tableText(metatable))}`;
    const text = `{${entries.join(",")}}${behaviour}`;
    return text.length > longTable ? `table ${sha256(text)}` : text;
  }

  /** Entries by the texts of their keys: the order of setting them does not matter. */
  #sortedEntries(table: Table): [string, TableEntry][] {
    const entries: [string, TableEntry][] = [];
    for (let entry = table.f; entry !== undefined; entry = entry.n) entries.push([this.write(entry.key), entry]);
    return entries.sort(([a], [b]) => (a < b ? -1 : a === b ? 0 : 1));
  }

  #functionText(closure: LClosure): string {
    const parts = [this.#sourceText(closure.p)];
    for (const [index, upvalue] of closure.p.upvalues.entries()) {
      const slot = closure.upvals[index];
      if (isEnvironment(upvalue)) parts.push(...this.#globalsText(closure.p, slot));
      else parts.push(`${upvalue.name === null ? "" : showBytes(upvalue.name.realstring)}=${this.write(slot)}`);
    }
    return parts.join("\n");
  }

  /** A digest of the text that a function was compiled from. */
  #sourceText(proto: Proto): string {
    const origin = this.#host.origins.get(proto);
    if (origin === undefined) return "?";
    const known = this.#normalised.get(origin.shape);
    if (known !== undefined) return known;
    const { range } = origin.shape;
    const text = origin.text.slice(...(range ?? [0]));
    this.#host.meter.spend(text.length >> 3);
    const normal = normaliseText(text);
    const digest = sha256(range === undefined ? normal : withoutName(normal));
    this.#normalised.set(origin.shape, digest);
    return digest;
  }

  /** The globals that a function names and the schema has set. */
  #globalsText(proto: Proto, environment: TValue | undefined): string[] {
    const table = environment?.value;
    if (!(table instanceof Table)) return [];
    const names = [...(this.#host.origins.get(proto)?.globalNames ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#host.meter.spend(names.length);
    const texts: string[] = [];
    for (const [name, key] of names) {
      const slot = luaH_getstr(table, key);
      if (slot.value !== (this.#host.globals.get(key.hash) ?? null)) texts.push(`global ${name}=${this.write(slot)}`);
    }
    return texts;
  }
}

/** From the parameters on: what a function is called says nothing of what it does, but a method has one parameter more. */
function withoutName(text: string): string {
  const start = text.indexOf("(");
  return `${text.slice(0, start).includes(":") ? ":" : ""}${text.slice(start)}`;
}
