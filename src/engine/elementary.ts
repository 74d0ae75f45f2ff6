/**
 * The engine's own exp, log, tanh and erf: each one branch-free formula over `Ops`, so that results change neither with
 * the door nor with the JavaScript engine. Polynomials are minimax fits (Remez, 60 digits); errors are bounded in tests.
 */
import type { Ops } from './ops.ts';
import { scalar } from './ops.ts';

/** What activations, outputs and optimisers are written in: the operations, and the functions built from them. */
export interface Functions<T, M> extends Ops<T, M> {
  /** e^x, within 1 ulp. */
  exp(x: T): T;
  /** e^x for x ≤ 0, within 1 ulp: one multiplication in place of the choice that `exp` makes. */
  expNegative(x: T): T;
  /** e^x − 1 for x ≤ 0, without the loss of digits near 0; −1 below −40. */
  expm1(x: T): T;
  /** ln x, within 1 ulp. */
  log(x: T): T;
  /** ln x for normal, finite x > 0: `log` without the care for other arguments. */
  logNormal(x: T): T;
  /** ln(1 + x) for 0 ≤ x ≤ 1. */
  log1p(x: T): T;
  /** tanh x, within 2 ulp. */
  tanh(x: T): T;
  /** erf x, within 2 ulp. */
  erf(x: T): T;
  /** e^(x²) erfc x for x ≥ 0, where erfc x itself would vanish. */
  erfcx(x: T): T;
  /** The distribution function Φ(x) of the standard normal and e^(−x²/2), which it is made from. */
  normal(x: T): { readonly distribution: T; readonly gaussian: T };
}

/** c₀ + c₁x + c₂x² + …, by Horner's rule. */
function polynomial<T, M>(f: Ops<T, M>, x: T, coefficients: readonly number[]): T {
  let sum = f.constant(coefficients.at(-1) as number);
  for (let k = coefficients.length - 2; k >= 0; k--) sum = f.add(f.mul(sum, x), f.constant(coefficients[k] as number));
  return sum;
}

const LN2_HIGH = 0.6931471803691238; // 32 bits, so that n·LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;
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

/** 2^n spans more than the exponents of normal doubles, so it is applied as 2^(n ∓ 64) and 2^(±64): one rounding. */
function exp<T, M>(f: Ops<T, M>, argument: T): T {
  const x = f.max(f.min(argument, f.constant(710)), f.constant(-746));
  const negative = f.lt(x, f.constant(0));
  const { power, r, rest } = reduce(f, x, f.select(negative, f.constant(ROUND + 64), f.constant(ROUND - 64)));
  const one = f.constant(1);
  const scaled = f.mul(f.add(one, f.add(r, rest)), power);
  return f.mul(scaled, f.select(negative, f.constant(1 / TWO_64), f.constant(TWO_64)));
}

function expNegative<T, M>(f: Ops<T, M>, argument: T): T {
  const { power, r, rest } = reduce(f, f.max(argument, f.constant(-746)), f.constant(ROUND + 64));
  return f.mul(f.mul(f.add(f.constant(1), f.add(r, rest)), power), f.constant(1 / TWO_64));
}

/** 2^n (1 + r + rest) − 1 = (2^n − 1) + 2^n r + 2^n rest, the first sum with its rounding error (Dekker 1971). */
function expm1<T, M>(f: Ops<T, M>, argument: T): T {
  const { power, r, rest } = reduce(f, f.max(argument, f.constant(-40)), f.constant(ROUND));
  const whole = f.sub(power, f.constant(1));
  const part = f.mul(power, r);
  const sum = f.add(whole, part);
  const error = f.sub(part, f.sub(sum, whole));
  return f.add(sum, f.add(error, f.mul(power, rest)));
}

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

function logNormal<T, M>(f: Ops<T, M>, x: T): T {
  return logFrom(f, x, f.constant(EXPONENT_BIAS));
}

function log<T, M>(f: Ops<T, M>, x: T): T {
  const zero = f.constant(0);
  const infinity = f.constant(Infinity);
  const subnormal = f.lt(x, f.constant(MIN_NORMAL));
  const normal = f.select(subnormal, f.mul(x, f.constant(TWO_52)), x);
  const finite = logFrom(f, normal, f.select(subnormal, f.constant(EXPONENT_BIAS + 52), f.constant(EXPONENT_BIAS)));
  const atMostZero = f.select(f.eq(x, zero), f.constant(-Infinity), f.constant(NaN));
  return f.select(f.lt(zero, x), f.select(f.eq(x, infinity), infinity, finite), atMostZero);
}

/** With u = 1 + x rounded, ln(1 + x) = ln u + (x − (u − 1))/u. */
function log1p<T, M>(f: Ops<T, M>, x: T): T {
  const one = f.constant(1);
  const u = f.add(one, x);
  return f.add(logNormal(f, u), f.div(f.sub(x, f.sub(u, one)), u));
}

function withSign<T, M>(f: Ops<T, M>, magnitude: T, x: T): T {
  return f.or(magnitude, f.and(x, f.constant(-0)));
}

// (tanh(r)/r − 1)/r² in r², for |r| ≤ ⅜ ln 2; error 2^−56.9 of tanh r
const TANH = [
  -0.33333333333332427, 0.1333333333299071, -0.053968253528817144, 0.02186946178769325, -0.008862363006525214,
  0.0035764207962384297, -0.0013077144588830658,
];

/**
 * |x| = ½n ln 2 + r, with tanh(½n ln 2) = (s − 1)/(s + 1), s = 2^n. By the addition theorem, with t = tanh r and
 * D = s + 1 + (s − 1)t, tanh |x| = (s − 1 + (s + 1)t)/D = 1 − (2 − 2t)/D. For n = 0 it is t itself; the second form loses
 * fewer digits from n = 2 on. To the same end n is rounded down from as far as n + ¾. Beyond |x| = 20 it rounds to 1.
 */
function tanh<T, M>(f: Ops<T, M>, x: T): T {
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
  const numerator = f.select(far, f.sub(f.constant(2), f.add(t, t)), f.add(below, f.mul(above, t)));
  const quotient = f.div(numerator, f.add(above, f.mul(below, t)));
  return withSign(f, f.select(far, f.sub(one, quotient), quotient), x);
}

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
function erfcx<T, M>(f: Ops<T, M>, x: T): T {
  const one = f.constant(1);
  const small = f.min(x, one);
  const square = f.mul(small, small);
  const erf = f.add(small, f.mul(small, polynomial(f, square, ERF)));
  return f.select(f.lt(x, one), f.div(f.sub(one, erf), expNegative(f, f.neg(square))), scaledErfc(f, x));
}

/** For x ≥ 0, erf x below 1 and erfc x from 1 on: each where it is the accurate one of the two. */
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

function erf<T, M>(f: Ops<T, M>, x: T): T {
  const parts = erfOrErfc(f, f.abs(x));
  return withSign(f, f.select(parts.inner, parts.erf, f.sub(f.constant(1), parts.erfc)), x);
}

/** Φ(x) = ½ erfc(−x/√2), from erfc itself in the tails, so that it keeps its digits where it is small. */
function normal<T, M>(f: Ops<T, M>, x: T): { distribution: T; gaussian: T } {
  const half = f.constant(0.5);
  const one = f.constant(1);
  const parts = erfOrErfc(f, f.mul(f.abs(x), f.constant(Math.SQRT1_2)));
  const above = f.select(parts.inner, f.sub(one, parts.erf), parts.erfc);
  const tail = f.mul(half, above);
  return { distribution: f.select(f.lt(x, f.constant(0)), tail, f.sub(one, tail)), gaussian: parts.gaussian };
}

/** The functions for any instance of `Ops`. */
export function functions<T, M>(ops: Ops<T, M>): Functions<T, M> {
  return {
    ...ops,
    exp: (x) => exp(ops, x),
    expNegative: (x) => expNegative(ops, x),
    expm1: (x) => expm1(ops, x),
    log: (x) => log(ops, x),
    logNormal: (x) => logNormal(ops, x),
    log1p: (x) => log1p(ops, x),
    tanh: (x) => tanh(ops, x),
    erf: (x) => erf(ops, x),
    erfcx: (x) => erfcx(ops, x),
    normal: (x) => normal(ops, x),
  };
}

/** The functions on numbers. */
export const numbers: Functions<number, boolean> = functions(scalar);
