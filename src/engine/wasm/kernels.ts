/**
 * Defines the kernels of a network's layers; layers of the same shape share theirs.
 *
 * V8 can merge two 128-bit instructions to one of 256 bits, if their loads and stores are at neighbouring addresses without a
 * store in between. Kernels therefore do everything in pairs of vectors, and load before they store. What V8 merges is shown by
 * `node --experimental-wasm-revectorize --trace-wasm-revectorize`.
 */
import type { Network } from '../network.ts';
import type { ConstantLoader } from './assembler/constants.ts';
import type { FunctionReference } from './assembler/instructions.ts';
import type { Lanes } from './assembler/lanes.ts';
import type { ModuleBuilder } from './assembler/module.ts';
import type { ActivationGraph } from './kernels/activation.ts';
import { defineActivation, defineTimesSlope } from './kernels/activation.ts';
import type { FinishGradients } from './kernels/gradient.ts';
import { defineGradient, defineVectorGradient } from './kernels/gradient.ts';
import { defineNormalise, defineNormaliseBackward } from './kernels/layer-norm.ts';
import { defineOutput } from './kernels/output.ts';
import { defineProduct } from './kernels/product.ts';
import { defineAdd } from './kernels/residual.ts';
import { defineStripGradient } from './kernels/strip-gradient.ts';
import { defineToStrips } from './kernels/transpose.ts';
import type { Layout, MatrixLayout, PanelLayout } from './memory-layout.ts';

/** What the code of a module is generated from and into. */
export interface Target {
  readonly module: ModuleBuilder;
  readonly lanes: Lanes;
  readonly constant: ConstantLoader;
  readonly layout: Layout;
  readonly net: Network;
  /** Activation formulas by layer l = 2 … L−1. */
  readonly graphs: readonly (ActivationGraph | undefined)[];
}

export interface Kernels {
  /** z^(l+1) = b + Θ a^(l), a function of (Θ, b, a, z, panels). */
  readonly forward: (l: number) => FunctionReference;
  /** a^(l) from z^(l), a function of (z, slopes, end). */
  readonly activation: (l: number) => FunctionReference;
  /** a^(L), the losses and δ^(L), a function of (z, y, δ, masks, panels). */
  readonly output: FunctionReference;
  /** Θᵀ δ^(l+1), a function of (Θ, unused, δ^(l+1), where it goes, panels). */
  readonly errors: (l: number) => FunctionReference;
  /** out = e ⊙ g′, a function of (out, e, a or g′, the end of out). */
  readonly timesSlope: (l: number) => FunctionReference;
  /** ∂J/∂Θ^(l), used by `finish`: a function of (a^(l), δ^(l+1), Θ, the step's coefficients) for some rows and columns. */
  readonly gradient: (l: number, rows: number, columns: number) => FunctionReference;
  /** Fills the strips of layer l, a function of (a^(l)). */
  readonly toStrips: (l: number) => FunctionReference;
  /** Like `gradient` from some strips: a function of (strips, δ^(l+1), Θ at their columns, the step's coefficients). */
  readonly stripGradient: (l: number, strips: number, vectors: 1 | 2) => FunctionReference;
  /** The same for b^(l), and for β^(l+1): a function of (δ^(l+1), unused, b, the step's coefficients). */
  readonly biasGradient: (l: number) => FunctionReference;
  /** x += y, a function of (x, y, end of x). */
  readonly add: () => FunctionReference;
  /** z becomes γẑ + β, a function of (z, ẑ, r, γ, β, panels). */
  readonly normalise: (l: number) => FunctionReference;
  /** δ^(l) = ∂(loss)/∂z from d = ∂(loss)/∂u, a function of (d, ẑ, r, γ, δ, panels). */
  readonly normaliseBackward: (l: number) => FunctionReference;
  /** The gradient of γ^(l), a function of (d, ẑ, γ, the step's coefficients). */
  readonly scaleGradient: (l: number) => FunctionReference;
}

/** The kernels for a target, each defined at its first use; `finish` updates with or stores finished gradients. */
export function kernelsOf({ module, lanes, constant, layout, net, graphs }: Target, finish: FinishGradients): Kernels {
  const defined = new Map<string, FunctionReference>();
  const share = (key: readonly unknown[], define: () => FunctionReference): FunctionReference => {
    const text = key.join(' ');
    const kernel = defined.get(text) ?? define();
    defined.set(text, kernel);
    return kernel;
  };
  const around = (l: number): readonly [from: PanelLayout, Theta: MatrixLayout, to: PanelLayout] => [
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
      return share(['activation', net.activations[l]!.name, graphs[l]!.slopeFromA], () =>
        defineActivation(module, lanes, constant, graphs[l]!),
      );
    },
    output: defineOutput(module, lanes, constant, {
      output: net.output,
      units: layout.layers[net.L]!.units,
      stride: layout.layers[net.L]!.stride,
    }),
    errors(l) {
      const [to, { pitch }, from] = around(l);
      const strides = { unit: lanes.bytes, term: pitch, input: from.stride, output: to.stride };
      return share(['errors', from.units, to.units], () =>
        defineProduct(module, lanes, { units: to.units, terms: from.units, strides, start: 'zero' }),
      );
    },
    timesSlope(l) {
      return share(['times slope', net.activations[l]!.name, graphs[l]!.slopeFromA], () =>
        defineTimesSlope(module, lanes, constant, graphs[l]!),
      );
    },
    gradient(l, rows, columns) {
      const [{ stride: aStride }, { pitch }, { stride: deltaStride }] = around(l);
      return share(['gradient', rows, columns, pitch, aStride, deltaStride], () =>
        defineGradient(module, lanes, { rows, columns, pitch, aStride, deltaStride, panels: layout.panels }, finish),
      );
    },
    toStrips(l) {
      const layer = layout.layers[l]!;
      return share(['to strips', layer.units], () =>
        defineToStrips(module, lanes, layer, layout.panels, layout.strips[l]!),
      );
    },
    stripGradient(l, strips, vectors) {
      const [, { rows, pitch }, { stride: deltaStride }] = around(l);
      const { stride: aStride, sums } = layout.strips[l]!;
      const { panels, partialSums } = layout;
      const shape = { rows, pitch, aStride, deltaStride, panels, strips, vectors, sums, partialSums };
      return share(['strips', rows, pitch, deltaStride, strips, vectors, sums], () =>
        defineStripGradient(module, lanes, shape, finish),
      );
    },
    biasGradient(l) {
      const [, { rows }, to] = around(l);
      return share(['biases', rows], () =>
        defineVectorGradient(module, lanes, { rows, deltaStride: to.stride, panels: layout.panels }, false, finish),
      );
    },
    add: () => share(['add'], () => defineAdd(module, lanes)),
    normalise(l) {
      const layer = layout.layers[l]!;
      return share(['normalise', layer.units], () => defineNormalise(module, lanes, constant, layer));
    },
    normaliseBackward(l) {
      const layer = layout.layers[l]!;
      return share(['normaliseBackward', layer.units], () => defineNormaliseBackward(module, lanes, constant, layer));
    },
    scaleGradient(l) {
      const { units: rows, stride: deltaStride } = layout.layers[l]!;
      return share(['scales', rows], () =>
        defineVectorGradient(module, lanes, { rows, deltaStride, panels: layout.panels }, true, finish),
      );
    },
  };
}
