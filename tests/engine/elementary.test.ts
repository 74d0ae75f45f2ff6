/** exp, log, tanh and erf are within 1 or 2 ulp of exact values, over the whole range of doubles. */
import { describe, expect, test } from 'vitest';
import { createRandom, numbers } from '../../src/engine/index.ts';
import { arccos } from '../../src/engine/numeric/arc-cosine.ts';
import { erf, exp, log, tanh, ulps } from './exact.ts';

const exact = { exp, log, tanh, erf };

const random = createRandom(20);
const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);

/** Any finite double; all exponents and both signs are equally likely. */
const anyDouble = (): number => {
  const view = new DataView(new ArrayBuffer(8));
  for (;;) {
    view.setUint32(0, random.integer(2 ** 32));
    view.setUint32(4, random.integer(2 ** 32));
    const x = view.getFloat64(0);
    if (Number.isFinite(x)) return x;
  }
};

const subnormal = () => random.integer(2 ** 32) * 2 ** (random.integer(21) - 1074);
const aroundOne = () => 1 + random.uniform(-1, 1) * 2 ** -random.integer(52);
const edges = (...points: number[]) =>
  points.flatMap((x) => [x, x * (1 - 2 ** -52), x * (1 + 2 ** -52), -x, -x * (1 - 2 ** -52), -x * (1 + 2 ** -52)]);
const tiny = [5e-324, 2 ** -1022, 2 ** -1022 - 2 ** -1074, 1e-300, 2 ** -54, 2 ** -53, 2 ** -27];
const half = Math.LN2 / 2;

const points = {
  exp: [
    ...draw(1000, () => random.uniform(-745.2, 709.8)),
    ...draw(1000, () => random.uniform(-1, 1)),
    ...draw(300, () => random.uniform(-745.2, -707)),
    ...draw(300, anyDouble).filter((x) => Math.abs(x) < 750),
    ...edges(half, 3 * half, 5 * half, 1, 708.4, 709.782712893384, 745.1332191019411, ...tiny),
  ],
  log: [
    ...draw(1000, () => Math.abs(anyDouble())),
    ...draw(600, () => random.uniform(0.5, 2)),
    ...draw(600, aroundOne),
    ...draw(400, () => random.uniform(1.38, 1.46)),
    ...draw(300, subnormal),
    ...edges(Math.SQRT2, Math.SQRT1_2, 1, 2, Number.MAX_VALUE / 2, ...tiny),
  ].filter((x) => x > 0),
  tanh: [
    ...draw(1000, () => random.uniform(-22, 22)),
    ...draw(1500, () => random.uniform(-1, 1)),
    ...draw(300, anyDouble),
    ...draw(100, subnormal),
    ...edges(0.75 * half, 1.75 * half, 2.75 * half, 3.75 * half, 19.06154746539849, 20, Number.MAX_VALUE / 2, ...tiny),
  ],
  erf: [
    ...draw(700, () => random.uniform(-6.2, 6.2)),
    ...draw(700, () => random.uniform(-1, 1)),
    ...draw(300, () => random.uniform(0.9, 1.1)),
    ...draw(300, anyDouble),
    ...draw(100, subnormal),
    ...edges(1, 5.9, 6, 28, Number.MAX_VALUE / 2, ...tiny),
  ],
};

/** x clipped to ±limit: beyond it the exact series would be slow, and the result is constant to 400 bits. */
const bounded = (x: number, limit: number) => Math.max(-limit, Math.min(limit, x));

function worst(name: keyof typeof points, limit: number): { x: number; ulps: number } {
  let largest = { x: Number.NaN, ulps: 0 };
  for (const x of points[name]) {
    const error = ulps(numbers[name](x), exact[name](bounded(x, limit)));
    if (!(error <= largest.ulps)) largest = { x, ulps: error };
  }
  return largest;
}

describe('errors against more than 200 bits', () => {
  test('exp is within 1 ulp', () => {
    expect(worst('exp', 750)).toSatisfy(({ ulps }) => ulps <= 1);
  });
  test('log is within 1 ulp', () => {
    expect(worst('log', Infinity)).toSatisfy(({ ulps }) => ulps <= 1);
  });
  test('tanh is within 2 ulp', () => {
    expect(worst('tanh', 150)).toSatisfy(({ ulps }) => ulps <= 2);
  });
  test('erf is within 2 ulp', () => {
    expect(worst('erf', 9)).toSatisfy(({ ulps }) => ulps <= 2);
  });
});

describe('exact values', () => {
  const values = {
    exp: [
      [0, 1],
      [-0, 1],
      [Infinity, Infinity],
      [-Infinity, 0],
      [1000, Infinity],
      [-1000, 0],
      [NaN, NaN],
    ],
    expNegative: [
      [0, 1],
      [-0, 1],
      [-Infinity, 0],
      [-745.1, 5e-324],
      [NaN, NaN],
    ],
    expm1: [
      [0, 0],
      [-Infinity, -1],
      [-800, -1],
      [-1e-300, -1e-300],
      [NaN, NaN],
    ],
    log: [
      [1, 0],
      [0, -Infinity],
      [-0, -Infinity],
      [Infinity, Infinity],
      [-1, NaN],
      [-Infinity, NaN],
      [NaN, NaN],
    ],
    log1p: [
      [0, 0],
      [1, Math.LN2],
      [1e-300, 1e-300],
      [NaN, NaN],
    ],
    tanh: [
      [0, 0],
      [-0, -0],
      [Infinity, 1],
      [-Infinity, -1],
      [1e300, 1],
      [-19.1, -1],
      [5e-324, 5e-324],
      [NaN, NaN],
    ],
    erf: [
      [0, 0],
      [-0, -0],
      [Infinity, 1],
      [-Infinity, -1],
      [1e300, 1],
      [6, 1],
      [NaN, NaN],
    ],
    erfcx: [
      [0, 1],
      [NaN, NaN],
    ],
  } as const;

  test.each(Object.keys(values) as (keyof typeof values)[])('%s', (name) => {
    for (const [x, expected] of values[name]) expect(numbers[name](x), `${name}(${x})`).toBe(expected);
  });

  test('odd functions are odd to the last bit', () => {
    for (const x of points.tanh) expect(numbers.tanh(-x)).toBe(-numbers.tanh(x));
    for (const x of points.erf) expect(numbers.erf(-x)).toBe(-numbers.erf(x));
  });

  test('e^(x²) erfc x, and Φ, keep their digits in the tail', () => {
    // mpmath, 30 digits
    expect(numbers.erfcx(0.5)).toBeCloseTo(0.6156903441929259, 15);
    expect(numbers.erfcx(3)).toBeCloseTo(0.17900115118138996, 15);
    expect(numbers.normal(-10).distribution * 1e24).toBeCloseTo(7.619853024160526, 12);
    expect(numbers.normal(-1).distribution).toBeCloseTo(0.15865525393145705, 15);
    expect(numbers.normal(2).distribution).toBeCloseTo(0.9772498680518208, 15);
  });
});

test('arccos undoes the cosine over [0, π]', () => {
  const angles = draw(1000, () => random.uniform(0, Math.PI));
  // the error of an angle that the rounding of its cosine causes
  for (const angle of angles) {
    const rounding = 2 ** -52 * (1 + 1 / Math.sin(angle));
    expect(Math.abs(arccos(Math.cos(angle)) - angle)).toBeLessThan(4 * rounding);
  }
  expect([-1, 0, 1].map(arccos)).toEqual([Math.PI, Math.PI / 2, 0]);
  for (const c of [1.1, -1.1, Number.NaN]) expect(() => arccos(c)).toThrow(`arccos of ${c}`);
});
