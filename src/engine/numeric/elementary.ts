/**
 * The engine's own exp, log, tanh, erf and their variants, as branch-free formulas over `Ops`: results depend neither on the
 * backend nor on the JavaScript engine. Tests bound their errors against exact arithmetic.
 */
import { erf, erfcx, normal } from './error-function.ts';
import { exp, expm1, expNegative, tanh } from './exponential.ts';
import { log, log1p, logNormal } from './logarithm.ts';
import type { Ops } from './ops.ts';

/** What activations, outputs and optimisers are written in: the operations, and the functions built from them. */
export interface Functions<T, M> extends Ops<T, M> {
  /** e^x, within 1 ulp. */
  exp(x: T): T;
  /** e^x for x ≤ 0, within 1 ulp; cheaper than `exp`. */
  expNegative(x: T): T;
  /** e^x − 1 for x ≤ 0, without the loss of digits near 0; −1 below −40. */
  expm1(x: T): T;
  /** ln x, within 1 ulp. */
  log(x: T): T;
  /** ln x for normal, finite x > 0: `log` without its special cases. */
  logNormal(x: T): T;
  /** ln(1 + x) for 0 ≤ x ≤ 1. */
  log1p(x: T): T;
  /** tanh x, within 2 ulp. */
  tanh(x: T): T;
  /** erf x, within 2 ulp. */
  erf(x: T): T;
  /** e^(x²) erfc x for x ≥ 0, accurate also where erfc x underflows. */
  erfcx(x: T): T;
  /** The distribution function Φ(x) of the standard normal, and e^(−x²/2), which is computed on the way. */
  normal(x: T): {
    /** Φ(x). */
    readonly distribution: T;
    /** e^(−x²/2). */
    readonly gaussian: T;
  };
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
