import { ISK, INDEXK, OpCodesI } from "fengari/src/lopcodes.js";
import type { Instruction, Proto } from "fengari/src/lfunc.js";
import type { TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { luaS_bless, TString } from "fengari/src/lstring.js";
import { Table } from "fengari/src/ltable.js";
import { showBytes, slotBytes, toBytes } from "./interop.js";
import type { Meter } from "./meter.js";
import { formatNumber } from "./numbers.js";
import type { FunctionShape, ParsedSource, TableShape } from "./syntax.js";

/**
 * Trips: compiled instructions that tell us before they are carried out.
 *
 * fengari's hook fires between instructions and knows nothing of their operands, yet a single `..` can ask for a string
 * of any length. The interpreter reads an operand of an instruction just before it uses it, so an instruction whose
 * operand is a getter is a place to count, and to refuse. Only instructions whose cost depends on data are changed.
 */
export interface Tripped {
  readonly meter: Meter;
  /** The thread that is running. */
  readonly thread: LuaState;
  /** Called when a table constructor is about to make the table with this id. */
  tableMade(id: number, origin: TableOrigin): void;
}

/** The table constructor in the source that made a table. */
export interface TableOrigin {
  readonly source: ParsedSource;
  readonly shape: TableShape;
}

/** The function in the source that a compiled function comes from. */
export interface FunctionOrigin {
  readonly source: ParsedSource;
  readonly text: string;
  readonly shape: FunctionShape;
  /** The names by which it, or a function in it, reads globals. */
  readonly globalNames: ReadonlyMap<string, TString>;
}

/** Strings from here on make a comparison or a look-up worth counting. */
const longString = 256;

/** Sets the trips in a compiled function and all functions in it, and notes where each comes from. */
export function setTrips(
  proto: Proto,
  { source, text, shape }: Omit<FunctionOrigin, "globalNames">,
  host: Tripped,
  origins: WeakMap<Proto, FunctionOrigin>,
): ReadonlyMap<string, TString> {
  const globalNames = new Map<string, TString>();
  let constructors = 0;
  for (const [pc, instruction] of proto.code.entries()) {
    const { opcode, B, C } = instruction;
    if (opcode === OpCodesI["OP_GETTABUP"] && ISK(C)) {
      const key = proto.k[INDEXK(C)]?.value;
      if (key instanceof TString && isEnvironment(proto.upvalues[B])) globalNames.set(showBytes(key.realstring), key);
    }
    if (opcode === OpCodesI["OP_NEWTABLE"]) {
      const made = shape.constructors[constructors++];
      proto.code[pc] = new TableTrip(instruction, host, made && { source, shape: made });
    } else {
      const trip = tripFor(opcode, B, C, proto.k);
      if (trip !== undefined) proto.code[pc] = new OperandTrip(instruction, host, trip);
    }
  }
  for (const [index, inner] of proto.p.entries()) {
    const innerShape = shape.functions[index];
    if (innerShape === undefined) continue;
    for (const [name, key] of setTrips(inner, { source, text, shape: innerShape }, host, origins)) {
      globalNames.set(name, key);
    }
  }
  origins.set(proto, { source, text, shape, globalNames });
  return globalNames;
}

/** Whether an upvalue is the table of globals, as Lua 5.3 has it. */
export function isEnvironment(upvalue: { readonly name: TString | null } | undefined): boolean {
  return upvalue?.name != null && showBytes(upvalue.name.realstring) === "_ENV";
}

type Trip = (host: Tripped, instruction: { readonly B: number; readonly C: number }) => void;

/** What must be looked at before an instruction of this kind; undefined for those whose cost is constant. */
function tripFor(opcode: number, B: number, C: number, constants: readonly TValue[]): Trip | undefined {
  switch (opcode) {
    case OpCodesI["OP_CONCAT"]:
      return beforeConcat;
    case OpCodesI["OP_LEN"]:
      return beforeLength;
    case OpCodesI["OP_EQ"]:
    case OpCodesI["OP_LT"]:
    case OpCodesI["OP_LE"]:
      return isShortConstant(B, constants) || isShortConstant(C, constants) ? undefined : beforeComparison;
    case OpCodesI["OP_GETTABLE"]:
    case OpCodesI["OP_SELF"]:
    case OpCodesI["OP_GETTABUP"]:
      return isShortConstant(C, constants) ? undefined : (host, { C: key }) => beforeLookUp(host, key);
    case OpCodesI["OP_SETTABLE"]:
    case OpCodesI["OP_SETTABUP"]:
      return isShortConstant(B, constants) ? undefined : (host, { B: key }) => beforeLookUp(host, key);
    case OpCodesI["OP_SETLIST"]:
    case OpCodesI["OP_RETURN"]:
      return B === 0 ? beforeMany : undefined;
    case OpCodesI["OP_VARARG"]:
      return B === 0 ? beforeVarargs : undefined;
    default:
      return undefined;
  }
}

/** An instruction that is watched: fengari reads the operand `B` of all that `tripFor` names before it does anything. */
class OperandTrip implements Instruction {
  readonly code: number;
  readonly opcode: number;
  readonly A: number;
  readonly C: number;
  readonly Bx: number;
  readonly Ax: number;
  readonly sBx: number;
  readonly #host: Tripped;
  readonly #plain: Instruction;
  readonly #trip: Trip;

  constructor(plain: Instruction, host: Tripped, trip: Trip) {
    this.code = plain.code;
    this.opcode = plain.opcode;
    this.A = plain.A;
    this.C = plain.C;
    this.Bx = plain.Bx;
    this.Ax = plain.Ax;
    this.sBx = plain.sBx;
    this.#host = host;
    this.#plain = plain;
    this.#trip = trip;
  }

  get B(): number {
    this.#trip(this.#host, this.#plain);
    return this.#plain.B;
  }
}

/** `OP_NEWTABLE` has no operand that fengari reads but its own code. */
class TableTrip implements Instruction {
  readonly code: number;
  readonly A: number;
  readonly B: number;
  readonly C: number;
  readonly Bx: number;
  readonly Ax: number;
  readonly sBx: number;
  readonly #host: Tripped;
  readonly #origin: TableOrigin | undefined;
  readonly #opcode: number;

  constructor(plain: Instruction, host: Tripped, origin: TableOrigin | undefined) {
    this.code = plain.code;
    this.A = plain.A;
    this.B = plain.B;
    this.C = plain.C;
    this.Bx = plain.Bx;
    this.Ax = plain.Ax;
    this.sBx = plain.sBx;
    this.#host = host;
    this.#origin = origin;
    this.#opcode = plain.opcode;
  }

  get opcode(): number {
    this.#host.meter.table();
    if (this.#origin !== undefined) this.#host.tableMade(this.#host.thread.l_G.id_counter, this.#origin);
    return this.#opcode;
  }
}

/** Counts the string that is about to be made. LuaJIT writes numbers without `.0`, fengari with it: so they are written here. */
function beforeConcat({ meter, thread }: Tripped, { B, C }: { B: number; C: number }): void {
  const base = thread.ci.l_base;
  let length = 0;
  for (let register = base + B; register <= base + C; register++) {
    const slot = thread.stack[register];
    if (slot === undefined) continue;
    if (typeof slot.value === "number") slot.setsvalue(luaS_bless(thread, toBytes(formatNumber(slot.value))));
    length += slotBytes(slot)?.length ?? 0;
  }
  meter.string(length);
}

/** `#t` is a binary search, but a linear one for a table that was built to defeat it (luaH_getn). */
function beforeLength({ meter, thread }: Tripped, { B }: { B: number }): void {
  const value = thread.stack[thread.ci.l_base + B]?.value;
  if (value instanceof Table) meter.spend(lengthCost(value));
}

/** What `#` costs beyond one instruction. */
export function lengthCost(table: Table): number {
  return table.strong.has(table.strong.size + 1) ? table.strong.size : 0;
}

function beforeComparison({ meter, thread }: Tripped, { B, C }: { B: number; C: number }): void {
  const length = Math.min(operandLength(thread, B), operandLength(thread, C));
  if (length >= longString) meter.spend(length >> 5);
}

/** A string is hashed, and compared with the key that is found. */
function beforeLookUp({ meter, thread }: Tripped, operand: number): void {
  const length = operandLength(thread, operand);
  if (length >= longString) meter.spend(length >> 3);
}

/** The values up to the top of the stack are moved. */
function beforeMany({ meter, thread }: Tripped): void {
  meter.spend(thread.top - thread.ci.l_base);
}

function beforeVarargs({ meter, thread }: Tripped): void {
  const { l_base, funcOff } = thread.ci;
  meter.spend(l_base - funcOff);
  meter.stack(thread.top + l_base - funcOff);
}

function operandLength(thread: LuaState, operand: number): number {
  const slot = ISK(operand) ? constantOf(thread, operand) : thread.stack[thread.ci.l_base + operand];
  return slotBytes(slot)?.length ?? 0;
}

function constantOf(thread: LuaState, operand: number): TValue | undefined {
  const closure = thread.ci.func.value;
  return typeof closure === "object" && closure !== null && "p" in closure
    ? (closure.p as Proto).k[INDEXK(operand)]
    : undefined;
}

function isShortConstant(operand: number, constants: readonly TValue[]): boolean {
  return ISK(operand) && (slotBytes(constants[INDEXK(operand)])?.length ?? 0) < longString;
}
