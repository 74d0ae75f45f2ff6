/** Gradient check: compares backpropagation with central differences, (J(θ + h) − J(θ − h))/2h, for every parameter. */

import { backward } from './backward.ts';
import { checkOptions } from './check-options.ts';
import { cost } from './cost.ts';
import { copyParameters, layersOf, type Network, type Parameters } from './network.ts';
import type { Matrix } from './numeric/matrix.ts';

/** The entry of Theta, b, gamma or beta where backpropagation and the central difference are furthest apart. */
export interface GradientCheck {
  /** The largest of |backward − difference| / max(1, |backward|, |difference|). */
  readonly error: number;
  /** The entry with that error, such as `Theta[1][2][0]` or `b[2][1]`. */
  readonly at: string;
  /** ∂J/∂θ of that entry by backpropagation. */
  readonly backward: number;
  /** (J(θ + h) − J(θ − h))/2h, where θ is that entry. */
  readonly difference: number;
}

/**
 * The entry where `backward` and the central difference of step h are furthest apart. With h = 1e-5, a smooth activation
 * gives about 1e-10; a kink within h of some z gives more. Throws as `backward` does.
 */
export function checkGradients(
  net: Network,
  parameters: Parameters,
  X: Matrix,
  Y: Matrix,
  options: { step?: number; l2?: number } = {},
): GradientCheck {
  checkOptions('checkGradients', options, { step: false, l2: false });
  const { step = 1e-5, l2 = 0 } = options;
  const { gradient } = backward(net, parameters, X, Y, { l2 });
  const moved = copyParameters(parameters);
  let worst: GradientCheck = { error: 0, at: 'nowhere', backward: 0, difference: 0 };
  const check = (name: (i: number) => string, entries: Float64Array, expected: Float64Array) =>
    expected.forEach((value, i) => {
      const theta = entries[i]!;
      entries[i] = theta + step;
      const above = cost(net, moved, X, Y, { l2 });
      entries[i] = theta - step;
      const below = cost(net, moved, X, Y, { l2 });
      entries[i] = theta;
      const difference = (above - below) / (2 * step);
      const error = Math.abs(value - difference) / Math.max(1, Math.abs(value), Math.abs(difference));
      // NaN counts as the largest error.
      if (!Number.isNaN(worst.error) && !(error <= worst.error))
        worst = { error, at: name(i), backward: value, difference };
    });
  for (const l of layersOf(net)) {
    const { cols, data } = moved.Theta[l]!;
    check((i) => `Theta[${l}][${Math.floor(i / cols)}][${i % cols}]`, data, gradient.Theta[l]!.data);
    if (net.bias) check((i) => `b[${l}][${i}]`, moved.b[l]!, gradient.b[l]!);
  }
  for (const name of ['gamma', 'beta'] as const)
    gradient[name]?.forEach((values, l) => {
      check((i) => `${name}[${l}][${i}]`, moved[name]![l]!, values);
    });
  return worst;
}
