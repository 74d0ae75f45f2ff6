/**
 * Activation functions g and their derivatives g′. Each is one formula over the engine's operations (`numeric/ops.ts`).
 * g′ is computed from z, so that it keeps its digits in both tails: the logistic's is σ(z)σ(−z), because a(1 − a) rounds
 * to 0 at z = 40.
 */
import type { Functions } from './numeric/elementary.ts';
import { numbers } from './wasm/compiled-numbers.ts';

/** An activation: a = g(z), applied to each unit separately. */
export interface Activation {
  /** Its name with its parameters, such as `leakyRelu(0.01)`: equal names mean equal formulas. */
  readonly name: string;
  /** g(z) and g′(z) together, since they share their exponential. */
  readonly formula: <T, M>(
    f: Functions<T, M>,
    z: T,
  ) => {
    /** g(z). */
    readonly a: T;
    /** g′(z). */
    readonly slope: T;
  };
  /** g on a number. */
  readonly g: (z: number) => number;
  /** g′ on a number. */
  readonly derivative: (z: number) => number;
  /** Present where g is not smooth at 0. */
  readonly kink?: Kink;
}

/** g(z) = right·z for z > 0; for z < 0 it is left·z or left·(e^z − 1). */
export interface Kink {
  readonly right: number;
  readonly left: number;
  readonly below: 'line' | 'exponential';
}

function activation(name: string, formula: Activation['formula'], kink?: Kink): Activation {
  return {
    name,
    formula,
    g: (z) => formula(numbers, z).a,
    derivative: (z) => formula(numbers, z).slope,
    ...(kink && { kink }),
  };
}

function checkParameter(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be positive and finite, not ${value}`);
}

/** g(z) = z. */
export const identity = activation('identity', (f, z) => ({ a: z, slope: f.constant(1) }));

/**
 * σ(z) and σ(−z) from e = e^(−|z|): 1/(1 + e) and e/(1 + e), swapped for z < 0. Their product e/(1 + e)² is σ′(z), the
 * same bits at z and −z.
 */
export function logisticParts<T, M>(f: Functions<T, M>, z: T): { e: T; a: T; slope: T } {
  const one = f.constant(1);
  const e = f.expNegative(f.neg(f.abs(z)));
  const sum = f.add(one, e);
  const a = f.div(f.select(f.lt(z, f.constant(0)), e, one), sum);
  return { e, a, slope: f.div(e, f.mul(sum, sum)) };
}

/** g(z) = 1/(1 + e^(−βz)), g′ = β σ(βz) σ(−βz). Throws unless β > 0. */
export function logistic(beta = 1): Activation {
  checkParameter('the slope β of the logistic', beta);
  return activation(`logistic(${beta})`, (f, z) => {
    const { a, slope } = logisticParts(f, beta === 1 ? z : f.mul(f.constant(beta), z));
    return { a, slope: beta === 1 ? slope : f.mul(f.constant(beta), slope) };
  });
}

/** g(z) = tanh z, g′ = 1 − a². */
export const tanh = activation('tanh', (f, z) => {
  const a = f.tanh(z);
  return { a, slope: f.sub(f.constant(1), f.mul(a, a)) };
});

/** λz above 0, λα(e^z − 1) below; the slope below is λα e^z. */
function exponentialBelow(name: string, alpha: number, lambda: number): Activation {
  const left = lambda * alpha;
  return activation(
    name,
    (f, z) => {
      const zero = f.constant(0);
      const positive = f.lt(zero, z);
      const below = f.mul(f.constant(left), f.expm1(f.min(z, zero)));
      return {
        a: f.select(positive, f.mul(f.constant(lambda), z), below),
        slope: f.select(positive, f.constant(lambda), f.add(below, f.constant(left))),
      };
    },
    { right: lambda, left, below: 'exponential' },
  );
}

/** g(z) = max(z, 0), g′(0) = 0. */
export const relu = activation(
  'relu',
  (f, z) => {
    const zero = f.constant(0);
    return { a: f.max(z, zero), slope: f.select(f.lt(zero, z), f.constant(1), zero) };
  },
  { right: 1, left: 0, below: 'line' },
);

/** g(z) = z for z > 0, else αz. Throws unless α > 0. */
export function leakyRelu(alpha = 0.01): Activation {
  checkParameter('the slope α of leakyRelu', alpha);
  return activation(
    `leakyRelu(${alpha})`,
    (f, z) => {
      const slope = f.select(f.lt(f.constant(0), z), f.constant(1), f.constant(alpha));
      return { a: f.mul(slope, z), slope };
    },
    { right: 1, left: alpha, below: 'line' },
  );
}

/** g(z) = z for z > 0, else α(e^z − 1) (Clevert, Unterthiner & Hochreiter 2016). Throws unless α > 0. */
export function elu(alpha = 1): Activation {
  checkParameter('the scale α of elu', alpha);
  return exponentialBelow(`elu(${alpha})`, alpha, 1);
}

/** elu with the scales that make mean 0 and variance 1 a fixed point (Klambauer, Unterthiner, Mayr & Hochreiter 2017). */
export const selu = exponentialBelow('selu', 1.6732632423543772, 1.0507009873554805);

/** 1/√(2π), the normal density at 0. */
const DENSITY_0 = 0.3989422804014327;

/** g(z) = z Φ(z), g′ = Φ(z) + z φ(z), Φ the normal distribution function (Hendrycks & Gimpel 2016; no approximation). */
export const gelu = activation('gelu', (f, z) => {
  const { distribution, gaussian } = f.normal(z);
  const density = f.mul(f.constant(DENSITY_0), gaussian);
  return { a: f.mul(z, distribution), slope: f.add(distribution, f.mul(z, density)) };
});

/** g(z) = z σ(z), g′ = σ(z) + z σ′(z). */
export const silu = activation('silu', (f, z) => {
  const { a, slope } = logisticParts(f, z);
  return { a: f.mul(z, a), slope: f.add(a, f.mul(z, slope)) };
});

/** g(z) = ln(1 + e^z) = max(z, 0) + ln(1 + e^(−|z|)), g′ = σ(z). */
export const softplus = activation('softplus', (f, z) => {
  const { e, a } = logisticParts(f, z);
  return { a: f.add(f.max(z, f.constant(0)), f.log1p(e)), slope: a };
});
