/** The output layer: from z and the targets y its activations, its δ and the loss, two vectors of examples at once. */
import type { Output } from '../outputs.ts';
import type { ConstantLoader } from './constants.ts';
import { createGraph, functionsOn } from './formula.ts';
import type { FunctionReference, Operand } from './instructions.ts';
import { advance, count, set } from './instructions.ts';
import type { Lanes } from './lanes.ts';
import { v128 } from './lanes.ts';
import { LOSSES, PANEL_ROW, VECTOR } from './layout.ts';
import type { ModuleBuilder } from './module.ts';
import { emitFormula } from './vectors.ts';

export interface OutputLayer {
  readonly output: Output;
  readonly units: number;
  /** Bytes a panel. */
  readonly stride: number;
}

/**
 * Defines a function of (z, y, δ, masks, panels): z becomes a, and the panels' losses are added to the sums at LOSSES, lane by
 * lane. The masks hide the lanes without an example.
 */
export function defineOutput(
  module: ModuleBuilder,
  lanes: Lanes,
  constant: ConstantLoader,
  { output, units, stride }: OutputLayer,
): FunctionReference {
  const graph = createGraph();
  const z = Array.from({ length: units }, (_, k) => graph.input(`z${k}`));
  const y = Array.from({ length: units }, (_, k) => graph.input(`y${k}`));
  const { a, delta, loss } = output.formula(functionsOn(graph, lanes.precision), z, y);
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (frame, values, targets, deltas, masks, panels) => {
    const panel = frame.local('i32');
    const sum = frame.local('v128');
    const row =
      (address: Operand, k: number) =>
      (vector: number): Operand =>
        v128.load(address, k * PANEL_ROW + vector * VECTOR);
    const known = new Map([
      ...z.map((node, k) => [node, row(values, k)] as const),
      ...y.map((node, k) => [node, row(targets, k)] as const),
    ]);
    const emitted = emitFormula({ frame, constant }, lanes, [...a, ...delta, loss], 2, known);
    const [as, ds] = [emitted.values.slice(0, units), emitted.values.slice(units, 2 * units)];
    const losses = emitted.values.at(-1)!;
    const hidden = (value: Operand, vector: number) => v128.and(value, v128.load(masks, vector * VECTOR));
    return [
      set(sum, v128.load(0, LOSSES)),
      count(panel, 0, panels, 1, [
        emitted.code,
        as.map((vectors, k) => vectors.map((a, v) => v128.store(values, a, k * PANEL_ROW + v * VECTOR))),
        ds.map((vectors, k) => vectors.map((d, v) => v128.store(deltas, hidden(d, v), k * PANEL_ROW + v * VECTOR))),
        losses.map((loss, v) => set(sum, lanes.add(sum, hidden(loss, v)))),
        advance(values, stride),
        advance(targets, stride),
        advance(deltas, stride),
        advance(masks, PANEL_ROW),
      ]),
      v128.store(0, sum, LOSSES),
    ];
  });
}
