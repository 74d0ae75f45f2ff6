/** The functions on numbers, which are compiled, have the bits of their formulas on JavaScript's operations. */
import { expect, test } from 'vitest';
import { createRandom, type Functions, numbers } from '../../../src/engine/index.ts';
import { functions } from '../../../src/engine/numeric/elementary.ts';
import { scalar } from '../../../src/engine/numeric/ops.ts';

const random = createRandom(3);
const view = new DataView(new ArrayBuffer(8));

/** Any bits: subnormal numbers, infinities and NaN too. */
function anyBits(): number {
  view.setUint32(0, random.integer(2 ** 32));
  view.setUint32(4, random.integer(2 ** 32));
  return view.getFloat64(0);
}

const points = [
  ...[0, -0, 1, -1, Infinity, -Infinity, NaN, 5e-324, -5e-324, 2 ** -1022, Number.MAX_VALUE, -Number.MAX_VALUE],
  ...Array.from({ length: 3000 }, anyBits),
  ...Array.from({ length: 3000 }, () => random.uniform(-40, 40)),
];

const interpreted = functions(scalar);
type Name = Exclude<{ [K in keyof Functions<number, boolean>]: K }[keyof Functions<number, boolean>], 'normal'>;

test.each<Name>(['exp', 'expNegative', 'expm1', 'log', 'logNormal', 'log1p', 'tanh', 'erf', 'erfcx'])('%s', (name) => {
  const [compiled, formula] = [numbers[name], interpreted[name]] as ((x: number) => number)[];
  expect(points.map(compiled!)).toEqual(points.map(formula!));
});

test('normal', () => {
  expect(points.map(numbers.normal)).toEqual(points.map(interpreted.normal));
});
