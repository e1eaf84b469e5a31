import { ISK, INDEXK, OpCodesI as op } from "fengari/src/lopcodes.js";
import type { Instruction, Proto } from "fengari/src/lfunc.js";
import type { LuaState } from "fengari/src/lstate.js";
import { TString } from "fengari/src/lstring.js";
import { literalMark, markLength } from "./scan.js";
import { entryBytes, tableBytes, type Meter, type Toll } from "./meter.js";
import type { OpaqueRef } from "./opaque.js";
import { actionFor } from "./operations.js";
import { rekey, showBytes } from "./strings.js";
import type { FunctionShape, TableShape } from "./shapes.js";
import type { PositionAt } from "./syntax.js";

/**
 * Trips: compiled instructions that tell us before they are carried out.
 *
 * fengari runs a compiled function from a list of instructions, reads the `opcode` of each once before it does anything,
 * and the `sBx` of a jump when it takes it. Where these are getters we can count, and refuse, before any work is done. A
 * function that is entered pays for all that stands in it; a jump back pays for what it will repeat, and a jump forward or
 * a return gets back what was paid for the instructions that it leaves out. So at any time all that will run without another
 * jump is paid for, and nothing is done between instructions, as a hook would. What an instruction costs beyond
 * its price hangs on its operands, and is paid when it is reached (see `operations.ts`).
 */
export interface Tripped {
  readonly meter: Meter;
  /** The thread that is running. */
  readonly thread: LuaState;
  /** Called when a table constructor is about to make the table with this id. */
  tableMade(id: number, origin: TableOrigin): void;
  /** Called where it hangs on an opaque value which way the source goes, or on whether there is one at all. May throw. */
  opaqueDecides(opaque: OpaqueRef, asks?: "whether it is there"): void;
  /** Called where a loop over an opaque value, or an entry under one, stands for any number of them. May throw. */
  opaqueGuessed(path: string): void;
}

/** The table constructor in the source that made a table. */
export interface TableOrigin {
  readonly positionAt: PositionAt;
  readonly shape: TableShape;
}

/** The function in the source that a compiled function comes from. */
export interface FunctionOrigin {
  readonly positionAt: PositionAt;
  readonly text: string;
  readonly shape: FunctionShape;
  /** The names by which it, or a function in it, reads globals. */
  readonly globalNames: ReadonlyMap<string, TString>;
}

/** What is done when an instruction is reached; gives whether that was all that it asks for. */
export type Action = (host: Tripped, instruction: Instruction) => boolean;

/** Sets the trips in a compiled function and all functions in it, and notes where each comes from. */
export function setTrips(
  proto: Proto,
  { positionAt, text, shape }: Omit<FunctionOrigin, "globalNames">,
  host: Tripped,
  origins: Map<Proto, FunctionOrigin>,
): ReadonlyMap<string, TString> {
  const globalNames = new Map<string, TString>();
  const environment = proto.upvalues.findIndex(isEnvironment);
  const tolls = tollsOf(proto);
  const end = proto.code.length;
  let constructors = 0;
  for (const { value } of proto.k) if (value instanceof TString) unmark(value);
  for (const [pc, instruction] of proto.code.entries()) {
    const { opcode, B, C, sBx } = instruction;
    if (opcode === op.OP_GETTABUP && B === environment && ISK(C)) {
      const key = proto.k[INDEXK(C)]?.value;
      if (key instanceof TString) globalNames.set(showBytes(key.realstring), key);
    }
    const made = opcode === op.OP_NEWTABLE ? shape.constructors[constructors++] : undefined;
    const action = made === undefined ? actionFor(instruction, proto.k) : noteTable({ positionAt, shape: made });
    const entry = pc === 0 ? tolls.entry : undefined;
    const jump = isJump(opcode) ? tolls.ofJump(pc + 1, pc + 1 + sBx) : undefined;
    const leaving = isLeaving(opcode) && pc + 1 < end ? tolls.ofJump(pc + 1, end) : undefined;
    if (action !== undefined || entry !== undefined || jump !== undefined || leaving !== undefined) {
      proto.code[pc] = new Trip(instruction, pc, host, { action, entry, jump, leaving });
    }
  }
  for (const [index, inner] of proto.p.entries()) {
    const innerShape = shape.functions[index];
    if (innerShape === undefined) continue;
    for (const [name, key] of setTrips(inner, { positionAt, text, shape: innerShape }, host, origins)) {
      globalNames.set(name, key);
    }
  }
  origins.set(proto, { positionAt, text, shape, globalNames });
  return globalNames;
}

/** Whether an upvalue is the table of globals, as Lua 5.3 has it. */
export function isEnvironment(upvalue: { readonly name: TString | null } | undefined): boolean {
  return upvalue?.name != null && showBytes(upvalue.name.realstring) === "_ENV";
}

interface Payments {
  readonly action: Action | undefined;
  /** To be paid on entering the function whose first instruction this is. */
  readonly entry: Toll | undefined;
  /** To be paid, or given back, on jumping. */
  readonly jump: Toll | undefined;
  /** To be given back on leaving the function. */
  readonly leaving: Toll | undefined;
}

/** An opcode that fengari does not know: it goes on to the next instruction. */
const nothing = 255;

class Trip implements Instruction {
  readonly code: number;
  readonly A: number;
  readonly B: number;
  readonly C: number;
  readonly Bx: number;
  readonly Ax: number;
  readonly #opcode: number;
  readonly #sBx: number;
  readonly #pc: number;
  readonly #host: Tripped;
  readonly #payments: Payments;

  constructor(plain: Instruction, pc: number, host: Tripped, payments: Payments) {
    this.code = plain.code;
    this.A = plain.A;
    this.B = plain.B;
    this.C = plain.C;
    this.Bx = plain.Bx;
    this.Ax = plain.Ax;
    this.#opcode = plain.opcode;
    this.#sBx = plain.sBx;
    this.#pc = pc;
    this.#host = host;
    this.#payments = payments;
  }

  get opcode(): number {
    const { entry, action, leaving } = this.#payments;
    const host = this.#host;
    if (!this.#isNext(1)) return this.#opcode;
    if (entry !== undefined) {
      host.meter.toll(entry);
      host.meter.stack(host.thread.top);
    }
    if (leaving !== undefined) host.meter.toll(leaving);
    return action?.(host, this) === true ? nothing : this.#opcode;
  }

  get sBx(): number {
    const { jump } = this.#payments;
    // a jump that belongs to a test is taken by the test itself
    if (jump !== undefined && (this.#isNext(1) || this.#isNext(0))) this.#host.meter.toll(jump);
    return this.#sBx;
  }

  /** Whether it is carried out, and not read by fengari's search for the name of a variable in an error. */
  #isNext(ahead: number): boolean {
    const { l_code, l_savedpc } = this.#host.thread.ci;
    return l_savedpc === this.#pc + ahead && l_code[this.#pc] === this;
  }
}

function isJump(opcode: number): boolean {
  return opcode === op.OP_JMP || opcode === op.OP_FORPREP || opcode === op.OP_FORLOOP || opcode === op.OP_TFORLOOP;
}

function isLeaving(opcode: number): boolean {
  return opcode === op.OP_RETURN || opcode === op.OP_TAILCALL;
}

interface Tolls {
  readonly entry: Toll;
  /** What going on at `target` instead of at `next` costs more; negative where it costs less. */
  readonly ofJump: (next: number, target: number) => Toll;
}

function tollsOf(proto: Proto): Tolls {
  const steps = [0];
  const bytes = [0];
  for (const [pc, instruction] of proto.code.entries()) {
    const price = priceOf(instruction, proto);
    steps.push((steps[pc] ?? 0) + price.steps);
    bytes.push((bytes[pc] ?? 0) + price.bytes);
  }
  const ofJump = (next: number, target: number): Toll => ({
    steps: (steps[next] ?? 0) - (steps[target] ?? 0),
    bytes: (bytes[next] ?? 0) - (bytes[target] ?? 0),
  });
  const all = ofJump(proto.code.length, 0);
  // every slot of the frame is made on entering and thrown away on leaving
  return { entry: { steps: all.steps + (proto.maxstacksize >> 1), bytes: all.bytes }, ofJump };
}

/** One step for most instructions, more for those that take longer, and the bytes that are left when they are done. */
function priceOf({ opcode, A, B, Bx }: Instruction, proto: Proto): Toll {
  switch (opcode) {
    case op.OP_CALL:
    case op.OP_TAILCALL:
    case op.OP_TFORCALL:
      return { steps: 8, bytes: 0 };
    case op.OP_NEWTABLE:
      return { steps: 10, bytes: tableBytes };
    case op.OP_SETTABLE:
    case op.OP_SETTABUP:
      return { steps: 3, bytes: entryBytes };
    case op.OP_SETLIST:
      return { steps: 3 * B, bytes: entryBytes * B };
    case op.OP_CLOSURE: {
      const upvalues = proto.p[Bx]?.upvalues.length ?? 0;
      return { steps: 4 + upvalues, bytes: entryBytes + 50 * upvalues };
    }
    case op.OP_LOADNIL:
    case op.OP_VARARG:
      return { steps: 1 + (B >> 2), bytes: 0 };
    case op.OP_JMP:
      return { steps: A === 0 ? 1 : closingSteps(proto), bytes: 0 };
    case op.OP_RETURN:
      return { steps: proto.p.length === 0 ? 1 : closingSteps(proto), bytes: 0 };
    default:
      return { steps: 1, bytes: 0 };
  }
}

/** Slots that a function in this one may have captured are replaced. */
function closingSteps({ maxstacksize }: Proto): number {
  return 1 + (maxstacksize >> 2);
}

function noteTable(origin: TableOrigin): Action {
  return (host) => {
    host.tableMade(host.thread.l_G.id_counter, origin);
    return false;
  };
}

/** Takes the mark off a string that `scanSource` has marked. */
function unmark(string: TString): void {
  if (string.realstring[0] === literalMark) string.realstring = string.realstring.slice(markLength);
  rekey(string);
}
