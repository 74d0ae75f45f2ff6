/** Gradient clipping by norm: scales a gradient longer than a limit down to that length. */
import type { Parameters } from './network.ts';
import type { Matrix } from './numeric/matrix.ts';

/** Σ x² over rows in two lanes, even and odd columns: the order in which a vector of two doubles sums. */
function squares({ rows, cols, data }: Pick<Matrix, 'rows' | 'cols' | 'data'>): number {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      const x = data[i * cols + j]!;
      if (j % 2 === 0) even += x * x;
      else odd += x * x;
    }
  return even + odd;
}

/** The Euclidean norm of all parameters together: Theta[1], b[1], Theta[2], b[2], …, then gamma[2], beta[2], …. */
export function norm({ Theta, b, gamma = [], beta = [] }: Parameters): number {
  let sum = 0;
  const add = (vector: Float64Array) => {
    sum += squares({ rows: 1, cols: vector.length, data: vector });
  };
  for (let l = 1; l < Theta.length; l++) {
    sum += squares(Theta[l]!);
    add(b[l]!);
  }
  gamma.forEach((scales, l) => {
    add(scales);
    add(beta[l]!);
  });
  return Math.sqrt(sum);
}

/** The factor on the gradient: limit/‖gradient‖ if it is longer than the limit, else 1. */
export function clipFactor(gradient: Parameters, limit: number): number {
  const length = norm(gradient);
  return length > limit ? limit / length : 1;
}
