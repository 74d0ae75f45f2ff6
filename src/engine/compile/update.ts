/**
 * The optimiser's step. A gradient that is not clipped goes through the rule vector by vector as it is finished; one that may be is
 * stored, since the factor depends on all of it, and goes through the rule after the last.
 */
import type { Optimizer } from '../optimizers.ts';
import type { Code } from './encoding.ts';
import type { Node } from './formula.ts';
import { createGraph, functionsOn } from './formula.ts';
import type { Finish, Finished } from './gradient.ts';
import type { FunctionReference, Local, Operand } from './instructions.ts';
import { call, count, push, set } from './instructions.ts';
import type { Target } from './kernels.ts';
import { v128 } from './lanes.ts';
import { CLIP_FACTOR, VECTOR } from './layout.ts';
import type { Frame } from './module.ts';
import { range } from './tiling.ts';
import { emitFormula } from './vectors.ts';

/** Vectors a turn. Blocks of parameters are whole cache lines of four vectors. */
const SIDE_BY_SIDE = 4;

/** What becomes of finished gradients. */
export function finishOf(target: Target, optimizer: Optimizer): Finish {
  if (optimizer.clipNorm === undefined)
    return (frame, finished, coefficients) => emitRule(target, frame, optimizer, finished, coefficients);
  const { toGradient } = target.layout;
  return (_, { gradients, theta, offsets }) =>
    offsets.map((offset, i) => v128.store(theta, gradients(i), offset + toGradient));
}

/** Defines a function of (the step's coefficients) that takes Θ, b and the optimiser's numbers along the clipped gradient. */
export function defineClippedUpdate(target: Target, optimizer: Optimizer, limit: number): FunctionReference {
  const { layout, lanes, net, module } = target;
  const { start, biases, end } = layout.parameters;
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
    return [call(clip), part(start, biases, true), net.bias ? part(biases, end, false) : []];
  });
}

/** Takes parameters and the optimiser's numbers for them a step further. */
function emitRule(
  { lanes, constant, layout }: Target,
  frame: Frame,
  optimizer: Optimizer,
  { gradients, theta, offsets, decays }: Finished,
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
 * Defines a function that stores what the gradient is to be multiplied by: limit/norm if the norm is longer than the limit, else
 * 1. The norm's squares are summed in the lanes of a vector, row after row, and its matrices and vectors one after the other.
 */
function defineClip({ module, lanes, constant, layout, net }: Target, limit: number): FunctionReference {
  return module.define([], (frame) => {
    const at = frame.local('i32');
    const [sum, x, total] = frame.locals('v128', 3) as [Local, Local, Local];
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
        net.bias ? squares(layout.b[l]!, Math.ceil((layout.layers[l + 1]!.units * lanes.bytes) / VECTOR) * VECTOR) : [],
      ]),
      code,
      v128.store(0, values[0]![0]!, CLIP_FACTOR),
    ];
  });
}
