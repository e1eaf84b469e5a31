import { ISK, INDEXK, OpCodesI as op } from "fengari/src/lopcodes.js";
import type { Instruction, Proto } from "fengari/src/lfunc.js";
import { LClosure, Udata, type TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { TString } from "fengari/src/lstring.js";
import { luaH_getn, luaH_setint, Table } from "fengari/src/ltable.js";
import { luaT_trybinTM, TMS } from "fengari/src/ltm.js";
import { entryNamed, isNull, mapKey, metatableOf, slotBytes } from "./interop.js";
import { entryBytes } from "./meter.js";
import { formatNumber, power, remainder } from "./numbers.js";
import { opaqueIn } from "./opaque.js";
import { keyed, numberIn, toBytes } from "./strings.js";
import type { Action, Tripped } from "./trips.js";

/**
 * What is done when an instruction is reached whose cost hangs on its operands, or that LuaJIT understands in another
 * way than fengari: numbers are doubles all of them, and are written and read as LuaJIT does. Undefined for all others.
 */
export function actionFor({ opcode, B, C }: Instruction, constants: readonly TValue[]): Action | undefined {
  switch (opcode) {
    case op.OP_CONCAT:
      return concatenate;
    case op.OP_LEN:
      return length;
    case op.OP_ADD:
      return arithmetic((a, b) => a + b);
    case op.OP_SUB:
      return arithmetic((a, b) => a - b);
    case op.OP_MUL:
      return arithmetic((a, b) => a * b);
    case op.OP_DIV:
      return arithmetic((a, b) => a / b);
    case op.OP_MOD:
      return arithmetic(remainder);
    case op.OP_POW:
      return arithmetic(power);
    case op.OP_UNM:
      return negate;
    case op.OP_FORPREP:
      return prepareLoop;
    case op.OP_TEST:
    case op.OP_TESTSET:
    case op.OP_NOT:
      return opcode === op.OP_TEST ? beforeTestOfTarget : beforeTest;
    case op.OP_EQ:
      return isShort(B, constants) || isShort(C, constants) ? beforeShortEquality : beforeEquality;
    case op.OP_LT:
    case op.OP_LE:
      return isNumber(B, constants) || isNumber(C, constants) ? undefined : beforeOrder;
    case op.OP_GETTABLE:
    case op.OP_SELF:
      return (host, { B, C }) => beforeLookUp(host, register(host.thread, B), C, "__index");
    case op.OP_GETTABUP:
      return (host, { B, C }) => beforeLookUp(host, upvalue(host.thread, B), C, "__index");
    case op.OP_SETTABLE:
      return (host, { A, B }) => beforeLookUp(host, register(host.thread, A), B, "__newindex");
    case op.OP_SETTABUP:
      return (host, { A, B }) => beforeLookUp(host, upvalue(host.thread, A), B, "__newindex");
    case op.OP_SETLIST:
      return fillList;
    case op.OP_RETURN:
      return B === 0 ? beforeOpenReturn : undefined;
    case op.OP_VARARG:
      return B === 0 ? beforeOpenVararg : undefined;
    default:
      return undefined;
  }
}

/** Strings from here on make a comparison or a look-up worth counting. */
const longString = 64;

/**
 * `..` from the right to the left, strings and numbers in between at once. A metamethod cannot yield here: fengari
 * would go on in the middle of an instruction of its own.
 */
const concatenate: Action = (host, { A, B, C }) => {
  const { thread } = host;
  const slots = thread.stack.slice(thread.ci.l_base + B, thread.ci.l_base + C + 1);
  let right = slots.pop();
  while (right !== undefined && slots.length > 0) {
    const run = textRun(slots, right);
    if (run.length > 1) {
      slots.length -= run.length - 1;
      right.setsvalue(join(host, run));
      continue;
    }
    const left = slots.pop();
    if (left === undefined) break;
    thread.nny++;
    luaT_trybinTM(thread, left, right, left, TMS.TM_CONCAT);
    thread.nny--;
    right = left;
  }
  if (right !== undefined) thread.stack[thread.ci.l_base + A]?.setfrom(right);
  return true;
};

/** The last values that are strings or numbers, as bytes: those at the end of `slots`, and `last`. */
function textRun(slots: readonly TValue[], last: TValue): Uint8Array[] {
  const run: Uint8Array[] = [];
  for (let slot: TValue | undefined = last, at = slots.length; slot !== undefined; slot = slots[--at]) {
    const bytes = textOf(slot);
    if (bytes === undefined) break;
    run.unshift(bytes);
  }
  return run;
}

function textOf(slot: TValue): Uint8Array | undefined {
  return typeof slot.value === "number" ? toBytes(formatNumber(slot.value)) : slotBytes(slot);
}

function join({ meter }: Tripped, pieces: readonly Uint8Array[]): TString {
  let size = 0;
  for (const piece of pieces) size += piece.length;
  meter.string(size);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return new TString(null, bytes);
}

const length: Action = ({ meter, thread }, { A, B }) => {
  const { value } = register(thread, B) ?? {};
  const size =
    value instanceof TString
      ? value.realstring.length
      : value instanceof Table && (value.metatable === null || entryNamed(value.metatable, "__len") === undefined)
        ? tableLength(value, meter)
        : undefined;
  if (size === undefined) return false;
  register(thread, A)?.setfltvalue(size);
  return true;
};

/**
 * `#`: any item before a nil will do, so where there are holes it matters which one is found. LuaJIT begins with the size
 * of the constructor, so that `unpack({ nil, "x" })` gives two values.
 */
export function tableLength(table: Table, meter: Tripped["meter"]): number {
  const { strong, listSize = 0 } = table;
  if (listSize === 0 || (strong.has(listSize) && strong.has(listSize + 1))) {
    // a binary search, but a linear one in a table that was built to defeat it
    if (strong.has(strong.size + 1)) meter.spend(strong.size);
    return luaH_getn(table);
  }
  let [low, high] = [0, listSize];
  if (strong.has(high)) return high;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (strong.has(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Numbers, and strings that LuaJIT reads as numbers; all else is left to fengari: metamethods and errors. */
function arithmetic(compute: (a: number, b: number) => number): Action {
  return ({ meter, thread }, { A, B, C }) => {
    const a = numberOf(operand(thread, B), meter);
    const b = numberOf(operand(thread, C), meter);
    if (a === undefined || b === undefined) return false;
    register(thread, A)?.setfltvalue(compute(a, b));
    return true;
  };
}

const negate: Action = ({ meter, thread }, { A, B }) => {
  const value = numberOf(register(thread, B), meter);
  if (value === undefined) return false;
  register(thread, A)?.setfltvalue(-value);
  return true;
};

function numberOf(slot: TValue | undefined, meter: Tripped["meter"]): number | undefined {
  const value = slot?.value;
  if (typeof value === "number") return value;
  if (!(value instanceof TString)) return undefined;
  meter.spend(value.realstring.length >> 3);
  return numberIn(value.realstring);
}

/** The start, limit and step of a loop may be strings. One that goes on to an opaque limit is run once. */
const prepareLoop: Action = (host, { A }) => {
  const { meter, thread } = host;
  const [start, limit, step] = [register(thread, A), register(thread, A + 1), register(thread, A + 2)];
  decides(host, start);
  decides(host, step);
  if (start !== undefined && decides(host, limit)) limit?.setfrom(start);
  for (let place = A; place < A + 3; place++) {
    const slot = register(thread, place);
    const value = numberOf(slot, meter);
    if (value !== undefined) slot?.setfltvalue(value);
  }
  return false;
};

const beforeTestOfTarget: Action = (host, { A }) => {
  decides(host, register(host.thread, A), "whether it is there");
  return false;
};

const beforeTest: Action = (host, { B }) => {
  decides(host, register(host.thread, B), "whether it is there");
  return false;
};

const beforeShortEquality: Action = (host, { B, C }) => {
  decideEquality(host, operand(host.thread, B), operand(host.thread, C));
  return false;
};

const beforeEquality: Action = (host, { B, C }) => {
  const { meter, thread } = host;
  const [a, b] = [operand(thread, B), operand(thread, C)];
  decideEquality(host, a, b);
  const left = slotBytes(a)?.length ?? 0;
  if (left >= longString && left === slotBytes(b)?.length) meter.spend(left >> 5);
  return false;
};

/** Tells the host where a value by which the source goes one way or the other is opaque; gives whether it is. */
function decides(host: Tripped, slot: TValue | undefined, asks?: "whether it is there"): boolean {
  const opaque = opaqueIn(slot);
  if (opaque !== undefined) host.opaqueDecides(opaque, asks);
  return opaque !== undefined;
}

function decideEquality(host: Tripped, a: TValue | undefined, b: TValue | undefined): void {
  // Of two opaque values the metamethod tells whether they are the same.
  if (a?.value instanceof Udata && b?.value instanceof Udata) return;
  if (!decides(host, a, isNil(b) ? "whether it is there" : undefined))
    decides(host, b, isNil(a) ? "whether it is there" : undefined);
}

function isNil(slot: TValue | undefined): boolean {
  return slot?.value === undefined || (slot.value === null && !isNull(slot));
}

const beforeOrder: Action = ({ meter, thread }, { B, C }) => {
  for (const place of [B, C]) {
    const { value } = operand(thread, place) ?? {};
    if (value instanceof TString) prepareKey(value, meter);
  }
  return false;
};

function beforeLookUp(host: Tripped, table: TValue | undefined, place: number, event: Event): false {
  const { meter, thread } = host;
  const key = operand(thread, place);
  const opaque = opaqueIn(key);
  if (opaque !== undefined && opaqueIn(table) === undefined) {
    if (event === "__index") host.opaqueDecides(opaque);
    else host.opaqueGuessed(opaque.path);
  }
  if (key?.value instanceof TString) prepareKey(key.value, meter);
  if (meter.hasChains && table !== undefined && key !== undefined) followChain(thread, table, key, event, meter);
  return false;
}

type Event = "__index" | "__newindex";

/** Counts the tables that a look-up walks along, from one to what its metatable names. */
export function followChain(thread: LuaState, table: TValue, key: TValue, event: Event, meter: Tripped["meter"]): void {
  const place = mapKey(key);
  for (let slot: TValue | undefined = table, links = 0; slot !== undefined && links < longestChain; links++) {
    const { value } = slot;
    if (value instanceof Table && value.strong.has(place)) return;
    const metatable: Table | null = metatableOf(thread, slot);
    if (metatable === null || typeof value === "function") return;
    meter.spend(1);
    slot = entryNamed(metatable, event);
  }
}

/** Then fengari raises an error. */
const longestChain = 2000;

/** To be called before a string is looked up in a table, or put in order. */
export function prepareKey(string: TString, meter: Tripped["meter"]): void {
  const { length: size } = string.realstring;
  if (size >= longString) {
    if (string.hash === null) meter.key(size);
    else meter.spend(size >> 5);
  }
  keyed(string);
}

/** fengari sets the items from the last to the first, and `pairs` would find them so. */
const fillList: Action = ({ meter, thread }, { A, B, C }) => {
  const table = register(thread, A)?.value;
  if (!(table instanceof Table) || C === 0) return false;
  const count = B === 0 ? thread.top - thread.ci.l_base - A - 1 : B;
  if (B === 0) {
    // `{ f() }`, `{ ... }`: all values up to the top of the stack
    meter.spend(3 * count);
    meter.allocate(entryBytes * count);
  }
  const done = (C - 1) * itemsPerInstruction;
  for (let item = 1; item <= count; item++) {
    const value = register(thread, A + item);
    if (value !== undefined) luaH_setint(table, done + item, value);
  }
  table.listSize = done + count;
  // where it took all values, fengari has to put the stack in order, and does it again
  return B !== 0;
};

/** `LFIELDS_PER_FLUSH` of Lua's compiler. */
const itemsPerInstruction = 50;

const beforeOpenReturn: Action = ({ meter, thread }) => {
  meter.spend(thread.top - thread.ci.l_base);
  return false;
};

const beforeOpenVararg: Action = ({ meter, thread }) => {
  const count = thread.ci.l_base - thread.ci.funcOff;
  meter.spend(count);
  meter.stack(thread.top + count);
  return false;
};

function upvalue(thread: LuaState, place: number): TValue | undefined {
  const { value } = thread.ci.func;
  return value instanceof LClosure ? value.upvals[place] : undefined;
}

function register(thread: LuaState, place: number): TValue | undefined {
  return thread.stack[thread.ci.l_base + place];
}

/** What an operand of an instruction stands for: a register or a constant. */
function operand(thread: LuaState, place: number): TValue | undefined {
  if (!ISK(place)) return register(thread, place);
  const { value } = thread.ci.func;
  return value instanceof LClosure ? constant(value.p, place) : undefined;
}

function constant({ k }: Proto, place: number): TValue | undefined {
  return k[INDEXK(place)];
}

/** Whether an operand is a constant that is no long string. */
function isShort(place: number, constants: readonly TValue[]): boolean {
  return ISK(place) && (slotBytes(constants[INDEXK(place)])?.length ?? 0) < longString;
}

function isNumber(place: number, constants: readonly TValue[]): boolean {
  return ISK(place) && typeof constants[INDEXK(place)]?.value === "number";
}
