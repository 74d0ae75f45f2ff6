/**
 * Output layers, each with its loss. Loss and δ^(L) are computed from z, so that no logarithm meets 0, and δ^(L) always
 * belongs to its loss: a − y for matched pairs, (a − y) ⊙ g′(z) for ½ squared error on nonlinear units.
 */
import { logisticParts } from './activations.ts';
import type { Functions } from './numeric/elementary.ts';

/** The output for one example: its activations a^(L), its loss, and δ^(L) = ∂loss/∂z^(L). */
export interface OutputParts<T> {
  readonly a: readonly T[];
  readonly loss: T;
  readonly delta: readonly T[];
}

/** An output layer of K units and the loss on it. */
export interface Output {
  /** Its name with its parameters, such as `sloped(softmaxCrossEntropy, 2)`: equal names mean equal formulas. */
  readonly name: string;
  /** a^(L) alone. */
  readonly units: <T, M>(f: Functions<T, M>, z: readonly T[]) => readonly T[];
  /** For targets y: a^(L), the loss summed over the K units in their order, and δ^(L). */
  readonly formula: <T, M>(f: Functions<T, M>, z: readonly T[], y: readonly T[]) => OutputParts<T>;
  /** What a row of targets may hold: numbers without bounds, numbers within [0, 1], or numbers within [0, 1] with sum 1. */
  readonly targets: 'any' | 'probability' | 'distribution';
}

/** An output unit that depends on its own z alone. */
interface Unit {
  readonly a: <T, M>(f: Functions<T, M>, z: T) => T;
  readonly parts: <T, M>(f: Functions<T, M>, z: T, y: T) => { a: T; loss: T; delta: T };
}

/** An output layer of independent units. */
function separate(name: string, targets: Output['targets'], unit: Unit): Output {
  return {
    name,
    targets,
    units: (f, z) => z.map((zk) => unit.a(f, zk)),
    formula(f, z, y) {
      const parts = z.map((zk, k) => unit.parts(f, zk, y[k] as typeof zk));
      return {
        a: parts.map((p) => p.a),
        loss: parts.map((p) => p.loss).reduce((sum, loss) => f.add(sum, loss)),
        delta: parts.map((p) => p.delta),
      };
    },
  };
}

/** a − y and ½(a − y)². */
function halfSquare<T, M>(f: Functions<T, M>, a: T, y: T): { difference: T; loss: T } {
  const difference = f.sub(a, y);
  return { difference, loss: f.mul(f.constant(0.5), f.mul(difference, difference)) };
}

/** σ(z) with −y ln a − (1 − y) ln(1 − a) = ln(1 + e^z) − yz; δ = a − y. */
export const logisticCrossEntropy = separate('logisticCrossEntropy', 'probability', {
  a: (f, z) => logisticParts(f, z).a,
  parts(f, z, y) {
    const { e, a } = logisticParts(f, z);
    // max(z, 0) − yz first: exact for y ∈ {0, 1}, and the small logarithm keeps its digits
    const linear = f.sub(f.max(z, f.constant(0)), f.mul(y, z));
    return { a, loss: f.add(linear, f.log1p(e)), delta: f.sub(a, y) };
  },
});

/** σ(z) with ½(a − y)²; δ = (a − y) σ′(z). */
export const logisticSquaredError = separate('logisticSquaredError', 'any', {
  a: (f, z) => logisticParts(f, z).a,
  parts(f, z, y) {
    const { a, slope } = logisticParts(f, z);
    const { difference, loss } = halfSquare(f, a, y);
    return { a, loss, delta: f.mul(difference, slope) };
  },
});

/** a = z with ½(a − y)²; δ = a − y. */
export const linearSquaredError = separate('linearSquaredError', 'any', {
  a: (_, z) => z,
  parts(f, z, y) {
    const { difference, loss } = halfSquare(f, z, y);
    return { a: z, loss, delta: difference };
  },
});

/** tanh z with ½(a − y)²; δ = (a − y)(1 − a²). */
export const tanhSquaredError = separate('tanhSquaredError', 'any', {
  a: (f, z) => f.tanh(z),
  parts(f, z, y) {
    const a = f.tanh(z);
    const { difference, loss } = halfSquare(f, a, y);
    return { a, loss, delta: f.mul(difference, f.sub(f.constant(1), f.mul(a, a))) };
  },
});

/** max z, softmax a, and Σ e^(z_k − max z) in the units' order. */
function softmaxParts<T, M>(f: Functions<T, M>, z: readonly T[]): { max: T; a: T[]; sum: T } {
  const max = z.reduce((largest, zk) => f.max(largest, zk));
  const powers = z.map((zk) => f.expNegative(f.sub(zk, max)));
  const sum = powers.reduce((total, power) => f.add(total, power));
  return { max, a: powers.map((power) => f.div(power, sum)), sum };
}

/** a_k = e^(z_k)/Σ e^(z_j) with −Σ y_k ln a_k, where −ln a_k = ln Σ e^(z_j − max z) + (max z − z_k); δ = a − y. */
export const softmaxCrossEntropy: Output = {
  name: 'softmaxCrossEntropy',
  targets: 'distribution',
  units: (f, z) => softmaxParts(f, z).a,
  formula(f, z, y) {
    const { max, a, sum } = softmaxParts(f, z);
    const logSum = f.logNormal(sum);
    const losses = z.map((zk, k) => f.mul(y[k] as typeof zk, f.add(logSum, f.sub(max, zk))));
    return {
      a,
      loss: losses.reduce((total, loss) => f.add(total, loss)),
      delta: a.map((ak, k) => f.sub(ak, y[k] as typeof ak)),
    };
  },
};

/** The output with slope β: its units receive βz, and δ^(L) is multiplied by β. Throws unless β > 0. */
export function sloped(output: Output, beta: number): Output {
  if (!(beta > 0 && beta < Infinity)) throw new RangeError(`the slope β must be positive and finite, not ${beta}`);
  const times = <T, M>(f: Functions<T, M>, xs: readonly T[]) => xs.map((x) => f.mul(f.constant(beta), x));
  return {
    name: `sloped(${output.name}, ${beta})`,
    targets: output.targets,
    units: (f, z) => output.units(f, times(f, z)),
    formula(f, z, y) {
      const { a, loss, delta } = output.formula(f, times(f, z), y);
      return { a, loss, delta: times(f, delta) };
    },
  };
}
