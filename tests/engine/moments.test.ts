/** Gaussian moments and mean-field maps agree to 1e-10 with values from mpmath and quadrature in other programs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Activation,
  type Curve,
  chi,
  correlationFixedPoint,
  correlationMap,
  criticalPoint,
  depthScale,
  elu,
  fixedPoint,
  gelu,
  identity,
  leakyRelu,
  logistic,
  moments,
  numbers,
  qMap,
  qSlope,
  relu,
  selu,
  softplus,
  tanh,
} from '../../src/engine/index.ts';
import { reference } from './examples.ts';

const scalars = reference.scalars as unknown as Record<string, { value: number }>;
const value = (name: string): number => {
  const entry = scalars[name];
  if (entry === undefined) throw new Error(`no reference number ${name}`);
  return entry.value;
};
const near = (actual: number, expected: number, tolerance = 1e-10) =>
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance);

describe('moments for z ~ N(0, 1)', () => {
  test.each([
    ['linear', identity],
    ['tanh', tanh],
    ['sigmoid', logistic()],
    ['relu', relu],
  ] as const)('%s', (name, activation) => {
    const m = moments(activation, 1);
    const of = (what: string) => value(`moments_N01.${name}.${what}`);
    near(m.mean, of('mean'));
    near(m.second, of('second_moment'));
    near(m.variance, of('variance'));
    near(m.derivativeSecond, of('deriv_second_moment'));
    near(1 / Math.sqrt(m.second), of('gain_forward_second_moment'));
    near(1 / Math.sqrt(m.variance), of('gain_std'));
    near(1 / Math.sqrt(m.derivativeSecond), of('gain_backward'));
  });

  test.each([
    ['q1', 1],
    ['q1_3', 1 / 3],
  ] as const)('logistic and tanh at %s', (name, q) => {
    const sigmoid = moments(logistic(), q);
    near(sigmoid.derivative, value(`golden.${name}.E_sigmoid_prime`));
    near(sigmoid.derivativeSecond, value(`golden.${name}.E_sigmoid_prime_sq`));
    near(sigmoid.second, value(`golden.${name}.E_sigmoid_sq`));
    near(sigmoid.variance, value(`golden.${name}.Var_sigmoid`));
    near(moments(tanh, q).second, value(`golden.${name}.E_tanh_sq`));
    near(moments(tanh, q).derivativeSecond, value(`golden.${name}.E_tanh_prime_sq`));
  });

  test('the linear share of the variance, q (E g′)² / Var g', () => {
    for (const [name, q] of [
      ['q0.3333', 1 / 3],
      ['q1.0000', 1],
    ] as const) {
      const share = scalars[`saturation.linear_share_${name}`]!.value as unknown as Record<string, number>;
      const linear = (g: Activation) => (q * moments(g, q).derivative ** 2) / moments(g, q).variance;
      near(linear(logistic()), share.sigmoid!);
      near(linear(tanh), share.tanh!);
      near(moments(tanh, q).derivative, share.E_tanh_prime!);
    }
  });
});

test('the share of a Gaussian beyond a bound', () => {
  const beyond = (bound: number) => 2 * numbers.normal(-bound).distribution;
  const expected = value('golden.P_abs_z_gt_4_gaussian');
  near(beyond(4 * Math.sqrt(3)) / expected, 1, 1e-12);
  for (const r of ['0.01', '0.1']) {
    type Saturation = Record<'frac_sigmoid' | 'frac_tanh', Record<string, number>> & Record<'sigmoid' | 'tanh', number>;
    const at = scalars[`saturation.z_star_r${r}`]!.value as unknown as Saturation;
    near(logistic().derivative(at.sigmoid) / 0.25, Number(r), 1e-12);
    near(tanh.derivative(at.tanh), Number(r), 1e-12);
    for (const [sd, share] of Object.entries(at.frac_sigmoid)) near(beyond(at.sigmoid / Number(sd)), share, 1e-14);
    for (const [sd, share] of Object.entries(at.frac_tanh)) near(beyond(at.tanh / Number(sd)), share, 1e-14);
  }
});

test('SELU keeps mean 0 and variance 1, which is how its constants were chosen', () => {
  near(moments(selu, 1).mean, 0, 1e-15);
  near(moments(selu, 1).second, 1, 1e-15);
});

/** E f(z), z ~ N(0, q), by Simpson's rule on either side of 0: slow, but independent of the closed forms. */
function simpson(f: (z: number) => number, q: number): number {
  const sd = Math.sqrt(q);
  const n = 4000;
  const side = (sign: number) => {
    const h = 10 / n;
    let sum = 0;
    for (let i = 0; i <= n; i++) {
      const x = i === 0 ? 1e-12 : i * h;
      const weight = i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2;
      sum += weight * f(sign * sd * x) * numbers.exp(-0.5 * x * x);
    }
    return (sum * h) / 3;
  };
  return (side(1) + side(-1)) / Math.sqrt(2 * Math.PI);
}

describe.each([relu, leakyRelu(0.2), elu(), elu(1.7), selu, gelu, softplus, tanh, logistic(2)])(
  '$name',
  (activation) => {
    test.each([1e-3, 0.3, 1, 7])('moments at q = %f', (q) => {
      const m = moments(activation, q);
      near(m.mean, simpson(activation.g, q));
      near(
        m.second,
        simpson((z) => activation.g(z) ** 2, q),
      );
      near(m.derivative, simpson(activation.derivative, q));
      near(
        m.derivativeSecond,
        simpson((z) => activation.derivative(z) ** 2, q),
      );
    });
  },
);

test('moments of tanh are accurate for a wide Gaussian too', () => {
  near(
    moments(tanh, 400).second,
    simpson((z) => tanh.g(z) ** 2, 400),
    1e-8,
  );
});

test('moments need only g and g′, so any function will do', () => {
  const scaled: Curve = {
    g: (z) => 1.7159 * tanh.g((2 / 3) * z),
    derivative: (z) => (1.7159 * 2 * tanh.derivative((2 / 3) * z)) / 3,
  };
  near(moments(scaled, 1).second, 1.7159 ** 2 * moments(tanh, 4 / 9).second, 1e-13);
});

describe('the map of q over twenty layers', () => {
  test.each([
    ['rec_tanh_golden', tanh, 1 / 3, 1 / 3],
    ['rec_tanh_lecun', tanh, 1, 1],
    ['rec_tanh_5/3', tanh, 25 / 9, 25 / 9],
    ['rec_sigmoid_golden', logistic(), 1 / 3, 1 / 3],
  ] as const)('%s', (name, activation, weightVariance, first) => {
    const expected = scalars[`recursion.${name}`]!.value as unknown as number[];
    let q = first;
    for (const e of expected) {
      near(q, e);
      q = qMap(activation, { weightVariance, biasVariance: 0 }, q);
    }
  });
});

describe('tanh networks', () => {
  test.each([
    [1, 0],
    [1, 0.05],
    [4, 0.05],
    [4, 0],
  ] as const)('fixed points at σ_w² = %f, σ_b² = %f', (weightVariance, biasVariance) => {
    const of = (what: string) => value(`meanfield.tanh_sw2=${weightVariance}_sb2=${biasVariance}.${what}`);
    const at = fixedPoint(tanh, { weightVariance, biasVariance });
    near(at.q, of('q'));
    near(at.chi, of('chi1'));
    near(moments(tanh, at.q).second, of('Ea2'));
    if (at.q === 0) return;
    const slope = qSlope(tanh, weightVariance, at.q);
    near(slope, of('dq'));
    near(depthScale(slope), of('xi_q'));
    near(depthScale(at.chi), of('xi_grad'), 1e-9);
    const c = correlationFixedPoint(tanh, { weightVariance, biasVariance });
    near(c, of('cstar'));
    near(chi(tanh, weightVariance, at.q, c), of('chi_cstar'));
    near(depthScale(chi(tanh, weightVariance, at.q, c)), of('xi_c'), 1e-8);
  });

  test.each([0.01, 0.05, 0.09, 0.1, 0.3])('the edge of chaos at σ_b² = %f', (biasVariance) => {
    const at = criticalPoint(tanh, biasVariance);
    near(at.weightVariance, value(`meanfield.tanh_critical_sb2=${biasVariance}.sw2`));
    near(at.q, value(`meanfield.tanh_critical_sb2=${biasVariance}.q`));
    near(chi(tanh, at.weightVariance, at.q), 1, 1e-14);
  });
});

test('for χ ≤ 1, inputs converge to correlation 1', () => {
  const relus = { weightVariance: 1, biasVariance: 0.5 };
  expect(correlationFixedPoint(relu, relus)).toBe(1);
  expect(fixedPoint(relu, { weightVariance: 2, biasVariance: 0 })).toEqual({ q: 0, chi: 1 });
});

describe('the correlation map', () => {
  const he = { weightVariance: 2, biasVariance: 0 };

  test('of ReLU under He’s variance, from c = 0 over a thousand layers', () => {
    let c = 0;
    for (let l = 1; l <= 1000; l++) {
      c = correlationMap(relu, he, 1, c);
      if ([1, 2, 3, 5, 10, 20, 50, 100, 1000].includes(l)) near(c, value(`relu_correlation_map.c0_0.l${l}`), 1e-12);
    }
    near((1 - c) * 1000 ** 2, value('relu_correlation_map.asymptote_1_minus_c_times_l2'), 2);
  });

  test('keeps 1 at 1, is −1 at −1 for odd functions, and is the product of means at 0', () => {
    for (const activation of [tanh, logistic(), relu, leakyRelu(0.3), softplus]) {
      const { mean, second } = moments(activation, 1.5);
      const map = (c: number) => correlationMap(activation, { weightVariance: 1, biasVariance: 0 }, 1.5, c) * 1.5;
      near(map(1), second);
      near(map(0), mean * mean);
    }
    near(correlationMap(tanh, { weightVariance: 1, biasVariance: 0 }, 0.7, -1) * 0.7, -moments(tanh, 0.7).second);
  });

  test('has slope χ(c)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.double({ min: -0.9, max: 0.9, noNaN: true }),
        (q, c) => {
          const map = (x: number) => correlationMap(tanh, { weightVariance: 1.3, biasVariance: 0 }, q, x);
          near((map(c + 1e-4) - map(c - 1e-4)) / 2e-4, chi(tanh, 1.3, q, c), 1e-6);
        },
      ),
      { numRuns: 5 },
    );
  });
});

describe('errors carry the values', () => {
  test.each([
    [() => moments(tanh, -1), 'q must be at least 0 and finite, not -1'],
    [
      () => qMap(tanh, { weightVariance: Number.NaN, biasVariance: 0 }, 1),
      'weightVariance must be at least 0 and finite, not NaN',
    ],
    [
      () => qMap(tanh, { weightVariance: 1, biasVariance: -1 }, 1),
      'biasVariance must be at least 0 and finite, not -1',
    ],
    [() => correlationMap(tanh, { weightVariance: 1, biasVariance: 0 }, 1, 1.1), 'a correlation cannot be 1.1'],
    [() => correlationMap(tanh, { weightVariance: 1, biasVariance: 0 }, 1, -1.1), 'a correlation cannot be -1.1'],
    [() => correlationMap(tanh, { weightVariance: 1, biasVariance: 0 }, 0, 0.5), 'needs q > 0, not 0'],
    [
      () => correlationMap(selu, { weightVariance: 1, biasVariance: 0 }, 1, 0.5),
      'no closed form of the correlation map',
    ],
    [() => chi(relu, 2, 1, 0.5), 'known at c = 1 only, not at 0.5'],
    [() => fixedPoint(relu, { weightVariance: 3, biasVariance: 0.1 }), 'σ_w² = 3, σ_b² = 0.1'],
    [() => criticalPoint(tanh, 0), 'σ_b² > 0, not 0'],
    [() => criticalPoint(relu, 0.1), 'edge of chaos for σ_b² = 0.1'],
  ] as const)('%#', (act, message) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(message);
  });
});
