/**
 * WebAssembly's scalar and control instructions as functions from operands to code, so that kernels read as expressions.
 * A bare number stands for an i32 constant, a local for its value.
 */
import type { Code } from './encoding.ts';
import { signed, unsigned } from './encoding.ts';

export type ValueType = 'i32' | 'f32' | 'f64' | 'v128';

/** A local variable or parameter of a function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** A function of the module, by its index. */
export interface FunctionReference {
  readonly functionIndex: number;
}

export type Operand = number | Local | Code;

/** The code that pushes an operand's value on the stack. */
export function push(operand: Operand): Code {
  if (typeof operand === 'number') return [0x41, signed(operand)];
  return 'index' in operand ? [0x20, unsigned(operand.index)] : operand;
}

export const set = (local: Local, value: Operand): Code => [push(value), 0x21, unsigned(local.index)];
export const tee = (local: Local, value: Operand): Code => [push(value), 0x22, unsigned(local.index)];

const binary =
  (opcode: number) =>
  (a: Operand, b: Operand): Code => [push(a), push(b), opcode];

/** `align` is the binary logarithm of the alignment in bytes. */
const load =
  (opcode: number, align: number) =>
  (address: Operand, offset = 0): Code => [push(address), opcode, align, unsigned(offset)];

const store =
  (opcode: number, align: number) =>
  (address: Operand, value: Operand, offset = 0): Code => [push(address), push(value), opcode, align, unsigned(offset)];

export const i32 = {
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  /** Unsigned comparisons: every integer here is a count, an index or an address. */
  less: binary(0x49),
  unequal: binary(0x47),
  and: binary(0x71),
  load: load(0x28, 2),
  store: store(0x36, 2),
};
export const f64 = {
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  equal: binary(0x61),
  load: load(0x2b, 3),
  store: store(0x39, 3),
};
export const f32 = {
  add: binary(0x92),
  sub: binary(0x93),
  mul: binary(0x94),
  equal: binary(0x5b),
  load: load(0x2a, 2),
  store: store(0x38, 2),
};

/** `condition ? a : b` on i32 values. */
export const select = (condition: Operand, a: Operand, b: Operand): Code => [push(a), push(b), push(condition), 0x1b];

/** Runs `body`, then again as long as `condition` is not 0. */
export const repeat = (body: Code, condition: Operand): Code => [0x03, 0x40, body, push(condition), 0x0d, 0, 0x0b];

export const when = (condition: Operand, body: Code): Code => [push(condition), 0x04, 0x40, body, 0x0b];

export const call = (callee: FunctionReference, ...args: Operand[]): Code => [
  args.map(push),
  0x10,
  unsigned(callee.functionIndex),
];

/** memory.copy: `bytes` bytes from `source` to `target`. */
export const copy = (target: Operand, source: Operand, bytes: Operand): Code => [
  push(target),
  push(source),
  push(bytes),
  0xfc,
  10,
  0,
  0,
];

/** Adds a constant to a local. */
export const advance = (local: Local, by: number): Code => set(local, i32.add(local, by));

/** Runs `body` with `counter` at `from`, `from + step`, … below `to`; the body runs at least once. */
export const count = (counter: Local, from: Operand, to: Operand, step: number, body: Code): Code => [
  set(counter, from),
  repeat(body, i32.less(tee(counter, i32.add(counter, step)), to)),
];
