/** ln x and ln(1 + x), from the exponent of x and the artanh series of its significand. */
import { LN2_HIGH, LN2_LOW } from './exponential.ts';
import type { Ops } from './ops.ts';
import { polynomial } from './polynomial.ts';

const MIN_NORMAL = 2 ** -1022;
const SIGNIFICAND = MIN_NORMAL - 2 ** -1074; // the 52 bits 000fffffffffffff
const TWO_52 = 2 ** 52;
const EXPONENT_BIAS = TWO_52 + 1023;
// (2 artanh(s)/s − 2) / s² in s², for |s| ≤ 3 − 2√2; error 2^−59.5
const LOG = [
  0.6666666666666734, 0.3999999999941434, 0.28571428742472477, 0.2222219856364367, 0.181835648617608,
  0.15314035898408324, 0.14796105287459915,
];

/** x = 2^e (1 + m), s = m/(2 + m): ln x = e ln 2 + m − (m²/2 − s(m²/2 + s²P(s²))), the arrangement of fdlibm. */
function logFrom<T, M>(f: Ops<T, M>, x: T, bias: T): T {
  const one = f.constant(1);
  const half = f.constant(0.5);
  const exponent = f.sub(f.or(f.shiftDown(x), f.constant(TWO_52)), bias);
  const significand = f.or(f.and(x, f.constant(SIGNIFICAND)), one);
  const large = f.lt(f.constant(Math.SQRT2), significand);
  const e = f.add(exponent, f.select(large, one, f.constant(0)));
  const m = f.sub(f.select(large, f.mul(significand, half), significand), one);
  const s = f.div(m, f.add(f.constant(2), m));
  const square = f.mul(s, s);
  const series = f.mul(square, polynomial(f, square, LOG));
  const halfSquare = f.mul(half, f.mul(m, m));
  const correction = f.add(f.mul(s, f.add(halfSquare, series)), f.mul(e, f.constant(LN2_LOW)));
  return f.sub(f.mul(e, f.constant(LN2_HIGH)), f.sub(f.sub(halfSquare, correction), m));
}

export function logNormal<T, M>(f: Ops<T, M>, x: T): T {
  return logFrom(f, x, f.constant(EXPONENT_BIAS));
}

export function log<T, M>(f: Ops<T, M>, x: T): T {
  const zero = f.constant(0);
  const infinity = f.constant(Infinity);
  const subnormal = f.lt(x, f.constant(MIN_NORMAL));
  const normal = f.select(subnormal, f.mul(x, f.constant(TWO_52)), x);
  const finite = logFrom(f, normal, f.select(subnormal, f.constant(EXPONENT_BIAS + 52), f.constant(EXPONENT_BIAS)));
  const atMostZero = f.select(f.eq(x, zero), f.constant(-Infinity), f.constant(NaN));
  return f.select(f.lt(zero, x), f.select(f.eq(x, infinity), infinity, finite), atMostZero);
}

/** With u = 1 + x rounded, ln(1 + x) = ln u + (x − (u − 1))/u. */
export function log1p<T, M>(f: Ops<T, M>, x: T): T {
  const one = f.constant(1);
  const u = f.add(one, x);
  return f.add(logNormal(f, u), f.div(f.sub(x, f.sub(u, one)), u));
}
