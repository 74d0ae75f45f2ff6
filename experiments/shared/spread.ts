/** How far apart the units of a layer are: the numbers by which these experiments say "identical". */
import type { Matrix, Parameters } from '../../src/engine/index.ts';

const range = (values: readonly number[] | Float64Array): number => Math.max(...values) - Math.min(...values);

const row = ({ cols, data }: Matrix, i: number): Float64Array => data.subarray(i * cols, (i + 1) * cols);

const column = ({ rows, cols, data }: Matrix, j: number): number[] =>
  Array.from({ length: rows }, (_, i) => data[i * cols + j]!);

/** The largest difference between two rows of a matrix in any column: 0 exactly if all rows are equal. */
export const rowSpread = (matrix: Matrix): number =>
  Math.max(...Array.from({ length: matrix.cols }, (_, j) => range(column(matrix, j))));

/** The largest difference between two columns of a matrix in any row: 0 exactly if all columns are equal. */
export const columnSpread = (matrix: Matrix): number =>
  Math.max(...Array.from({ length: matrix.rows }, (_, i) => range(row(matrix, i))));

/**
 * The largest difference between two units of the same hidden layer, in any weight into them, their bias, or any
 * weight out of them. Layer l has the rows of Θ^(l−1), the entries of b^(l−1) and the columns of Θ^(l).
 */
export function unitSpread({ Theta, b }: Parameters): number {
  let largest = 0;
  for (let l = 2; l < Theta.length; l++) {
    largest = Math.max(largest, rowSpread(Theta[l - 1]!), range(b[l - 1]!), columnSpread(Theta[l]!));
  }
  return largest;
}
