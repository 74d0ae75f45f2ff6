/**
 * Computes a layer's activations from its z, in place, and stores g′(z) where it cannot be computed from a; in the backward
 * pass, multiplies by g′.
 *
 * One pass treats all panels as one row of vectors, several at once. It may run into panels that are computed later, or past
 * the last one.
 */
import type { Activation } from '../../activations.ts';
import type { ConstantLoader } from '../assembler/constants.ts';
import type { Node } from '../assembler/formula-graph.ts';
import { createGraph, functionsOn, schedule } from '../assembler/formula-graph.ts';
import type { FunctionReference } from '../assembler/instructions.ts';
import { advance, i32, repeat, set } from '../assembler/instructions.ts';
import type { Lanes, Precision } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { ModuleBuilder } from '../assembler/module.ts';
import type { NodeLoaders } from '../assembler/vectorize.ts';
import { emitFormula } from '../assembler/vectorize.ts';
import { VECTOR } from '../memory-layout.ts';

/** An activation as a graph. */
export interface ActivationGraph {
  readonly z: Node;
  readonly a: Node;
  readonly slope: Node;
  /** Whether g′ depends on a alone, as for tanh: then it is computed where it is used, else stored in the forward pass. */
  readonly slopeFromA: boolean;
}

export function graphOf(activation: Activation, precision: Precision): ActivationGraph {
  const graph = createGraph();
  const z = graph.input('z');
  const { a, slope } = activation.formula(functionsOn(graph, precision), z);
  return { z, a, slope, slopeFromA: !schedule([slope], (node) => node === a).includes(z) };
}

/** Vectors per iteration: enough independent chains to keep the processor busy. */
export const SIDE_BY_SIDE = 6;

/** Defines a function of (z, where g′ goes, the end of z): z becomes a. */
export function defineActivation(
  module: ModuleBuilder,
  lanes: Lanes,
  constant: ConstantLoader,
  { z, a, slope, slopeFromA }: ActivationGraph,
): FunctionReference {
  return module.define(['i32', 'i32', 'i32'], (frame, values, slopes, end) => {
    const known: NodeLoaders = new Map([[z, (vector) => v128.load(values, vector * VECTOR)]]);
    const results = slopeFromA ? [a] : [a, slope];
    const emitted = emitFormula({ frame, constant }, lanes, results, SIDE_BY_SIDE, known);
    const targets = [values, slopes];
    const bytes = SIDE_BY_SIDE * VECTOR;
    return repeat(
      [
        emitted.code,
        emitted.values.map((vectors, r) => vectors.map((vector, i) => v128.store(targets[r]!, vector, i * VECTOR))),
        advance(values, bytes),
        advance(slopes, bytes),
      ],
      i32.less(values, end),
    );
  });
}

/** Defines a function of (out, e, a or g′, the end of out): out = e ⊙ g′, in a pass like that of the activation. */
export function defineTimesSlope(
  module: ModuleBuilder,
  lanes: Lanes,
  constant: ConstantLoader,
  { a, slope, slopeFromA }: ActivationGraph,
): FunctionReference {
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame, out, errors, stored, end) => {
    const known: NodeLoaders = new Map([[slopeFromA ? a : slope, (vector) => v128.load(stored, vector * VECTOR)]]);
    const { code, values } = emitFormula({ frame, constant }, lanes, [slope], SIDE_BY_SIDE, known);
    // A constant slope is in one local.
    const products = frame.locals('v128', SIDE_BY_SIDE);
    return repeat(
      [
        code,
        products.map((product, i) => set(product, lanes.mul(v128.load(errors, i * VECTOR), values[0]![i]!))),
        products.map((product, i) => v128.store(out, product, i * VECTOR)),
        [out, errors, stored].map((address) => advance(address, SIDE_BY_SIDE * VECTOR)),
      ],
      i32.less(out, end),
    );
  });
}
