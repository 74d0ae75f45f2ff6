/** A multilayer perceptron: layers l = 1…L of units, an activation for each hidden layer, an output with its loss, and their parameters. */
import type { Activation } from './activations.ts';
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
}

/**
 * Weights and biases by layer: Theta[l] and b[l], l = 1…L−1, take layer l to l+1. Theta[l] has a row for each unit of
 * layer l+1 and a column for each of layer l. Slot 0 is empty, so that indices are those of the articles.
 */
export interface Parameters {
  readonly Theta: readonly Matrix[];
  readonly b: readonly Float64Array[];
}

/**
 * A network of the given layer sizes. `activation` is one for all hidden layers or one for each; `bias` is true by
 * default. Throws on sizes that are not positive integers and on a wrong number of activations.
 */
export function network(options: {
  units: readonly number[];
  activation: Activation | readonly Activation[];
  output: Output;
  bias?: boolean;
}): Network {
  const { units, activation, output, bias = true } = options;
  const L = units.length;
  if (L < 2) throw new RangeError(`a network needs an input and an output layer, not units [${units}]`);
  const wrong = units.find((n) => !Number.isInteger(n) || n < 1);
  if (wrong !== undefined) throw new RangeError(`a layer cannot have ${wrong} units, as in [${units}]`);
  const hidden = 'name' in activation ? new Array<Activation>(L - 2).fill(activation) : activation;
  if (hidden.length !== L - 2)
    throw new RangeError(`${hidden.length} activations do not fit the ${L - 2} hidden layers of [${units}]`);
  return { units: [...units], L, activations: [undefined, undefined, ...hidden], output, bias };
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

/** Parameters of the network's shape, built layer by layer; slot 0 is empty. */
export function buildParameters(
  net: Network,
  build: (l: number, from: number, to: number) => { Theta: Matrix; b: Float64Array },
): Parameters {
  const layers = layersOf(net).map((l) => build(l, ...shapeOf(net, l)));
  return {
    Theta: [matrix(0, 0), ...layers.map((layer) => layer.Theta)],
    b: [new Float64Array(0), ...layers.map((layer) => layer.b)],
  };
}

/**
 * Starting parameters. `weights` is one initialiser or one for each Theta[l]; `bias` (zeros by default) draws a
 * matrix like Theta[l], whose first column becomes b[l]. Each Theta[l] and b[l] has its own random stream, so that changing
 * one layer does not change the others.
 */
export function initialise(
  net: Network,
  initializers: { weights: Initializer | readonly Initializer[]; bias?: Initializer },
  random: Random,
): Parameters {
  const { weights, bias = zeros } = initializers;
  const each = typeof weights === 'function' ? layersOf(net).map(() => weights) : weights;
  if (each.length !== net.L - 1)
    throw new RangeError(`${each.length} initialisers do not fit the ${net.L - 1} matrices of [${net.units}]`);
  if (!net.bias && bias !== zeros) throw new RangeError('a network without bias cannot have its biases initialised');
  return buildParameters(net, (l, from, to) => {
    const Theta = (each[l - 1] as Initializer)(from, to, random.split(`Theta[${l}]`));
    const columns = bias(from, to, random.split(`b[${l}]`));
    return { Theta, b: Float64Array.from({ length: to }, (_, i) => columns.data[i * from] as number) };
  });
}

/** A copy that shares no memory. */
export function copyParameters({ Theta, b }: Parameters): Parameters {
  return { Theta: Theta.map((m) => ({ ...m, data: m.data.slice() })), b: b.map((v) => v.slice()) };
}

/** Throws unless the parameters have the network's shape. */
export function checkParameters(net: Network, { Theta, b }: Parameters): void {
  for (const l of layersOf(net)) {
    const [from, to] = shapeOf(net, l);
    const weights = Theta[l];
    if (weights === undefined || weights.rows !== to || weights.cols !== from)
      throw new RangeError(
        `Theta[${l}] must be ${to}×${from}, not ${weights ? `${weights.rows}×${weights.cols}` : weights}`,
      );
    if (b[l]?.length !== to) throw new RangeError(`b[${l}] must have ${to} entries, not ${b[l]?.length}`);
  }
}
