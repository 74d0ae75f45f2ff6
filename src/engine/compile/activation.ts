/**
 * A layer's activations from its z, in place, and its g′(z) where backpropagation cannot have it from a.
 *
 * One pass over the panels as one row of vectors, several at once. The pass may run on into panels that are computed later,
 * or past the last one.
 */
import type { Activation } from '../activations.ts';
import type { ConstantLoader } from './constants.ts';
import type { Node } from './formula.ts';
import { createGraph, functionsOn, schedule } from './formula.ts';
import type { FunctionReference } from './instructions.ts';
import { advance, i32, repeat } from './instructions.ts';
import type { Lanes, Precision } from './lanes.ts';
import { v128 } from './lanes.ts';
import { VECTOR } from './layout.ts';
import type { ModuleBuilder } from './module.ts';
import type { Known } from './vectors.ts';
import { emitFormula } from './vectors.ts';

/** An activation as a graph. */
export interface ActivationGraph {
  readonly z: Node;
  readonly a: Node;
  readonly slope: Node;
  /** Whether g′ takes only a, as with tanh: it is then computed where it is used, and otherwise stored in the forward pass. */
  readonly slopeFromA: boolean;
}

export function graphOf(activation: Activation, precision: Precision): ActivationGraph {
  const graph = createGraph();
  const z = graph.input('z');
  const { a, slope } = activation.formula(functionsOn(graph, precision), z);
  return { z, a, slope, slopeFromA: !schedule([slope], (node) => node === a).includes(z) };
}

/** Vectors a turn: enough independent chains to keep the processor busy. */
export const SIDE_BY_SIDE = 6;

/** Defines a function of (z, where g′ goes, the end of z): z becomes a. */
export function defineActivation(
  module: ModuleBuilder,
  lanes: Lanes,
  constant: ConstantLoader,
  { z, a, slope, slopeFromA }: ActivationGraph,
): FunctionReference {
  return module.define(['i32', 'i32', 'i32'], (frame, values, slopes, end) => {
    const known: Known = new Map([[z, (vector) => v128.load(values, vector * VECTOR)]]);
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
