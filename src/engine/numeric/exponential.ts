/**
 * e^x, e^x − 1 and tanh x. The argument is split into a multiple of ln 2, which becomes an exponent, and a small remainder,
 * which goes into a minimax polynomial (Remez, 60 digits) with its error given beside it.
 */
import { type Ops, withSign } from './ops.ts';
import { polynomial } from './polynomial.ts';

export const LN2_HIGH = 0.6931471803691238; // 32 bits, so that n·LN2_HIGH is exact
export const LN2_LOW = 1.9082149292705877e-10;
// Adding 1.5·2^52 rounds to an integer, which then stands in the low bits; the further 1023 is the exponent's bias.
const ROUND = 6755399441055744 + 1023;
// (e^r − 1 − r) / r² on |r| ≤ ½ ln 2; error 2^−57.9 of e^r
const EXP = [
  0.5000000000000011, 0.16666666666666413, 0.04166666666653016, 0.008333333333494465, 0.0013888888943628945,
  0.0001984126950656571, 2.480149310007098e-5, 2.755758638843295e-6, 2.7630247990155085e-7, 2.5000056708160523e-8,
];

/** x = n ln 2 + r with |r| ≤ ½ ln 2. Gives e^r − 1 = r + rest, and the power of two 2^(n + round − ROUND). */
function reduce<T, M>(f: Ops<T, M>, x: T, round: T): { power: T; r: T; rest: T } {
  const shifted = f.add(f.mul(x, f.constant(Math.LOG2E)), round);
  const n = f.sub(shifted, round);
  const high = f.sub(x, f.mul(n, f.constant(LN2_HIGH)));
  const low = f.mul(n, f.constant(LN2_LOW));
  const r = f.sub(high, low);
  const rounding = f.sub(f.sub(high, r), low);
  const rest = f.add(f.mul(f.mul(r, r), polynomial(f, r, EXP)), rounding);
  return { power: f.shiftUp(shifted), r, rest };
}

const TWO_64 = 2 ** 64;

/** n exceeds the exponents of normal doubles, so 2^n is applied as 2^(n ∓ 64), then 2^(±64), with a single rounding. */
export function exp<T, M>(f: Ops<T, M>, argument: T): T {
  const x = f.max(f.min(argument, f.constant(710)), f.constant(-746));
  const negative = f.lt(x, f.constant(0));
  const { power, r, rest } = reduce(f, x, f.select(negative, f.constant(ROUND + 64), f.constant(ROUND - 64)));
  const one = f.constant(1);
  const scaled = f.mul(f.add(one, f.add(r, rest)), power);
  return f.mul(scaled, f.select(negative, f.constant(1 / TWO_64), f.constant(TWO_64)));
}

export function expNegative<T, M>(f: Ops<T, M>, argument: T): T {
  const { power, r, rest } = reduce(f, f.max(argument, f.constant(-746)), f.constant(ROUND + 64));
  return f.mul(f.mul(f.add(f.constant(1), f.add(r, rest)), power), f.constant(1 / TWO_64));
}

/** 2^n (1 + r + rest) − 1 = (2^n − 1) + 2^n r + 2^n rest, the first sum with its rounding error (Dekker 1971). */
export function expm1<T, M>(f: Ops<T, M>, argument: T): T {
  const { power, r, rest } = reduce(f, f.max(argument, f.constant(-40)), f.constant(ROUND));
  const whole = f.sub(power, f.constant(1));
  const part = f.mul(power, r);
  const sum = f.add(whole, part);
  const error = f.sub(part, f.sub(sum, whole));
  return f.add(sum, f.add(error, f.mul(power, rest)));
}

// (tanh(r)/r − 1)/r² in r², for |r| ≤ ⅜ ln 2; error 2^−56.9 of tanh r
const TANH = [
  -0.33333333333332427, 0.1333333333299071, -0.053968253528817144, 0.02186946178769325, -0.008862363006525214,
  0.0035764207962384297, -0.0013077144588830658,
];

/**
 * |x| = ½n ln 2 + r, with tanh(½n ln 2) = (s − 1)/(s + 1), s = 2^n. By the addition theorem, with t = tanh r and
 * D = s + 1 + (s − 1)t, tanh |x| = (s − 1 + (s + 1)t)/D = 1 + (2t − 2)/D. For n = 0 it is t itself. The second form
 * loses fewer digits from n = 2 on, and a smaller n loses fewer too: n is the integer nearest 2|x|/ln 2 − ¼. Beyond
 * |x| = 20 the result rounds to 1.
 */
export function tanh<T, M>(f: Ops<T, M>, x: T): T {
  const one = f.constant(1);
  const round = f.constant(ROUND);
  const magnitude = f.min(f.abs(x), f.constant(20));
  const shifted = f.add(f.sub(f.mul(magnitude, f.constant(2 * Math.LOG2E)), f.constant(0.25)), round);
  const n = f.sub(shifted, round);
  const r = f.sub(f.sub(magnitude, f.mul(n, f.constant(LN2_HIGH / 2))), f.mul(n, f.constant(LN2_LOW / 2)));
  const square = f.mul(r, r);
  const t = f.add(r, f.mul(r, f.mul(square, polynomial(f, square, TANH))));
  const s = f.shiftUp(shifted);
  const below = f.sub(s, one);
  const above = f.add(s, one);
  const far = f.lt(f.constant(2), s);
  const numerator = f.select(far, f.sub(f.add(t, t), f.constant(2)), f.add(below, f.mul(above, t)));
  const quotient = f.div(numerator, f.add(above, f.mul(below, t)));
  return withSign(f, f.add(f.select(far, one, f.constant(0)), quotient), x);
}
