/**
 * A multilayer perceptron: layers l = 1…L of units, an activation for each hidden layer, an output with its loss, and their
 * parameters. Hidden layers may have residual connections and layer normalisation.
 */

import type { Activation } from './activations.ts';
import { checkOptions } from './check-options.ts';
import type { Initializer } from './initializers.ts';
import { zeros } from './initializers.ts';
import { type Matrix, matrix } from './numeric/matrix.ts';
import type { Random } from './numeric/random.ts';
import type { Output } from './outputs.ts';

/** The shape of a multilayer perceptron; its weights and biases are `Parameters`. */
export interface Network {
  /** Units of each layer; layer l has `units[l - 1]`. */
  readonly units: readonly number[];
  /** L, the number of layers, input and output included. */
  readonly L: number;
  /** `activations[l]` is that of the hidden layer l = 2…L−1; the other slots are empty. */
  readonly activations: readonly (Activation | undefined)[];
  /** The units of layer L, with the loss on them. */
  readonly output: Output;
  /** False if every b stays 0. */
  readonly bias: boolean;
  /** True at the hidden layers l that add the activations of layer l−1 to their own. */
  readonly residual: readonly boolean[];
  /** True at the hidden layers l that normalise z[l] before the activation. */
  readonly layerNorm: readonly boolean[];
}

/**
 * Weights and biases by layer: Theta[l] and b[l], l = 1…L−1, take layer l to l+1. Theta[l] has a row for each unit of
 * layer l+1 and a column for each of layer l. Slot 0 is empty, so that indices are those of the articles.
 */
export interface Parameters {
  readonly Theta: readonly Matrix[];
  readonly b: readonly Float64Array[];
  /** The scales γ of layer normalisation: gamma[l] is that of the hidden layer l, empty where l has none. */
  readonly gamma?: readonly Float64Array[];
  /** The shifts β of layer normalisation, in the shape of gamma; both are absent if no layer is normalised. */
  readonly beta?: readonly Float64Array[];
}

/**
 * A network of the given layer sizes. `activation` is one for all hidden layers or one for each; `bias` is true by default.
 *
 * `residual` (false by default) adds a[l−1] to the activations of a hidden layer l, which must be as wide as l−1: true
 * means from each hidden layer to the next, a list says it for each hidden layer, the first of which adds the inputs.
 * `layerNorm` (false by default) normalises z of all hidden layers, or of those for which a list has true.
 *
 * Throws on unknown and missing options, on sizes that are not positive integers, on lists of a wrong length, on a residual connection between unequal
 * widths, and on `residual` or `layerNorm` without a layer that could have it.
 */
export function network(options: {
  units: readonly number[];
  activation: Activation | readonly Activation[];
  output: Output;
  bias?: boolean;
  residual?: boolean | readonly boolean[];
  layerNorm?: boolean | readonly boolean[];
}): Network {
  const optional = { bias: false, residual: false, layerNorm: false } as const;
  checkOptions('network', options, { units: true, activation: true, output: true, ...optional });
  const { units, activation, output, bias = true, residual = false, layerNorm = false } = options;
  for (const [name, part] of Object.entries({ activation, output }))
    if (typeof part !== 'object') throw new RangeError(`the ${name} of a network is one of the engine’s, not ${part}`);
  const L = units.length;
  if (L < 2) throw new RangeError(`a network needs an input and an output layer, not units [${units}]`);
  const wrong = units.find((n) => !Number.isInteger(n) || n < 1);
  if (wrong !== undefined) throw new RangeError(`a layer cannot have ${wrong} units, as in [${units}]`);
  const hidden = 'name' in activation ? new Array<Activation>(L - 2).fill(activation) : activation;
  if (hidden.length !== L - 2)
    throw new RangeError(`${hidden.length} activations do not fit the ${L - 2} hidden layers of [${units}]`);
  const net = {
    units: [...units],
    L,
    activations: [undefined, undefined, ...hidden],
    output,
    bias,
    residual: switches('residual', residual, units, 3),
    layerNorm: switches('layerNorm', layerNorm, units, 2),
  };
  net.residual.forEach((adds, l) => {
    const [below, own] = [units[l - 2], units[l - 1]];
    if (adds && below !== own)
      throw new RangeError(
        `a residual connection needs equal widths, but layer ${l} has ${own} units and layer ${l - 1} has ${below}`,
      );
  });
  return net;
}

/** An option by layer l = 0…L, from one value for the hidden layers from `first` on or a list with one for each hidden layer. */
function switches(
  name: string,
  option: boolean | readonly boolean[],
  units: readonly number[],
  first: number,
): boolean[] {
  const L = units.length;
  const of = (l: number) => (typeof option === 'boolean' ? option && l >= first : option[l - 2]!);
  if (typeof option !== 'boolean' && option.length !== L - 2)
    throw new RangeError(`${option.length} values of ${name} do not fit the ${L - 2} hidden layers of [${units}]`);
  if (option === true && L <= first)
    throw new RangeError(`${name} needs ${first === 2 ? 'a hidden layer' : 'two hidden layers'}, not units [${units}]`);
  return Array.from({ length: L + 1 }, (_, l) => l >= 2 && l < L && of(l));
}

/** The numbers of units (from, to) that Theta[l] connects. */
export function shapeOf(net: Network, l: number): readonly [from: number, to: number] {
  const from = net.units[l - 1];
  const to = net.units[l];
  if (from === undefined || to === undefined)
    throw new RangeError(`Theta[${l}] is not in a network of ${net.L} layers`);
  return [from, to];
}

/** The layers l = 1…L−1 that have parameters. */
export function layersOf(net: Network): number[] {
  return Array.from({ length: net.L - 1 }, (_, i) => i + 1);
}

/** Units of each layer l that have γ and β, 0 for the others; the first entry is unused. */
export const normalisedUnits = ({ units, layerNorm }: Network): number[] =>
  [0, ...units].map((n, l) => (layerNorm[l] ? n : 0));

/** Parameters of the network's shape, built layer by layer, γ and β from their layer and its units; slot 0 is empty. */
export function buildParameters(
  net: Network,
  build: (l: number, from: number, to: number) => { Theta: Matrix; b: Float64Array },
  norm: (l: number, units: number) => { gamma: Float64Array; beta: Float64Array },
): Parameters {
  const layers = layersOf(net).map((l) => build(l, ...shapeOf(net, l)));
  const parameters = {
    Theta: [matrix(0, 0), ...layers.map((layer) => layer.Theta)],
    b: [new Float64Array(0), ...layers.map((layer) => layer.b)],
  };
  if (!net.layerNorm.includes(true)) return parameters;
  const none = { gamma: new Float64Array(0), beta: new Float64Array(0) };
  const norms = normalisedUnits(net).map((n, l) => (n > 0 ? norm(l, n) : none));
  return { ...parameters, gamma: norms.map(({ gamma }) => gamma), beta: norms.map(({ beta }) => beta) };
}

/**
 * Starting parameters. `weights` is one initialiser or one for each Theta[l]; `bias` (zeros by default) draws a
 * matrix like Theta[l], whose first column becomes b[l]. Each Theta[l] and b[l] has its own random stream, so that changing
 * one layer does not change the others. Layer normalisation starts with γ = 1 and β = 0.
 */
export function initialise(
  net: Network,
  initializers: { weights: Initializer | readonly Initializer[]; bias?: Initializer },
  random: Random,
): Parameters {
  checkOptions('initialise', initializers, { weights: true, bias: false });
  const { weights, bias = zeros } = initializers;
  const each = typeof weights === 'function' ? layersOf(net).map(() => weights) : weights;
  if (each.length !== net.L - 1)
    throw new RangeError(`${each.length} initialisers do not fit the ${net.L - 1} matrices of [${net.units}]`);
  if (!net.bias && bias !== zeros) throw new RangeError('a network without bias cannot have its biases initialised');
  return buildParameters(
    net,
    (l, from, to) => {
      const Theta = (each[l - 1] as Initializer)(from, to, random.split(`Theta[${l}]`));
      const columns = bias(from, to, random.split(`b[${l}]`));
      return { Theta, b: Float64Array.from({ length: to }, (_, i) => columns.data[i * from] as number) };
    },
    (_, units) => ({ gamma: new Float64Array(units).fill(1), beta: new Float64Array(units) }),
  );
}

/** A copy that shares no memory. */
export function copyParameters({ Theta, b, gamma, beta }: Parameters): Parameters {
  const copy = (vectors: readonly Float64Array[]) => vectors.map((v) => v.slice());
  return {
    Theta: Theta.map((m) => ({ ...m, data: m.data.slice() })),
    b: copy(b),
    ...(gamma && beta ? { gamma: copy(gamma), beta: copy(beta) } : {}),
  };
}

/** Throws unless the parameters have the network's shape. */
export function checkParameters(net: Network, { Theta, b, gamma, beta }: Parameters): void {
  for (const l of layersOf(net)) {
    const [from, to] = shapeOf(net, l);
    const weights = Theta[l];
    if (weights === undefined || weights.rows !== to || weights.cols !== from)
      throw new RangeError(
        `Theta[${l}] must be ${to}×${from}, not ${weights ? `${weights.rows}×${weights.cols}` : weights}`,
      );
    if (b[l]?.length !== to) throw new RangeError(`b[${l}] must have ${to} entries, not ${b[l]?.length}`);
  }
  normalisedUnits(net).forEach((n, l) => {
    if (n === 0) return;
    for (const [name, of] of Object.entries({ gamma: gamma?.[l], beta: beta?.[l] }))
      if (of?.length !== n) throw new RangeError(`${name}[${l}] must have ${n} entries, not ${of?.length}`);
  });
}
