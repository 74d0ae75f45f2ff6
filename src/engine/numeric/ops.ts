/**
 * The few operations from which every formula of the engine is built, each of them one WebAssembly SIMD instruction. A
 * formula written once over `Ops<T, M>` runs on numbers in the reference implementation and is compiled for vectors in the
 * WebAssembly backend, with the same bits: all operations are exactly rounded or integer, and none is fused or reordered.
 */

/** `T` is a value (a number, or a vector with one example a lane), `M` the outcome of a comparison. */
export interface Ops<T, M> {
  /** The same number in every lane. */
  constant(x: number): T;
  /** f64x2.add */
  add(x: T, y: T): T;
  /** f64x2.sub */
  sub(x: T, y: T): T;
  /** f64x2.mul */
  mul(x: T, y: T): T;
  /** f64x2.div */
  div(x: T, y: T): T;
  /** f64x2.sqrt */
  sqrt(x: T): T;
  /** f64x2.neg: flips the sign, of 0 and NaN too. */
  neg(x: T): T;
  /** f64x2.abs: clears the sign. */
  abs(x: T): T;
  /** f64x2.pmin: `y < x ? y : x`. A NaN in x is returned, one in y is not. */
  min(x: T, y: T): T;
  /** f64x2.pmax: `x < y ? y : x`. A NaN in x is returned, one in y is not. */
  max(x: T, y: T): T;
  /** f64x2.lt */
  lt(x: T, y: T): M;
  /** f64x2.le */
  le(x: T, y: T): M;
  /** f64x2.eq */
  eq(x: T, y: T): M;
  /** v128.bitselect: x where the mask holds, else y. Both are always computed. */
  select(mask: M, x: T, y: T): T;
  /** v128.and of the 64 bits. */
  and(x: T, y: T): T;
  /** v128.or of the 64 bits. */
  or(x: T, y: T): T;
  /** i64x2.shl by 52, the width of a significand: the low 12 bits become sign and exponent. */
  shiftUp(x: T): T;
  /** i64x2.shr_u by 52: sign and exponent become the low 12 bits. */
  shiftDown(x: T): T;
}

/** A non-negative magnitude with the sign of x, that of −0 too. */
export function withSign<T, M>(f: Ops<T, M>, magnitude: T, x: T): T {
  return f.or(magnitude, f.and(x, f.constant(-0)));
}

// Two doubles seen as 32-bit halves, the low one first: every platform that V8 runs WebAssembly SIMD on is little-endian.
const float = new Float64Array(2);
const half = new Int32Array(float.buffer);
const low = 0;
const high = 1;

/** The operations on JavaScript numbers: one lane, a double. */
export const scalar: Ops<number, boolean> = {
  constant: (x) => x,
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  sqrt: (x) => Math.sqrt(x),
  neg: (x) => -x,
  abs: (x) => Math.abs(x),
  // biome-ignore lint/complexity/useMathMinMax: Math.min treats NaN and −0 otherwise than pmin
  min: (x, y) => (y < x ? y : x),
  // biome-ignore lint/complexity/useMathMinMax: Math.max treats NaN and −0 otherwise than pmax
  max: (x, y) => (x < y ? y : x),
  lt: (x, y) => x < y,
  le: (x, y) => x <= y,
  eq: (x, y) => x === y,
  select: (mask, x, y) => (mask ? x : y),
  and(x, y) {
    float[0] = x;
    float[1] = y;
    half[low] = (half[low] as number) & (half[low + 2] as number);
    half[high] = (half[high] as number) & (half[high + 2] as number);
    return float[0] as number;
  },
  or(x, y) {
    float[0] = x;
    float[1] = y;
    half[low] = (half[low] as number) | (half[low + 2] as number);
    half[high] = (half[high] as number) | (half[high + 2] as number);
    return float[0] as number;
  },
  shiftUp(x) {
    float[0] = x;
    half[high] = (half[low] as number) << 20;
    half[low] = 0;
    return float[0] as number;
  },
  shiftDown(x) {
    float[0] = x;
    half[low] = (half[high] as number) >>> 20;
    half[high] = 0;
    return float[0] as number;
  },
};
