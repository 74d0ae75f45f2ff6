/** Two moons with each input scaled to mean 0 and variance 1, as the 1/√n rule asks. */
import { type Matrix, matrix, type Random } from 'astro-measured/engine';
import { moons } from 'astro-measured/lab';

/** `m` points of two noisy half circles, inputs normalised over the points; the target is which half circle. */
export function normalisedMoons(m: number, random: Random): { X: Matrix; Y: Matrix } {
  const { X, Y } = moons(m, 0.1, () => random.uniform());
  const columns = [0, 1].map((j) => {
    const values = X.map((row) => row[j]!);
    const mean = values.reduce((sum, v) => sum + v, 0) / m;
    const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / m);
    return values.map((v) => (v - mean) / sd);
  });
  return {
    X: matrix(
      m,
      2,
      X.map((_, i) => columns.map((column) => column[i]!)),
    ),
    Y: matrix(m, 1, Y),
  };
}
