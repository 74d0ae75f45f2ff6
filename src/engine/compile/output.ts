/** The output layer: from z and the targets y its activations, its δ and the loss, a panel or two of examples at once. */
import type { Output } from '../outputs.ts';
import type { ConstantLoader } from './constants.ts';
import type { Code } from './encoding.ts';
import { createGraph, functionsOn } from './formula.ts';
import type { FunctionReference, Operand } from './instructions.ts';
import { advance, i32, repeat, set, when } from './instructions.ts';
import type { Lanes } from './lanes.ts';
import { v128 } from './lanes.ts';
import { LOSSES, PANEL_ROW, VECTOR } from './layout.ts';
import type { ModuleBuilder } from './module.ts';
import { range } from './tiling.ts';
import { emitFormula } from './vectors.ts';

/** So few units have too few independent chains in one panel to keep the processor busy: two panels are taken at once. */
const FEW_UNITS = 2;

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
    const sum = frame.local('v128');
    /** The next `together` panels, their vectors side by side. */
    const turn = (together: number): Code =>
      frame.scope(() => {
        const offset = (k: number, vector: number): number =>
          Math.floor(vector / 2) * stride + k * PANEL_ROW + (vector % 2) * VECTOR;
        const row =
          (address: Operand, k: number) =>
          (vector: number): Operand =>
            v128.load(address, offset(k, vector));
        const known = new Map([
          ...z.map((node, k) => [node, row(values, k)] as const),
          ...y.map((node, k) => [node, row(targets, k)] as const),
        ]);
        const emitted = emitFormula({ frame, constant }, lanes, [...a, ...delta, loss], 2 * together, known);
        const [as, ds] = [emitted.values.slice(0, units), emitted.values.slice(units, 2 * units)];
        const losses = emitted.values.at(-1)!;
        const hidden = (value: Operand, vector: number) => v128.and(value, v128.load(masks, vector * VECTOR));
        return [
          emitted.code,
          as.map((vectors, k) => vectors.map((a, v) => v128.store(values, a, offset(k, v)))),
          ds.map((vectors, k) => vectors.map((d, v) => v128.store(deltas, hidden(d, v), offset(k, v)))),
          losses.map((loss, v) => set(sum, lanes.add(sum, hidden(loss, v)))),
          [values, targets, deltas].map((address) => advance(address, together * stride)),
          advance(masks, together * PANEL_ROW),
          set(panels, i32.sub(panels, together)),
        ];
      });
    const most = units <= FEW_UNITS ? 2 : 1;
    return [
      set(sum, v128.load(0, LOSSES)),
      range(1, most)
        .reverse()
        .map((together) => {
          const isLeft = i32.less(together - 1, panels);
          return when(isLeft, repeat(turn(together), isLeft));
        }),
      v128.store(0, sum, LOSSES),
    ];
  });
}
