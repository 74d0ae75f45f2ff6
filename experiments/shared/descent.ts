/** One step of plain gradient descent, for experiments that alter the gradient or the rates. */
import type { Parameters } from 'astro-measured/engine';

/** A rate for the weights and the biases of each layer: `rate('Theta', l)`, `rate('b', l)`. */
export type Rates = (kind: 'Theta' | 'b', l: number) => number;

/** θ − η ∇J, with a rate η for each matrix and each vector. */
export function descend({ Theta, b }: Parameters, gradient: Parameters, rate: Rates): Parameters {
  const step = (values: Float64Array, slopes: Float64Array, eta: number): Float64Array =>
    values.map((value, i) => value - eta * slopes[i]!);
  return {
    Theta: Theta.map((m, l) => ({ ...m, data: step(m.data, gradient.Theta[l]!.data, rate('Theta', l)) })),
    b: b.map((v, l) => step(v, gradient.b[l]!, rate('b', l))),
  };
}
