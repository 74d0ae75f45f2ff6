/**
 * The engine's functions in single precision: the formulas of `numeric/` with the constants and shorter polynomials that 24
 * bits need. Built for speed: errors are up to 8 units of the last place, and results below the smallest normal number are
 * not resolved.
 */
import type { Functions } from '../../numeric/elementary.ts';
import { type Ops, withSign } from '../../numeric/ops.ts';
import { polynomial } from '../../numeric/polynomial.ts';

const LN2_HIGH = 0.693359375; // 9 bits, so that n·LN2_HIGH is exact
const LN2_LOW = -2.12194440054691e-4;
// Adding 1.5·2^23 rounds to an integer, which then stands in the low bits; the further 127 is the exponent's bias.
const ROUND = 12582912 + 127;
const LOWEST_EXPONENT = -87.3; // the lowest x for which e^x is a normal number
// (e^r − 1 − r)/r² on |r| ≤ ½ ln 2; error 2^−28 of e^r
const EXP = [0.49999994, 0.166665196, 0.0416683927, 0.00836878084, 0.00138144649];

/** e^x = power (1 + part), for x from −87.3 to 87.3. */
function exponential<T, M>(f: Ops<T, M>, x: T): { power: T; part: T } {
  const round = f.constant(ROUND);
  const shifted = f.add(f.mul(x, f.constant(Math.LOG2E)), round);
  const n = f.sub(shifted, round);
  const r = f.sub(f.sub(x, f.mul(n, f.constant(LN2_HIGH))), f.mul(n, f.constant(LN2_LOW)));
  return { power: f.shiftUp(shifted), part: f.add(r, f.mul(f.mul(r, r), polynomial(f, r, EXP))) };
}

function expNegative<T, M>(f: Ops<T, M>, x: T): T {
  const { power, part } = exponential(f, f.max(x, f.constant(LOWEST_EXPONENT)));
  return f.mul(f.add(f.constant(1), part), power);
}

/** e^x = (e^(x/2))², because the powers of two span only half the range of x. */
function exp<T, M>(f: Ops<T, M>, x: T): T {
  const bounded = f.max(f.min(x, f.constant(120)), f.constant(-120));
  const { power, part } = exponential(f, f.mul(f.constant(0.5), bounded));
  const root = f.mul(f.add(f.constant(1), part), power);
  return f.mul(root, root);
}

function expm1<T, M>(f: Ops<T, M>, x: T): T {
  const { power, part } = exponential(f, f.max(x, f.constant(-20)));
  return f.add(f.sub(power, f.constant(1)), f.mul(power, part));
}

const MIN_NORMAL = 2 ** -126;
const SIGNIFICAND = MIN_NORMAL - 2 ** -149; // the 23 bits 007fffff
const TWO_23 = 2 ** 23;
const EXPONENT_BIAS = TWO_23 + 127;
// (2 artanh(s)/s − 2)/s² in s²: for |s| ≤ 3 − 2√2, error 2^−30; for |s| ≤ ⅓, error 2^−27
const LOG = [0.666667759, 0.399775416, 0.29871732];
const LOG1P = [0.666664124, 0.400216997, 0.279991388, 0.280244648];

/** 2 artanh s = ln((1 + s)/(1 − s)) */
function twiceArtanh<T, M>(f: Ops<T, M>, s: T, coefficients: readonly number[]): T {
  const square = f.mul(s, s);
  return f.add(f.add(s, s), f.mul(s, f.mul(square, polynomial(f, square, coefficients))));
}

/** x = 2^e (1 + m): ln x = e ln 2 + 2 artanh(m/(2 + m)). */
function logFrom<T, M>(f: Ops<T, M>, x: T, bias: T): T {
  const one = f.constant(1);
  const exponent = f.sub(f.or(f.shiftDown(x), f.constant(TWO_23)), bias);
  const significand = f.or(f.and(x, f.constant(SIGNIFICAND)), one);
  const large = f.lt(f.constant(Math.SQRT2), significand);
  const e = f.add(exponent, f.select(large, one, f.constant(0)));
  const m = f.sub(f.select(large, f.mul(significand, f.constant(0.5)), significand), one);
  const series = twiceArtanh(f, f.div(m, f.add(f.constant(2), m)), LOG);
  return f.add(f.mul(e, f.constant(LN2_HIGH)), f.add(f.mul(e, f.constant(LN2_LOW)), series));
}

function log<T, M>(f: Ops<T, M>, x: T): T {
  const zero = f.constant(0);
  const infinity = f.constant(Infinity);
  const subnormal = f.lt(x, f.constant(MIN_NORMAL));
  const normal = f.select(subnormal, f.mul(x, f.constant(TWO_23)), x);
  const finite = logFrom(f, normal, f.select(subnormal, f.constant(EXPONENT_BIAS + 23), f.constant(EXPONENT_BIAS)));
  const atMostZero = f.select(f.eq(x, zero), f.constant(-Infinity), f.constant(NaN));
  return f.select(f.lt(zero, x), f.select(f.eq(x, infinity), infinity, finite), atMostZero);
}

// tanh(x)/x as a quotient of polynomials in x², for |x| ≤ 9; error 2^−25
const TANH_ABOVE = [0.999999979, 0.133810233, 0.00349558541, 2.06090404e-5, 1.33546088e-8];
const TANH_BELOW = [1, 0.467143389, 0.0258769717, 3.2856305e-4, 7.7765356e-7];

function tanh<T, M>(f: Ops<T, M>, argument: T): T {
  const within = (x: T, limit: number): T => f.max(f.min(x, f.constant(limit)), f.constant(-limit));
  const x = within(argument, 9);
  const square = f.mul(x, x);
  const quotient = f.div(f.mul(x, polynomial(f, square, TANH_ABOVE)), polynomial(f, square, TANH_BELOW));
  return within(quotient, 1);
}

// erf(x)/x − 1 in x², for |x| ≤ 1; error 2^−29
const ERF = [0.128379166, -0.37612626, 0.112835854, -0.026853811, 0.00518832775, -8.01019254e-4, 7.85385782e-5];
// (x + 2.5) e^(x²) erfc x in t = (x − 2.5)/(x + 2.5), for 1 ≤ x ≤ 10.5; error 2^−25
const ERFC = [
  1.05403185, -0.804652274, 0.453913778, -0.171233341, 0.0283552855, 0.0082090199, -0.00465436792, 1.20830366e-4,
];

/** For x ≥ 0: erf x for x below 1, e^(x²) erfc x from there on, and e^(−x²). */
function errorFunctions<T, M>(f: Ops<T, M>, x: T): { inner: M; erf: T; erfcx: T; gaussian: T } {
  const centre = f.constant(2.5);
  const bounded = f.min(x, f.constant(9.3));
  const square = f.mul(bounded, bounded);
  const w = f.div(f.constant(1), f.add(bounded, centre));
  return {
    inner: f.lt(x, f.constant(1)),
    erf: f.add(bounded, f.mul(bounded, polynomial(f, square, ERF))),
    erfcx: f.mul(w, polynomial(f, f.mul(f.sub(bounded, centre), w), ERFC)),
    gaussian: expNegative(f, f.neg(square)),
  };
}

function erf<T, M>(f: Ops<T, M>, x: T): T {
  const parts = errorFunctions(f, f.abs(x));
  const outer = f.sub(f.constant(1), f.mul(parts.gaussian, parts.erfcx));
  return withSign(f, f.select(parts.inner, parts.erf, outer), x);
}

function erfcx<T, M>(f: Ops<T, M>, x: T): T {
  const parts = errorFunctions(f, x);
  return f.select(parts.inner, f.div(f.sub(f.constant(1), parts.erf), parts.gaussian), parts.erfcx);
}

function normal<T, M>(f: Ops<T, M>, x: T): { distribution: T; gaussian: T } {
  const one = f.constant(1);
  const parts = errorFunctions(f, f.mul(f.abs(x), f.constant(Math.SQRT1_2)));
  const above = f.select(parts.inner, f.sub(one, parts.erf), f.mul(parts.gaussian, parts.erfcx));
  const tail = f.mul(f.constant(0.5), above);
  return { distribution: f.select(f.lt(x, f.constant(0)), tail, f.sub(one, tail)), gaussian: parts.gaussian };
}

/** The functions for operations on singles, whose shifts are by 23 bits. */
export function float32Functions<T, M>(ops: Ops<T, M>): Functions<T, M> {
  return {
    ...ops,
    exp: (x) => exp(ops, x),
    expNegative: (x) => expNegative(ops, x),
    expm1: (x) => expm1(ops, x),
    log: (x) => log(ops, x),
    logNormal: (x) => logFrom(ops, x, ops.constant(EXPONENT_BIAS)),
    log1p: (x) => twiceArtanh(ops, ops.div(x, ops.add(ops.constant(2), x)), LOG1P),
    tanh: (x) => tanh(ops, x),
    erf: (x) => erf(ops, x),
    erfcx: (x) => erfcx(ops, x),
    normal: (x) => normal(ops, x),
  };
}
