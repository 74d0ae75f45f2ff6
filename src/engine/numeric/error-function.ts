/**
 * erf, the scaled erfc, and the normal distribution function: a polynomial in x² for |x| < 1, and e^(−x²) times a rational
 * approximation beyond.
 */
import { expNegative } from './exponential.ts';
import { type Ops, withSign } from './ops.ts';
import { polynomial } from './polynomial.ts';

// erf(x)/x − 1 in x², for |x| ≤ 1; error 2^−57
const ERF = [
  0.12837916709551256, -0.3761263890318355, 0.11283791670945253, -0.02686617064327617, 0.0052239776074231425,
  -0.0008548325989684064, 0.00012055295320198352, -1.4924744659133548e-5, 1.6447517642377853e-6, -1.62091757495891e-7,
  1.372297597471211e-8, -7.801188987413148e-10,
];
// (x + 2.5) e^(x²) erfc x in t = (x − 2.5)/(x + 2.5), for x ≥ 1; error 2^−56
const ERFC = [
  1.054031820305718, -0.8046518494391491, 0.4539141166480947, -0.17125114524599377, 0.028361550132109847,
  0.00839304429960501, -0.004818785525475055, -0.00043920819535075306, 0.0007026937059967904, 5.8306857666364545e-5,
  -0.00011260382895417941, -1.9525544648892457e-5, 1.823225080301269e-5, 6.732475855697875e-6, -2.2661641632944694e-6,
  -1.9561270947228736e-6, -1.6787259406952636e-7, 5.811035883211274e-7, 2.418282509587478e-7, -2.921457212084597e-7,
  6.40292127591599e-8,
];

/** e^(x²) erfc x for x ≥ 1. */
function scaledErfc<T, M>(f: Ops<T, M>, x: T): T {
  const centre = f.constant(2.5);
  const w = f.div(f.constant(1), f.add(x, centre));
  return f.mul(w, polynomial(f, f.mul(f.sub(x, centre), w), ERFC));
}

/** e^(x²) erfc x for x ≥ 0: below 1 from erf, with e^(x²) ≤ e. */
export function erfcx<T, M>(f: Ops<T, M>, x: T): T {
  const one = f.constant(1);
  const small = f.min(x, one);
  const square = f.mul(small, small);
  const erf = f.add(small, f.mul(small, polynomial(f, square, ERF)));
  return f.select(f.lt(x, one), f.div(f.sub(one, erf), expNegative(f, f.neg(square))), scaledErfc(f, x));
}

/** For x ≥ 0: erf x, accurate for x < 1 (`inner`), erfc x, accurate for x ≥ 1, and e^(−x²). */
function erfOrErfc<T, M>(f: Ops<T, M>, x: T): { inner: M; erf: T; erfc: T; gaussian: T } {
  const bounded = f.min(x, f.constant(28));
  const square = f.mul(bounded, bounded);
  const gaussian = expNegative(f, f.neg(square));
  return {
    inner: f.lt(x, f.constant(1)),
    erf: f.add(bounded, f.mul(bounded, polynomial(f, square, ERF))),
    erfc: f.mul(gaussian, scaledErfc(f, bounded)),
    gaussian,
  };
}

export function erf<T, M>(f: Ops<T, M>, x: T): T {
  const parts = erfOrErfc(f, f.abs(x));
  return withSign(f, f.select(parts.inner, parts.erf, f.sub(f.constant(1), parts.erfc)), x);
}

/** Φ(x) = ½ erfc(−x/√2), from erfc in the tails, so that small values keep their digits. */
export function normal<T, M>(f: Ops<T, M>, x: T): { distribution: T; gaussian: T } {
  const half = f.constant(0.5);
  const one = f.constant(1);
  const parts = erfOrErfc(f, f.mul(f.abs(x), f.constant(Math.SQRT1_2)));
  const above = f.select(parts.inner, f.sub(one, parts.erf), parts.erfc);
  const tail = f.mul(half, above);
  return { distribution: f.select(f.lt(x, f.constant(0)), tail, f.sub(one, tail)), gaussian: parts.gaussian };
}
