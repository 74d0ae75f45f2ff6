/** Generates small data sets: inputs X and targets Y, one example a row. */

/** Examples in rows: X is m × inputs, Y is m × outputs. */
export type Dataset = { readonly X: number[][]; readonly Y: number[][] };

/** A generator of uniform deviates in [0, 1): the source of noise. */
export type Uniform = () => number;

/** A standard normal deviate (Box & Muller 1958). */
function normal(uniform: Uniform): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
  return radius * Math.cos(2 * Math.PI * uniform());
}

function checkCount(m: number, classes: number): void {
  if (!Number.isInteger(m) || m < classes) throw new RangeError(`m must be an integer of at least ${classes}: ${m}`);
}

const oneHot = (k: number, classes: number): number[] => Array.from({ length: classes }, (_, j) => (j === k ? 1 : 0));

/** The four cases of exclusive or; targets 0 and 1. */
export const xor = (): Dataset => parity(2);

/** All 2ⁿ bit strings of length n; the target is 1 where the number of ones is odd. */
export function parity(n: number): Dataset {
  if (!Number.isInteger(n) || n < 1 || n > 16) throw new RangeError(`n must be an integer from 1 to 16: ${n}`);
  const X = Array.from({ length: 2 ** n }, (_, i) => Array.from({ length: n }, (_, j) => (i >> (n - 1 - j)) & 1));
  return { X, Y: X.map((bits) => [bits.reduce((sum, bit) => sum + bit, 0) % 2]) };
}

/** Two interleaved half circles of radius 1, m points in all, alternating; targets 0 and 1; noise of sd `noise`. */
export function moons(m: number, noise: number, uniform: Uniform): Dataset {
  checkCount(m, 2);
  const each = Math.ceil(m / 2);
  const X = Array.from({ length: m }, (_, i) => {
    const angle = (Math.PI * Math.floor(i / 2)) / Math.max(1, each - 1);
    const x = i % 2 === 0 ? Math.cos(angle) : 1 - Math.cos(angle);
    const y = i % 2 === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
    return [x + noise * normal(uniform), y + noise * normal(uniform)];
  });
  return { X, Y: X.map((_, i) => [i % 2]) };
}

/** `arms` spirals of one turn from the origin to radius 1, m points in all, in turn; one-hot targets. */
export function spirals(m: number, arms: number, noise: number, uniform: Uniform): Dataset {
  checkCount(m, arms);
  const each = Math.ceil(m / arms);
  const X = Array.from({ length: m }, (_, i) => {
    const radius = (Math.floor(i / arms) + 1) / each;
    const angle = 2 * Math.PI * (radius + (i % arms) / arms);
    return [radius * Math.cos(angle) + noise * normal(uniform), radius * Math.sin(angle) + noise * normal(uniform)];
  });
  return { X, Y: X.map((_, i) => oneHot(i % arms, arms)) };
}

/** Normal clouds of standard deviation `sd` around `centres`, m points in all, in turn; one-hot targets. */
export function blobs(m: number, centres: readonly (readonly number[])[], sd: number, uniform: Uniform): Dataset {
  checkCount(m, centres.length);
  const X = Array.from({ length: m }, (_, i) =>
    centres[i % centres.length]!.map((centre) => centre + sd * normal(uniform)),
  );
  return { X, Y: X.map((_, i) => oneHot(i % centres.length, centres.length)) };
}

/** The inputs X with the targets of a teacher: a function of one input, such as a network's output. */
export function teacher(
  X: readonly (readonly number[])[],
  answer: (x: readonly number[]) => readonly number[],
): Dataset {
  return { X: X.map((x) => [...x]), Y: X.map((x) => [...answer(x)]) };
}
