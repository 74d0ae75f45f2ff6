/**
 * Computes a layer's activations from its z, in place, and stores g′(z) where it cannot be computed from a.
 *
 * One pass treats all panels as one row of vectors, several at once. It may run into panels that are computed later, or past
 * the last one.
 */
import type { Activation } from '../../activations.ts';
import type { ConstantLoader } from '../assembler/constants.ts';
import type { Node } from '../assembler/formula-graph.ts';
import { createGraph, functionsOn, schedule } from '../assembler/formula-graph.ts';
import type { FunctionReference } from '../assembler/instructions.ts';
import { advance, i32, repeat } from '../assembler/instructions.ts';
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
