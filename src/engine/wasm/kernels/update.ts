/**
 * The optimiser's step. Without clipping, the rule is applied to each vector of the gradient as it is finished. With clipping,
 * the gradient is stored first, since the clipping factor depends on all of it.
 */
import type { Optimizer } from '../../optimizers.ts';
import type { Code } from '../assembler/encoding.ts';
import type { Node } from '../assembler/formula-graph.ts';
import { createGraph, functionsOn } from '../assembler/formula-graph.ts';
import type { FunctionReference, Local, Operand } from '../assembler/instructions.ts';
import { call, count, push, set } from '../assembler/instructions.ts';
import { v128 } from '../assembler/lanes.ts';
import type { Frame } from '../assembler/module.ts';
import { emitFormula } from '../assembler/vectorize.ts';
import type { Target } from '../kernels.ts';
import { CLIP_FACTOR, VECTOR } from '../memory-layout.ts';
import type { FinishedGradients, FinishGradients } from './gradient.ts';
import { range } from './tiling.ts';

/** Vectors per iteration. Blocks of parameters are whole cache lines of four vectors. */
const SIDE_BY_SIDE = 4;

/** Code for finished gradients: applies the rule, or stores them if they are to be clipped. */
export function finishOf(target: Target, optimizer: Optimizer): FinishGradients {
  if (optimizer.clipNorm === undefined)
    return (frame, finished, coefficients) => emitRule(target, frame, optimizer, finished, coefficients);
  const { toGradient } = target.layout;
  return (_, { gradients, theta, offsets }) =>
    offsets.map((offset, i) => v128.store(theta, gradients(i), offset + toGradient));
}

/** Defines a function of (the step's coefficients) that updates Θ, b and the optimiser's state with the clipped gradient. */
export function defineClippedUpdate(target: Target, optimizer: Optimizer, limit: number): FunctionReference {
  const { layout, lanes, net, module } = target;
  const { start, biases, norms, end } = layout.parameters;
  const clip = defineClip(target, limit);
  const offsets = range(0, SIDE_BY_SIDE - 1).map((vector) => vector * VECTOR);
  return module.define(['i32'], (frame, coefficients) => {
    const theta = frame.local('i32');
    const gradients = (vector: number): Code =>
      lanes.mul(v128.load(0, CLIP_FACTOR), v128.load(theta, offsets[vector]! + layout.toGradient));
    const part = (from: number, to: number, decays: boolean): Code =>
      count(
        theta,
        from,
        to,
        SIDE_BY_SIDE * VECTOR,
        emitRule(target, frame, optimizer, { gradients, theta, offsets, decays }, coefficients),
      );
    return [
      call(clip),
      part(start, biases, true),
      net.bias ? part(biases, norms, false) : [],
      norms < end ? part(norms, end, false) : [],
    ];
  });
}

/** Applies the rule to vectors of parameters and their optimiser state. */
function emitRule(
  { lanes, constant, layout }: Target,
  frame: Frame,
  optimizer: Optimizer,
  { gradients, theta, offsets, decays }: FinishedGradients,
  coefficients: Local,
): Code {
  return frame.scope(() => {
    const graph = createGraph();
    const known = new Map<Node, (vector: number) => Operand>();
    const input = (name: string, load: (vector: number) => Operand): Node => {
      const node = graph.input(name);
      known.set(node, load);
      return node;
    };
    const parameter = (name: string, distance: number): Node =>
      input(name, (vector) => v128.load(theta, distance + offsets[vector]!));

    const { theta: after, state } = optimizer.rule(functionsOn(graph, lanes.precision), {
      theta: parameter('theta', 0),
      gradient: input('gradient', gradients),
      state: layout.toState.map((distance, k) => parameter(`state ${k}`, distance)),
      coefficients: range(0, optimizer.coefficients(1).cols - 1).map((k) =>
        input(`coefficient ${k}`, () => lanes.spread(coefficients, k * lanes.bytes)),
      ),
      decays,
    });
    const { code, values } = emitFormula({ frame, constant }, lanes, [after, ...state], offsets.length, known);
    const distances = [0, ...layout.toState];
    return [
      code,
      values.map((vectors, r) => vectors.map((value, i) => v128.store(theta, value, distances[r]! + offsets[i]!))),
    ];
  });
}

/**
 * Defines a function that stores the gradient's factor: limit/norm if the norm is greater than the limit, else 1. Squares are
 * summed in the lanes of a vector, row after row, for each matrix and vector of the gradient, and then added.
 */
function defineClip({ module, lanes, constant, layout, net }: Target, limit: number): FunctionReference {
  return module.define([], (frame) => {
    const at = frame.local('i32');
    const [sum, x, total] = frame.locals('v128', 3) as [Local, Local, Local];
    const vectorBytes = (l: number) => Math.ceil((layout.layers[l]!.units * lanes.bytes) / VECTOR) * VECTOR;
    const squares = (address: number, bytes: number): Code => [
      set(sum, v128.zero),
      count(at, address + layout.toGradient, address + layout.toGradient + bytes, VECTOR, [
        set(x, v128.load(at)),
        set(sum, lanes.add(sum, lanes.mul(x, x))),
      ]),
      lanes.width === 4 ? set(sum, lanes.add(sum, lanes.pick(sum, sum, [2, 3, 0, 1]))) : [],
      set(total, lanes.add(total, lanes.add(sum, lanes.pick(sum, sum, lanes.width === 4 ? [1, 0, 3, 2] : [1, 0])))),
    ];
    const graph = createGraph();
    const squared = graph.input('squared norm');
    const norm = graph.sqrt(squared);
    const bound = graph.constant(limit);
    const factor = graph.select(graph.lt(bound, norm), graph.div(bound, norm), graph.constant(1));
    const { code, values } = emitFormula(
      { frame, constant },
      lanes,
      [factor],
      1,
      new Map([[squared, () => push(total)]]),
    );
    return [
      set(total, v128.zero),
      range(1, net.L - 1).map((l) => [
        squares(layout.Theta[l]!.address, layout.Theta[l]!.rows * layout.Theta[l]!.pitch),
        net.bias ? squares(layout.b[l]!, vectorBytes(l + 1)) : [],
      ]),
      range(2, net.L - 1).map((l) =>
        net.layerNorm[l] ? [layout.gamma[l]!, layout.beta[l]!].map((at) => squares(at, vectorBytes(l))) : [],
      ),
      code,
      v128.store(0, values[0]![0]!, CLIP_FACTOR),
    ];
  });
}
