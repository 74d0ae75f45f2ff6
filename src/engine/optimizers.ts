/**
 * Optimisers as update rules: a rule maps one parameter θ, its gradient and its state to the next θ and state. It is written
 * once over the engine's operations; what changes from step to step (the rate, Adam's bias corrections) comes from a table.
 */
import { checkOptions } from './check-options.ts';
import type { Functions } from './numeric/elementary.ts';
import { type Matrix, matrix } from './numeric/matrix.ts';

/** One parameter at one step. */
export interface Update<T> {
  readonly theta: T;
  /** ∂J/∂θ of the batch, after clipping. */
  readonly gradient: T;
  /** The optimiser's state for θ, `slots` numbers. */
  readonly state: readonly T[];
  /** This step's row of `coefficients`. */
  readonly coefficients: readonly T[];
  /** True for weights, false for biases, which neither L2 nor weight decay shrinks. */
  readonly decays: boolean;
}

/** An update rule and the coefficients that it uses at each step. */
export interface Optimizer {
  /** The rule and the constants in it: equal names mean equal rules. The coefficients are not part of it. */
  readonly name: string;
  /** Numbers of state for each parameter; they start at 0. */
  readonly slots: number;
  /** A table with a row for each step. Powers are built by repeated multiplication. */
  readonly coefficients: (steps: number) => Matrix;
  /** One step of one parameter: a weight or a bias. */
  readonly rule: <T, M>(
    f: Functions<T, M>,
    update: Update<T>,
  ) => {
    /** The next θ. */
    readonly theta: T;
    /** The next state of θ, `slots` numbers. */
    readonly state: readonly T[];
  };
  /** The greatest norm of the whole gradient; a longer one is scaled back to it before the rule. Omitted: no limit. */
  readonly clipNorm?: number;
}

/** What every optimiser takes. */
export interface OptimizerOptions {
  /** The learning rate η, positive. */
  readonly rate: number;
  /** λ: adds λθ to the gradient of weights. Omitted: 0. */
  readonly l2?: number;
  /** The factor on η at each step, counted from 0. Omitted: always 1. */
  readonly schedule?: (step: number) => number;
  /** The greatest norm of the gradient of all parameters together; a longer one is scaled back to it. Omitted: no limit. */
  readonly clipNorm?: number;
}

function check(name: string, value: number, holds: boolean, range: string): void {
  if (!holds) throw new RangeError(`${name} must be ${range}, not ${value}`);
}

const fraction = (name: string, value: number) => check(name, value, value >= 0 && value < 1, 'within [0, 1)');
const positive = (name: string, value: number) =>
  check(name, value, value > 0 && value < Infinity, 'positive and finite');
const nonNegative = (name: string, value: number) =>
  check(name, value, value >= 0 && value < Infinity, 'at least 0 and finite');

const common = { rate: true, l2: false, schedule: false, clipNorm: false } as const;
const ofAdam = { ...common, beta1: false, beta2: false, epsilon: false } as const;

/** What all optimisers share: checks, the scheduled rate, L2 and clipping. */
function optimizer(
  name: string,
  slots: number,
  options: OptimizerOptions,
  row: () => (rate: number) => readonly number[],
  rule: Optimizer['rule'],
): Optimizer {
  const { rate, l2 = 0, schedule = () => 1, clipNorm } = options;
  positive(`the rate of ${name}`, rate);
  nonNegative(`l2 of ${name}`, l2);
  if (clipNorm !== undefined) positive(`clipNorm of ${name}`, clipNorm);
  return {
    name: l2 === 0 ? name : `${name} + l2(${l2})`,
    slots,
    coefficients(steps) {
      const next = row();
      const rows = Array.from({ length: steps }, (_, step) => {
        const scheduled = rate * schedule(step);
        nonNegative(`the scheduled rate of ${name} at step ${step}`, scheduled);
        return next(scheduled);
      });
      return matrix(steps, row()(rate).length, rows);
    },
    rule(f, update) {
      if (l2 === 0 || !update.decays) return rule(f, update);
      const gradient = f.add(update.gradient, f.mul(f.constant(l2), update.theta));
      return rule(f, { ...update, gradient });
    },
    ...(clipNorm === undefined ? {} : { clipNorm }),
  };
}

/** θ ← θ − η g. Throws, as all optimisers do, on unknown and missing options, a rate ≤ 0 and constants out of range. */
export function gradientDescent(options: OptimizerOptions): Optimizer {
  checkOptions('gradientDescent', options, common);
  return optimizer(
    'gradientDescent',
    0,
    options,
    () => (rate) => [rate],
    (f, { theta, gradient, coefficients }) => {
      const [rate] = coefficients as [typeof theta];
      return { theta: f.sub(theta, f.mul(rate, gradient)), state: [] };
    },
  );
}

/** v ← μv + g; θ ← θ − ηv (Polyak 1964). */
export function momentum(options: OptimizerOptions & { mu: number }): Optimizer {
  checkOptions('momentum', options, { ...common, mu: true });
  const { mu } = options;
  fraction('mu of momentum', mu);
  return optimizer(
    `momentum(${mu})`,
    1,
    options,
    () => (rate) => [rate],
    (f, update) => {
      const { theta, gradient } = update;
      const [velocity] = update.state as [typeof theta];
      const [rate] = update.coefficients as [typeof theta];
      const v = f.add(f.mul(f.constant(mu), velocity), gradient);
      return { theta: f.sub(theta, f.mul(rate, v)), state: [v] };
    },
  );
}

/** v ← μv + g; θ ← θ − η(g + μv): Nesterov's step in the form of Sutskever, Martens, Dahl & Hinton (2013). */
export function nesterov(options: OptimizerOptions & { mu: number }): Optimizer {
  checkOptions('nesterov', options, { ...common, mu: true });
  const { mu } = options;
  fraction('mu of nesterov', mu);
  return optimizer(
    `nesterov(${mu})`,
    1,
    options,
    () => (rate) => [rate],
    (f, update) => {
      const { theta, gradient } = update;
      const [velocity] = update.state as [typeof theta];
      const [rate] = update.coefficients as [typeof theta];
      const v = f.add(f.mul(f.constant(mu), velocity), gradient);
      const ahead = f.add(gradient, f.mul(f.constant(mu), v));
      return { theta: f.sub(theta, f.mul(rate, ahead)), state: [v] };
    },
  );
}

/** A step of the exponential moving average: r·old + (1 − r)·now. */
function average<T, M>(f: Functions<T, M>, r: number, old: T, now: T): T {
  return f.add(f.mul(f.constant(r), old), f.mul(f.constant(1 - r), now));
}

/** s ← ρs + (1 − ρ)g²; θ ← θ − ηg/(√s + ε) (Tieleman & Hinton 2012). */
export function rmsProp(options: OptimizerOptions & { rho?: number; epsilon?: number }): Optimizer {
  checkOptions('rmsProp', options, { ...common, rho: false, epsilon: false });
  const { rho = 0.9, epsilon = 1e-8 } = options;
  fraction('rho of rmsProp', rho);
  positive('epsilon of rmsProp', epsilon);
  return optimizer(
    `rmsProp(${rho}, ${epsilon})`,
    1,
    options,
    () => (rate) => [rate],
    (f, update) => {
      const { theta, gradient } = update;
      const [square] = update.state as [typeof theta];
      const [rate] = update.coefficients as [typeof theta];
      const s = average(f, rho, square, f.mul(gradient, gradient));
      const step = f.div(f.mul(rate, gradient), f.add(f.sqrt(s), f.constant(epsilon)));
      return { theta: f.sub(theta, step), state: [s] };
    },
  );
}

interface AdamOptions extends OptimizerOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/**
 * v ← β₁v + (1 − β₁)g; s ← β₂s + (1 − β₂)g²; θ ← κθ − η/(1 − β₁ᵗ) · v / (√(s/(1 − β₂ᵗ)) + ε), where κ = 1 − ηλ for
 * weights of AdamW, else 1. The table holds η/(1 − β₁ᵗ), 1/(1 − β₂ᵗ) and κ.
 */
function adamRule(name: string, options: AdamOptions, decay: number): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  fraction(`beta1 of ${name}`, beta1);
  fraction(`beta2 of ${name}`, beta2);
  positive(`epsilon of ${name}`, epsilon);
  const row = () => {
    let power1 = 1;
    let power2 = 1;
    return (rate: number) => {
      power1 *= beta1;
      power2 *= beta2;
      return [rate / (1 - power1), 1 / (1 - power2), 1 - rate * decay];
    };
  };
  return optimizer(`${name}(${beta1}, ${beta2}, ${epsilon})`, 2, options, row, (f, update) => {
    const { theta, gradient } = update;
    const [mean, square] = update.state as [typeof theta, typeof theta];
    const [rate, correction, keep] = update.coefficients as [typeof theta, typeof theta, typeof theta];
    const v = average(f, beta1, mean, gradient);
    const s = average(f, beta2, square, f.mul(gradient, gradient));
    const step = f.div(f.mul(rate, v), f.add(f.sqrt(f.mul(s, correction)), f.constant(epsilon)));
    const decayed = decay > 0 && update.decays ? f.mul(keep, theta) : theta;
    return { theta: f.sub(decayed, step), state: [v, s] };
  });
}

/** Adam (Kingma & Ba 2015). Defaults β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
export function adam(options: AdamOptions): Optimizer {
  checkOptions('adam', options, ofAdam);
  return adamRule('adam', options, 0);
}

/** Adam with decoupled weight decay (Loshchilov & Hutter 2019): θ shrinks by ηλ, λ = `decay`. */
export function adamW(options: AdamOptions & { decay?: number }): Optimizer {
  checkOptions('adamW', options, { ...ofAdam, decay: false });
  const { decay = 0.01 } = options;
  positive('decay of adamW', decay);
  return adamRule('adamW', options, decay);
}
