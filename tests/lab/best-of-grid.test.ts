/** `bestOf` finds the best value of a grid, and refuses one at its edge. */
import { expect, test } from 'vitest';
import { bestOf } from '../../src/lab/authoring/best-of-grid.ts';

const grid = (losses: readonly number[]) => losses.map((J, i) => ({ rate: 10 ** i, J, name: 'x' }));

test('the best of a grid is where its summary is least', () => {
  expect(bestOf(grid([3, 1, 2]), 'rate', (r) => r.J)).toEqual({ at: 10, value: 1 });
  expect(bestOf(grid([1, 3, 2]), 'rate', (r) => r.J, { greatest: true })).toEqual({ at: 10, value: 3 });
});

test('records of one value are summarised by their median', () => {
  const records = [...grid([3, 1, 2]), ...grid([3, 9, 2]), ...grid([3, 9, 2])];
  expect(bestOf(records, 'rate', (r) => r.J, { edge: true })).toEqual({ at: 100, value: 2 });
});

test('a best at either edge of the grid is an error, unless `edge` allows it', () => {
  for (const losses of [
    [1, 2, 3],
    [3, 2, 1],
  ]) {
    expect(() => bestOf(grid(losses), 'rate', (r) => r.J)).toThrow(
      /rate is (1|100), at the edge of its grid \(1 … 100\)/,
    );
    expect(bestOf(grid(losses), 'rate', (r) => r.J, { edge: true }).value).toBe(1);
  }
});

test('a parameter whose values are not numbers is refused', () => {
  expect(() => bestOf(grid([1]), 'name', (r) => r.J)).toThrow(/name needs numbers: x/);
});

test('an option that there is not is refused', () => {
  const options = { greates: true } as object;
  expect(() => bestOf(grid([1, 3, 2]), 'rate', (r) => r.J, options)).toThrow(
    'bestOf has no option greates; it has summary, greatest, edge',
  );
});
