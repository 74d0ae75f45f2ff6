/** A small classification task with labels from a random linear teacher, so that they can be learnt. */
import { type Matrix, matrix, type Random } from 'astro-measured/engine';

/**
 * `m` examples of `inputs` standard normal numbers. With one output the label is the sign of a random projection (0 or
 * 1), with more it is one-hot at the largest of `outputs` random projections.
 */
export function linearClasses(
  { m, inputs, outputs }: { m: number; inputs: number; outputs: number },
  random: Random,
): { X: Matrix; Y: Matrix } {
  const normals = (rows: number, cols: number, source: Random): number[][] =>
    Array.from({ length: rows }, () => Array.from({ length: cols }, () => source.normal()));
  const X = normals(m, inputs, random.split('inputs'));
  const teacher = normals(outputs, inputs, random.split('teacher'));
  const Y = X.map((x) => {
    const scores = teacher.map((w) => w.reduce((sum, weight, j) => sum + weight * x[j]!, 0));
    if (outputs === 1) return [scores[0]! > 0 ? 1 : 0];
    const winner = scores.indexOf(Math.max(...scores));
    return scores.map((_, k) => (k === winner ? 1 : 0));
  });
  return { X: matrix(m, inputs, X), Y: matrix(m, outputs, Y) };
}
