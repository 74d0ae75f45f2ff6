/** The optimiser's step: its rule on all parameters, vector by vector, the gradient first clipped if asked. */
import type { Optimizer } from '../optimizers.ts';
import type { Code } from './encoding.ts';
import type { Node } from './formula.ts';
import { createGraph, functionsOn } from './formula.ts';
import type { FunctionReference, Local, Operand } from './instructions.ts';
import { count, push, set } from './instructions.ts';
import type { Target } from './kernels.ts';
import { v128 } from './lanes.ts';
import { CLIP_FACTOR, VECTOR } from './layout.ts';
import type { Frame } from './module.ts';
import { range } from './tiling.ts';
import { emitFormula } from './vectors.ts';

/** Vectors a turn. Blocks of parameters are whole cache lines of four vectors. */
const SIDE_BY_SIDE = 4;

/** Defines a function of (the step's coefficients) that takes Θ, b and the optimiser's numbers a step further. */
export function defineUpdate(target: Target, optimizer: Optimizer): FunctionReference {
  const { start, biases, end } = target.layout.parameters;
  return target.module.define(['i32'], (frame, coefficients) => {
    const theta = frame.local('i32');
    const part = (from: number, to: number, decays: boolean): Code =>
      count(theta, from, to, SIDE_BY_SIDE * VECTOR, emitRule(target, frame, optimizer, theta, coefficients, decays));
    return [part(start, biases, true), target.net.bias ? part(biases, end, false) : []];
  });
}

function emitRule(
  { lanes, constant, layout }: Target,
  frame: Frame,
  optimizer: Optimizer,
  theta: Local,
  coefficients: Local,
  decays: boolean,
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
      input(name, (vector) => v128.load(theta, distance + vector * VECTOR));

    const gradient = parameter('gradient', layout.toGradient);
    const { theta: after, state } = optimizer.rule(functionsOn(graph, lanes.precision), {
      theta: parameter('theta', 0),
      gradient:
        optimizer.clipNorm === undefined
          ? gradient
          : graph.mul(
              input('factor', () => v128.load(0, CLIP_FACTOR)),
              gradient,
            ),
      state: layout.toState.map((distance, k) => parameter(`state ${k}`, distance)),
      coefficients: range(0, optimizer.coefficients(1).cols - 1).map((k) =>
        input(`coefficient ${k}`, () => lanes.spread(coefficients, k * lanes.bytes)),
      ),
      decays,
    });
    const { code, values } = emitFormula({ frame, constant }, lanes, [after, ...state], SIDE_BY_SIDE, known);
    const distances = [0, ...layout.toState];
    return [
      code,
      values.map((vectors, r) => vectors.map((value, i) => v128.store(theta, value, distances[r]! + i * VECTOR))),
    ];
  });
}

/**
 * Defines a function that stores what the gradient is to be multiplied by: limit/norm if the norm is longer than the limit, else
 * 1. The norm's squares are summed in the lanes of a vector, row after row, and its matrices and vectors one after the other.
 */
export function defineClip({ module, lanes, constant, layout, net }: Target, limit: number): FunctionReference {
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
