/** SIMD128 instructions on 128-bit vectors of float64 or float32 lanes, as far as the engine's kernels use them. */
import type { Code } from './encoding.ts';
import { unsigned } from './encoding.ts';
import type { Operand } from './instructions.ts';
import { f32, f64, push } from './instructions.ts';

export type Precision = 'float64' | 'float32';

const simd = (opcode: number, ...operands: Operand[]): Code => [operands.map(push), 0xfd, unsigned(opcode)];

export const unary =
  (opcode: number) =>
  (a: Operand): Code =>
    simd(opcode, a);
export const binary =
  (opcode: number) =>
  (a: Operand, b: Operand): Code =>
    simd(opcode, a, b);

/** Instructions on a vector as a whole. */
export const v128 = {
  load: (address: Operand, offset = 0): Code => [simd(0, address), 4, unsigned(offset)],
  store: (address: Operand, value: Operand, offset = 0): Code => [simd(11, address, value), 4, unsigned(offset)],
  zero: [0xfd, 12, new Array<number>(16).fill(0)] as Code,
  and: binary(78),
  or: binary(80),
  /** The bits of `a` where `mask` is set, of `b` elsewhere. */
  select: (mask: Operand, a: Operand, b: Operand): Code => simd(82, a, b, mask),
};

/** A number in every lane. */
export const splat = (value: Operand): Code => simd(20, value);

/** Chooses 16 bytes among the 32 of `a` and `b`. */
const shuffle = (a: Operand, b: Operand, bytes: readonly number[]): Code => [simd(13, a, b), bytes];

/** The lanes of a precision: their arithmetic, and how numbers are loaded, stored and encoded. */
export interface Lanes {
  readonly precision: Precision;
  /** Bytes per number. */
  readonly bytes: 4 | 8;
  /** Numbers per vector. */
  readonly width: 2 | 4;
  /** Instructions on a single number. */
  readonly numbers: typeof f64;
  readonly add: (a: Operand, b: Operand) => Code;
  readonly sub: (a: Operand, b: Operand) => Code;
  readonly mul: (a: Operand, b: Operand) => Code;
  /** Loads one number from memory into every lane. */
  readonly spread: (address: Operand, offset?: number) => Code;
  readonly extract: (a: Operand, lane: number) => Code;
  /** A vector of lanes chosen by number among those of a, then b: 0 … 2·width − 1. */
  readonly pick: (a: Operand, b: Operand, lanes: readonly number[]) => Code;
  /** The 16 bytes of a number in every lane. */
  readonly spreadBytes: (value: number) => Uint8Array;
}

const pick =
  (bytes: number) =>
  (a: Operand, b: Operand, lanes: readonly number[]): Code =>
    shuffle(
      a,
      b,
      lanes.flatMap((lane) => Array.from({ length: bytes }, (_, i) => lane * bytes + i)),
    );

const doubles: Lanes = {
  precision: 'float64',
  bytes: 8,
  width: 2,
  add: binary(240),
  sub: binary(241),
  mul: binary(242),
  spread: (address, offset = 0) => [simd(10, address), 3, unsigned(offset)],
  numbers: f64,
  extract: (a, lane) => [simd(33, a), lane],
  pick: pick(8),
  spreadBytes: (value) => new Uint8Array(new Float64Array([value, value]).buffer),
};

const singles: Lanes = {
  precision: 'float32',
  bytes: 4,
  width: 4,
  add: binary(228),
  sub: binary(229),
  mul: binary(230),
  spread: (address, offset = 0) => [simd(9, address), 2, unsigned(offset)],
  numbers: f32,
  extract: (a, lane) => [simd(31, a), lane],
  pick: pick(4),
  spreadBytes: (value) => new Uint8Array(new Float32Array([value, value, value, value]).buffer),
};

export const lanesOf = (precision: Precision): Lanes => (precision === 'float64' ? doubles : singles);
