/** Targets from two tanh teacher units on the grid {−2, −1.5, …, 2}²: their sum (one output) or each of them (two). */
import { type Matrix, matrix, tanh } from 'astro-measured/engine';
import { linspace } from 'astro-measured/lab';

export type Teachers = readonly [readonly [number, number], readonly [number, number]];

/** The 81 points of the grid and the teachers' targets for `outputs` = 1 or 2. */
export function teacherData(teachers: Teachers, outputs: number): { X: Matrix; Y: Matrix } {
  const side = linspace(-2, 2, 9);
  const points = side.flatMap((x) => side.map((y) => [x, y] as const));
  const answers = points.map(([x, y]) => teachers.map(([p, q]) => tanh.g(p * x + q * y)));
  const targets = answers.map(([first, second]) => (outputs === 1 ? [first! + second!] : [first!, second!]));
  return { X: matrix(points.length, 2, points), Y: matrix(points.length, outputs, targets) };
}
