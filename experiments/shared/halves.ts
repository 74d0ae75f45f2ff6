/** Two classes of equal size, split by a random hyperplane: the output cannot gain by its bias alone. */
import { type Matrix, matrix, type Random } from '../../src/engine/index.ts';

/** `m` standard normal inputs; the target is 1 for the half of them that lies higher along a random direction. */
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
