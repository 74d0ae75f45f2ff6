/** Layer normalisation forward and backward, a panel of examples at a time: each lane sums over the units of its own example. */
import { inverseDeviation, meanOf, normalisedDelta } from '../../layer-norm.ts';
import type { ConstantLoader } from '../assembler/constants.ts';
import type { Code } from '../assembler/encoding.ts';
import { createGraph, type Graph, type Node } from '../assembler/formula-graph.ts';
import type { FunctionReference, Local, Operand } from '../assembler/instructions.ts';
import { advance, count, i32, set } from '../assembler/instructions.ts';
import type { Lanes } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { Frame, ModuleBuilder } from '../assembler/module.ts';
import { emitFormula } from '../assembler/vectorize.ts';
import { PANEL_ROW, type PanelLayout, VECTOR } from '../memory-layout.ts';

type Shape = Pick<PanelLayout, 'units' | 'stride'>;

/** The two vectors of a panel's row. */
const HALVES = [0, 1] as const;

/** The two vectors of each named local. */
const pairs = (frame: Frame, n: number): Local[][] => Array.from({ length: n }, () => frame.locals('v128', 2));

/** Emits a formula over named inputs for both vectors, and hands each result to `use`. */
function emitPair(
  frame: Frame,
  lanes: Lanes,
  constant: ConstantLoader,
  inputs: Readonly<Record<string, (half: number) => Operand>>,
  formula: (graph: Graph, input: (name: string) => Node) => Node,
  use: (value: Local, half: number) => Code,
): Code {
  return frame.scope(() => {
    const graph = createGraph();
    const result = formula(graph, (name) => graph.input(name));
    const known = new Map(Object.entries(inputs).map(([name, load]) => [graph.input(name), load] as const));
    const { code, values } = emitFormula({ frame, constant }, lanes, [result], 2, known);
    return [code, values[0]!.map(use)];
  });
}

/** Defines a function of (z, ẑ, r, γ, β, panels): z becomes γẑ + β, and ẑ and r are stored. */
export function defineNormalise(
  module: ModuleBuilder,
  lanes: Lanes,
  constant: ConstantLoader,
  { units, stride }: Shape,
): FunctionReference {
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (frame, z, hat, r, gamma, beta, panels) => {
    const [panel, row, scale, shift] = frame.locals('i32', 4) as [Local, Local, Local, Local];
    const [sum, mean, squares, factor, value] = pairs(frame, 5) as [Local[], Local[], Local[], Local[], Local[]];
    const each = (body: (half: 0 | 1) => Code): Code => HALVES.map(body);
    const rows = (body: Code): Code => count(row, 0, units * PANEL_ROW, PANEL_ROW, body);
    const at = (base: Local): Code => i32.add(base, row);
    const load = (half: number): Code => v128.load(at(z), half * VECTOR);
    const centred = (half: number): Code => set(value[half]!, lanes.sub(load(half), mean[half]!));
    const finish = (from: Local[], formula: typeof meanOf, into: Local[]): Code =>
      emitPair(
        frame,
        lanes,
        constant,
        { sum: (half) => [0x20, from[half]!.index] },
        (graph, input) => formula(graph, input('sum'), units),
        (result, half) => set(into[half]!, result),
      );
    return count(panel, 0, panels, 1, [
      each((half) => [set(sum[half]!, v128.zero), set(squares[half]!, v128.zero)]),
      rows(each((half) => set(sum[half]!, lanes.add(sum[half]!, load(half))))),
      finish(sum, meanOf, mean),
      rows(
        each((half) => [
          centred(half),
          set(squares[half]!, lanes.add(squares[half]!, lanes.mul(value[half]!, value[half]!))),
        ]),
      ),
      finish(squares, inverseDeviation, factor),
      each((half) => v128.store(r, factor[half]!, half * VECTOR)),
      set(scale, gamma),
      set(shift, beta),
      rows([
        each((half) => [
          centred(half),
          set(value[half]!, lanes.mul(value[half]!, factor[half]!)),
          v128.store(at(hat), value[half]!, half * VECTOR),
          v128.store(
            at(z),
            lanes.add(lanes.mul(lanes.spread(scale), value[half]!), lanes.spread(shift)),
            half * VECTOR,
          ),
        ]),
        advance(scale, lanes.bytes),
        advance(shift, lanes.bytes),
      ]),
      advance(z, stride),
      advance(hat, stride),
      advance(r, PANEL_ROW),
    ]);
  });
}

/** Defines a function of (d, ẑ, r, γ, δ, panels), where d = ∂(loss)/∂u. */
export function defineNormaliseBackward(
  module: ModuleBuilder,
  lanes: Lanes,
  constant: ConstantLoader,
  { units, stride }: Shape,
): FunctionReference {
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (frame, d, hat, r, gamma, delta, panels) => {
    const [panel, row, scale] = frame.locals('i32', 3) as [Local, Local, Local];
    const [c, mean, along] = pairs(frame, 3) as [Local[], Local[], Local[]];
    const each = (body: (half: 0 | 1) => Code): Code => HALVES.map(body);
    const at = (base: Local): Code => i32.add(base, row);
    const hatAt = (half: number): Code => v128.load(at(hat), half * VECTOR);
    const local = (pair: Local[]) => (half: number) => [0x20, pair[half]!.index];
    /** `body` for each unit, with c = γ d. */
    const rows = (body: Code): Code => [
      set(scale, gamma),
      count(row, 0, units * PANEL_ROW, PANEL_ROW, [
        each((half) => set(c[half]!, lanes.mul(lanes.spread(scale), v128.load(at(d), half * VECTOR)))),
        body,
        advance(scale, lanes.bytes),
      ]),
    ];
    const toMean = (sum: Local[]): Code =>
      emitPair(
        frame,
        lanes,
        constant,
        { sum: local(sum) },
        (graph, input) => meanOf(graph, input('sum'), units),
        (result, half) => set(sum[half]!, result),
      );
    return count(panel, 0, panels, 1, [
      each((half) => [set(mean[half]!, v128.zero), set(along[half]!, v128.zero)]),
      rows(
        each((half) => [
          set(mean[half]!, lanes.add(mean[half]!, c[half]!)),
          set(along[half]!, lanes.add(along[half]!, lanes.mul(c[half]!, hatAt(half)))),
        ]),
      ),
      toMean(mean),
      toMean(along),
      rows(
        emitPair(
          frame,
          lanes,
          constant,
          {
            c: local(c),
            hat: hatAt,
            r: (half) => v128.load(r, half * VECTOR),
            mean: local(mean),
            along: local(along),
          },
          (graph, input) =>
            normalisedDelta(graph, {
              c: input('c'),
              hat: input('hat'),
              r: input('r'),
              mean: input('mean'),
              along: input('along'),
            }),
          (result, half) => v128.store(at(delta), result, half * VECTOR),
        ),
      ),
      [d, hat, delta].map((address) => advance(address, stride)),
      advance(r, PANEL_ROW),
    ]);
  });
}
