/** Polynomial evaluation by Horner's rule. */
import type { Ops } from './ops.ts';

/** c₀ + c₁x + c₂x² + …. */
export function polynomial<T, M>(f: Ops<T, M>, x: T, coefficients: readonly number[]): T {
  let sum = f.constant(coefficients.at(-1) as number);
  for (let k = coefficients.length - 2; k >= 0; k--) sum = f.add(f.mul(sum, x), f.constant(coefficients[k] as number));
  return sum;
}
