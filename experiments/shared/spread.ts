/** The spread of a layer's units: the largest difference between two of them, 0 if all are identical. */
import type { Matrix, Parameters } from 'astro-measured/engine';

/** The largest difference among every `stride`-th of `count` numbers from `start` on. */
function range(data: Float64Array, start: number, stride: number, count: number): number {
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < count; k++) {
    const value = data[start + k * stride]!;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

/** The largest difference between two rows of a matrix in any column: 0 exactly if all rows are equal. */
export function rowSpread({ rows, cols, data }: Matrix): number {
  let largest = 0;
  for (let j = 0; j < cols; j++) largest = Math.max(largest, range(data, j, cols, rows));
  return largest;
}

/** The largest difference between two columns of a matrix in any row: 0 exactly if all columns are equal. */
export function columnSpread({ rows, cols, data }: Matrix): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) largest = Math.max(largest, range(data, i * cols, 1, cols));
  return largest;
}

/**
 * The largest difference between two units of the same hidden layer, in any weight into them, their bias, or any
 * weight out of them. Layer l has the rows of Θ^(l−1), the entries of b^(l−1) and the columns of Θ^(l).
 */
export function unitSpread({ Theta, b }: Parameters): number {
  let largest = 0;
  for (let l = 2; l < Theta.length; l++) {
    const biases = b[l - 1]!;
    largest = Math.max(largest, rowSpread(Theta[l - 1]!), range(biases, 0, 1, biases.length), columnSpread(Theta[l]!));
  }
  return largest;
}
