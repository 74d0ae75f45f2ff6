/**
 * Weight initialisers: each draws Theta[l] from its fan-in and fan-out, the numbers of units that it connects. A variance
 * of 1/fan_in (LeCun) preserves the signal of linear units, 2/fan_in (He) that of ReLUs; 2/(fan_in + fan_out) (Glorot) is a
 * compromise between signal and gradient.
 */
import { dot, type Matrix, matrix } from './numeric/matrix.ts';
import type { Random } from './numeric/random.ts';

/** A fanOut × fanIn matrix of weights. */
export type Initializer = (fanIn: number, fanOut: number, random: Random) => Matrix;

/** Independent entries, drawn row by row. */
function entries(draw: (fanIn: number, fanOut: number, random: Random) => number): Initializer {
  return (fanIn, fanOut, random) => {
    const m = matrix(fanOut, fanIn);
    for (let i = 0; i < m.data.length; i++) m.data[i] = draw(fanIn, fanOut, random);
    return m;
  };
}

function checkScale(name: string, value: number): number {
  if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be at least 0 and finite, not ${value}`);
  return value;
}

/** Every weight 0. */
export const zeros: Initializer = (fanIn, fanOut) => matrix(fanOut, fanIn);

/** Every weight c. */
export function constant(c: number): Initializer {
  if (!Number.isFinite(c)) throw new RangeError(`constant(${c}) is no weight`);
  return (fanIn, fanOut) => matrix(fanOut, fanIn, c);
}

/** Uniform in [−a, a). */
export function uniform(a: number): Initializer {
  checkScale('the bound of uniform', a);
  return entries((_fanIn, _fanOut, random) => random.uniform(-a, a));
}

/** Normal of mean 0 and the given standard deviation. */
export function normal(sd: number): Initializer {
  checkScale('the standard deviation of normal', sd);
  return entries((_fanIn, _fanOut, random) => random.normal(0, sd));
}

/** Normal of standard deviation sd, drawn again while outside ±2 sd, which leaves a standard deviation of 0.8796 sd. */
export function truncatedNormal(sd: number): Initializer {
  checkScale('the standard deviation of truncatedNormal', sd);
  return entries((_fanIn, _fanOut, random) => {
    let deviate = random.normal();
    while (Math.abs(deviate) > 2) deviate = random.normal();
    return sd * deviate;
  });
}

/** Uniform within ±1/√fan_in: variance 1/(3 fan_in). */
export const inverseSqrt = entries((fanIn, _, random) => bounded(random, 1 / Math.sqrt(fanIn)));

/** Initialisers of a given variance: normal, or uniform within ±√(3 variance). */
const normalOf = (variance: (fanIn: number, fanOut: number) => number): Initializer =>
  entries((fanIn, fanOut, random) => random.normal(0, Math.sqrt(variance(fanIn, fanOut))));
const uniformOf = (variance: (fanIn: number, fanOut: number) => number): Initializer =>
  entries((fanIn, fanOut, random) => bounded(random, Math.sqrt(3 * variance(fanIn, fanOut))));

function bounded(random: Random, a: number): number {
  return random.uniform(-a, a);
}

const lecun = (fanIn: number) => 1 / fanIn;
const glorot = (fanIn: number, fanOut: number) => 2 / (fanIn + fanOut);
const he = (fanIn: number) => 2 / fanIn;

/** Variance 1/fan_in (LeCun, Bottou, Orr & Müller 1998). */
export const lecunNormal = normalOf(lecun);
/** Uniform within ±√(3/fan_in): variance 1/fan_in (LeCun, Bottou, Orr & Müller 1998). */
export const lecunUniform = uniformOf(lecun);
/** Variance 2/(fan_in + fan_out) (Glorot & Bengio 2010). */
export const glorotNormal = normalOf(glorot);
/** Uniform within ±√(6/(fan_in + fan_out)): variance 2/(fan_in + fan_out) (Glorot & Bengio 2010). */
export const glorotUniform = uniformOf(glorot);
/** Variance 2/fan_in (He, Zhang, Ren & Sun 2015). */
export const heNormal = normalOf(he);
/** Uniform within ±√(6/fan_in): variance 2/fan_in (He, Zhang, Ren & Sun 2015). */
export const heUniform = uniformOf(he);

/**
 * gain times a matrix with orthonormal rows or columns, whichever are fewer, uniform among such matrices (Saxe,
 * McClelland & Ganguli 2014). Gram–Schmidt on normal vectors: each is made orthogonal to those before it, twice because of
 * rounding, and normalised.
 */
export function orthogonal(gain = 1): Initializer {
  checkScale('the gain of orthogonal', gain);
  return (fanIn, fanOut, random) => {
    const length = Math.max(fanIn, fanOut);
    const vectors: Float64Array[] = [];
    for (let k = 0; k < Math.min(fanIn, fanOut); k++) {
      const v = Float64Array.from({ length }, () => random.normal());
      for (const u of [...vectors, ...vectors]) {
        const along = dot(u, v);
        for (let i = 0; i < length; i++) v[i]! -= along * u[i]!;
      }
      const norm = Math.sqrt(dot(v, v));
      vectors.push(v.map((x) => x / norm));
    }
    const entry =
      fanOut <= fanIn ? (i: number, j: number) => vectors[i]![j]! : (i: number, j: number) => vectors[j]![i]!;
    const m = matrix(fanOut, fanIn);
    for (let i = 0; i < fanOut; i++) for (let j = 0; j < fanIn; j++) m.data[i * fanIn + j] = gain * entry(i, j);
    return m;
  };
}
