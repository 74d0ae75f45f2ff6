/** Two classes of equal size, split by a random hyperplane, so that a constant output is no better than chance. */
import { type Matrix, matrix, type Random } from 'astro-measured/engine';

/** `m` examples of standard normal inputs; the target is 1 for the half with the larger projection on a random direction. */
export function halves({ m, inputs }: { m: number; inputs: number }, random: Random): { X: Matrix; Y: Matrix } {
  const normals = (count: number, source: Random) => Array.from({ length: count }, () => source.normal());
  const X = matrix(m, inputs, normals(m * inputs, random.split('inputs')));
  const direction = normals(inputs, random.split('direction'));
  const heights = Array.from({ length: m }, (_, e) =>
    direction.reduce((sum, d, j) => sum + d * X.data[e * inputs + j]!, 0),
  );
  const middle = [...heights].sort((a, b) => a - b)[Math.floor(m / 2)]!;
  return {
    X,
    Y: matrix(
      m,
      1,
      heights.map((height) => (height >= middle ? 1 : 0)),
    ),
  };
}
