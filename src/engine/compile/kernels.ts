/** The kernels of a network's layers; layers of the same shape share theirs. */
import type { Network } from '../network.ts';
import type { ActivationGraph } from './activation.ts';
import { defineActivation } from './activation.ts';
import type { ConstantLoader } from './constants.ts';
import type { Finish } from './gradient.ts';
import { defineBiasGradient, defineGradient } from './gradient.ts';
import type { FunctionReference } from './instructions.ts';
import type { Lanes } from './lanes.ts';
import { v128 } from './lanes.ts';
import type { Layout, Matrix, Panels } from './layout.ts';
import type { ModuleBuilder } from './module.ts';
import { defineOutput } from './output.ts';
import { defineProduct } from './product.ts';
import { defineStripGradient } from './stripGradient.ts';
import { emitFormula } from './vectors.ts';

/** What all parts of a module's code are made for. */
export interface Target {
  readonly module: ModuleBuilder;
  readonly lanes: Lanes;
  readonly constant: ConstantLoader;
  readonly layout: Layout;
  readonly net: Network;
  /** By layer l = 2 … L−1. */
  readonly graphs: readonly (ActivationGraph | undefined)[];
}

export interface Kernels {
  /** z^(l+1) = b + Θ a^(l), of (Θ, b, a, z, any, panels). */
  readonly forward: (l: number) => FunctionReference;
  /** a^(l) from z^(l), of (z, slopes, end). */
  readonly activation: (l: number) => FunctionReference;
  /** Of (z, y, δ, masks, panels). */
  readonly output: FunctionReference;
  /** δ^(l) = (Θᵀ δ^(l+1)) ⊙ g′, of (Θ, any, δ^(l+1), δ^(l), what g′ is had from, panels). */
  readonly backward: (l: number) => FunctionReference;
  /** ∂J/∂Θ^(l) and what becomes of it, of (a^(l), δ^(l+1), Θ, the step's coefficients), for so many of its rows. */
  readonly gradient: (l: number, rows: number) => FunctionReference;
  /** The same for Θ^(1) from strips, of (strips, δ^(2), Θ at their columns, the step's coefficients), for so many of them. */
  readonly stripGradient: (strips: number, vectors: 1 | 2) => FunctionReference;
  /** ∂J/∂b^(l) and what becomes of it, of (δ^(l+1), b, the step's coefficients). */
  readonly biasGradient: (l: number) => FunctionReference;
}

export function kernelsOf({ module, lanes, constant, layout, net, graphs }: Target, finish: Finish): Kernels {
  const defined = new Map<string, FunctionReference>();
  const share = (key: readonly unknown[], define: () => FunctionReference): FunctionReference => {
    const text = key.join(' ');
    const kernel = defined.get(text) ?? define();
    defined.set(text, kernel);
    return kernel;
  };
  const around = (l: number): readonly [from: Panels, Theta: Matrix, to: Panels] => [
    layout.layers[l]!,
    layout.Theta[l]!,
    layout.layers[l + 1]!,
  ];
  return {
    forward(l) {
      const [from, { pitch }, to] = around(l);
      const strides = { unit: pitch, term: lanes.bytes, input: from.stride, output: to.stride };
      return share(['forward', from.units, to.units], () =>
        defineProduct(module, lanes, { units: to.units, terms: from.units, strides, start: 'bias' }),
      );
    },
    activation(l) {
      return share(['activation', net.activations[l]!.name], () =>
        defineActivation(module, lanes, constant, graphs[l]!),
      );
    },
    output: defineOutput(module, lanes, constant, {
      output: net.output,
      units: layout.layers[net.L]!.units,
      stride: layout.layers[net.L]!.stride,
    }),
    backward(l) {
      const [to, { pitch }, from] = around(l);
      const strides = { unit: lanes.bytes, term: pitch, input: from.stride, output: to.stride };
      const { a, slope, slopeFromA } = graphs[l]!;
      return share(['backward', from.units, to.units, net.activations[l]!.name], () =>
        defineProduct(module, lanes, {
          units: to.units,
          terms: from.units,
          strides,
          start: 'zero',
          finish(frame, sum, at, offset) {
            const known = new Map([[slopeFromA ? a : slope, () => v128.load(at, offset)]]);
            const { code, values } = emitFormula({ frame, constant }, lanes, [slope], 1, known);
            return [code, lanes.mul(sum, values[0]![0]!)];
          },
        }),
      );
    },
    gradient(l, rows) {
      const [from, { columns, pitch }, to] = around(l);
      return share(['gradient', rows, columns, pitch, from.stride, to.stride], () =>
        defineGradient(
          module,
          lanes,
          { rows, columns, pitch, aStride: from.stride, deltaStride: to.stride, panels: layout.panels },
          finish,
        ),
      );
    },
    stripGradient(strips, vectors) {
      const [, { rows, pitch }, { stride: deltaStride }] = around(1);
      const aStride = layout.strips!.stride;
      return share(['strips', strips, vectors], () =>
        defineStripGradient(
          module,
          lanes,
          { rows, pitch, aStride, deltaStride, panels: layout.panels, strips, vectors },
          finish,
        ),
      );
    },
    biasGradient(l) {
      const [, { rows }, to] = around(l);
      return share(['biases', rows], () =>
        defineBiasGradient(module, lanes, { rows, deltaStride: to.stride, panels: layout.panels }, finish),
      );
    },
  };
}
