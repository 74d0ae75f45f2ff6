/** Gaussian moments of an activation: the means and second moments of g(z) and g′(z) for z ~ N(0, q). */
import type { Activation, Kink } from './activations.ts';
import { numbers } from './wasm/compiled-numbers.ts';

/** Moments of g(z) and g′(z); E is the mean over z ~ N(0, q). */
export interface Moments {
  /** E g(z). */
  readonly mean: number;
  /** E g(z)². */
  readonly second: number;
  /** E g(z)² − (E g(z))². */
  readonly variance: number;
  /** E g′(z). */
  readonly derivative: number;
  /** E g′(z)². */
  readonly derivativeSecond: number;
}

/** The parts of an activation that its moments need; without `kink` it must be smooth. */
export type Curve = Pick<Activation, 'g' | 'derivative' | 'kink'>;

const SQRT_2_PI = 2.5066282746310002;

/**
 * Nodes x and weights of the trapezoidal rule for the standard normal, on [−8, 8]: 201 nodes, and proportionally more
 * where √q > 4 makes g(√q x) steep. For a smooth g it converges geometrically (Trefethen & Weideman 2014).
 */
export function gaussianNodes(q: number): { x: number; weight: number }[] {
  const intervals = 200 * Math.max(1, Math.ceil(Math.sqrt(q) / 4));
  const h = 16 / intervals;
  return Array.from({ length: intervals + 1 }, (_, i) => {
    const x = -8 + i * h;
    return { x, weight: (h / SQRT_2_PI) * numbers.expNegative(-0.5 * x * x) };
  });
}

/** E f(z) for z ~ N(0, q) and a smooth f. */
export function gaussianMean(f: (z: number) => number, q: number): number {
  const sd = Math.sqrt(q);
  return gaussianNodes(q).reduce((sum, { x, weight }) => sum + weight * f(sd * x), 0);
}

/**
 * The moments of g(z) and g′(z), z ~ N(0, q): in closed form for activations with a kink, else by the trapezoidal rule.
 * Throws unless q is finite and at least 0.
 */
export function moments(activation: Curve, q: number): Moments {
  checkVariance('q', q);
  const raw = activation.kink ? kinked(activation.kink, q) : smooth(activation, q);
  return { ...raw, variance: raw.second - raw.mean * raw.mean };
}

export function checkVariance(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be at least 0 and finite, not ${value}`);
}

function smooth({ g, derivative }: Curve, q: number): Omit<Moments, 'variance'> {
  const square = (f: (z: number) => number) => (z: number) => {
    const value = f(z);
    return value * value;
  };
  return {
    mean: gaussianMean(g, q),
    second: gaussianMean(square(g), q),
    derivative: gaussianMean(derivative, q),
    derivativeSecond: gaussianMean(square(derivative), q),
  };
}

/** From E[z; z>0] = √(q/2π), E[z²; z>0] = q/2 and, for the exponential, E[e^(tz); z<0] = ½ e^(t²q/2) erfc(t√(q/2)). */
function kinked({ right, left, below }: Kink, q: number): Omit<Moments, 'variance'> {
  const half = Math.sqrt(q) / SQRT_2_PI;
  if (below === 'line') {
    const slopes = right * right + left * left;
    return {
      mean: (right - left) * half,
      second: (slopes * q) / 2,
      derivative: (right + left) / 2,
      derivativeSecond: slopes / 2,
    };
  }
  const e1 = 0.5 * numbers.erfcx(Math.sqrt(q / 2));
  const e2 = 0.5 * numbers.erfcx(2 * Math.sqrt(q / 2));
  return {
    mean: right * half + left * (e1 - 0.5),
    second: (right * right * q) / 2 + left * left * (e2 - 2 * e1 + 0.5),
    derivative: right / 2 + left * e1,
    derivativeSecond: (right * right) / 2 + left * left * e2,
  };
}
