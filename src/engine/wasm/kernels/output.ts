/** The output layer: computes activations, δ and the loss from z and the targets y, one or two panels of examples at a time. */
import type { Output } from '../../outputs.ts';
import type { ConstantLoader } from '../assembler/constants.ts';
import type { Code } from '../assembler/encoding.ts';
import { createGraph, functionsOn } from '../assembler/formula-graph.ts';
import type { FunctionReference, Operand } from '../assembler/instructions.ts';
import { advance, i32, repeat, set, when } from '../assembler/instructions.ts';
import type { Lanes } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { ModuleBuilder } from '../assembler/module.ts';
import { emitFormula } from '../assembler/vectorize.ts';
import { LOSSES, PANEL_ROW, VECTOR } from '../memory-layout.ts';
import { range } from './tiling.ts';

/** Up to so many units, one panel has too few independent chains to keep the processor busy: two are processed at once. */
const FEW_UNITS = 2;

export interface OutputLayer {
  readonly output: Output;
  readonly units: number;
  /** Bytes a panel. */
  readonly stride: number;
}

/**
 * Defines a function of (z, y, δ, masks, panels): z becomes a, and the losses are added to the sums at LOSSES, lane by
 * lane. The masks clear δ and losses in lanes without an example.
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
        // V8 merges neighbouring loads only if no store lies between them.
        const mask = frame.locals('v128', 2 * together);
        const masked = (value: Operand, vector: number) => v128.and(value, mask[vector]!);
        return [
          emitted.code,
          mask.map((local, vector) => set(local, v128.load(masks, vector * VECTOR))),
          as.map((vectors, k) => vectors.map((a, v) => v128.store(values, a, offset(k, v)))),
          ds.map((vectors, k) => vectors.map((d, v) => v128.store(deltas, masked(d, v), offset(k, v)))),
          losses.map((loss, v) => set(sum, lanes.add(sum, masked(loss, v)))),
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
