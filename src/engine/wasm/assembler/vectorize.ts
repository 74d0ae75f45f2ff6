/**
 * Compiles a formula's graph to vector instructions, for several vectors at once: their chains of dependent operations are
 * interleaved, so that the processor works on one while another waits.
 */
import type { ConstantLoader } from './constants.ts';
import type { Code } from './encoding.ts';
import type { Node } from './formula-graph.ts';
import { operandsOf, schedule } from './formula-graph.ts';
import type { Local, Operand } from './instructions.ts';
import { set } from './instructions.ts';
import type { Lanes } from './lanes.ts';
import { binary, unary, v128 } from './lanes.ts';
import type { Frame } from './module.ts';

type Emit = (...operands: Operand[]) => Code;
type Operation = Extract<Node, { kind: 'operation' }>['operation'];

const shift =
  (opcode: number, bits: number) =>
  (a: Operand): Code =>
    binary(opcode)(a, bits);

const OPERATIONS: Record<Operation, { readonly float64: Emit; readonly float32: Emit }> = {
  add: { float64: binary(240) as Emit, float32: binary(228) as Emit },
  sub: { float64: binary(241) as Emit, float32: binary(229) as Emit },
  mul: { float64: binary(242) as Emit, float32: binary(230) as Emit },
  div: { float64: binary(243) as Emit, float32: binary(231) as Emit },
  sqrt: { float64: unary(239) as Emit, float32: unary(227) as Emit },
  neg: { float64: unary(237) as Emit, float32: unary(225) as Emit },
  abs: { float64: unary(236) as Emit, float32: unary(224) as Emit },
  min: { float64: binary(246) as Emit, float32: binary(234) as Emit },
  max: { float64: binary(247) as Emit, float32: binary(235) as Emit },
  lt: { float64: binary(73) as Emit, float32: binary(67) as Emit },
  le: { float64: binary(75) as Emit, float32: binary(69) as Emit },
  eq: { float64: binary(71) as Emit, float32: binary(65) as Emit },
  select: { float64: v128.select as Emit, float32: v128.select as Emit },
  and: { float64: v128.and as Emit, float32: v128.and as Emit },
  or: { float64: v128.or as Emit, float32: v128.or as Emit },
  // Shifts by the width of a significand.
  shiftUp: { float64: shift(203, 52) as Emit, float32: shift(171, 23) as Emit },
  shiftDown: { float64: shift(205, 52) as Emit, float32: shift(173, 23) as Emit },
};

/** The function that a formula's code is part of, and the constants of its module. */
export interface EmitContext {
  readonly frame: Frame;
  readonly constant: ConstantLoader;
}

/** How to load known nodes, among them all inputs, for each of the vectors. */
export type NodeLoaders = ReadonlyMap<Node, (vector: number) => Operand>;

/** The code, and for each result and each vector the local that holds it. */
export interface Emitted {
  readonly code: Code;
  readonly values: readonly (readonly Local[])[];
}

/** The code that computes `results` for `n` vectors at once. */
export function emitFormula(
  place: EmitContext,
  lanes: Lanes,
  results: readonly Node[],
  n: number,
  known: NodeLoaders,
): Emitted {
  const nodes = schedule(results, (node) => known.has(node));

  const locals = new Map<Node, readonly Local[]>();
  const operands = (node: Node): readonly Node[] => (known.has(node) ? [] : operandsOf(node));
  const uses = new Map<Node, number>();
  for (const node of nodes) for (const operand of operands(node)) uses.set(operand, (uses.get(operand) ?? 0) + 1);
  for (const result of results) uses.set(result, Number.POSITIVE_INFINITY);

  const value = (node: Node, vector: number): Operand => {
    const load = known.get(node);
    if (load) return load(vector);
    if (node.kind !== 'operation') throw new Error(`nothing hands in the input of node ${node.id}`);
    const emit = OPERATIONS[node.operation][lanes.precision];
    return emit(...node.operands.map((operand) => locals.get(operand)![vector]!));
  };
  const code = nodes.map((node): Code => {
    if (node.kind === 'constant') {
      const local = place.frame.local('v128');
      locals.set(node, new Array<Local>(n).fill(local));
      return set(local, place.constant(lanes, node.value));
    }
    const own = place.frame.locals('v128', n);
    const line = own.map((local, vector) => set(local, value(node, vector)));
    locals.set(node, own);
    for (const operand of operands(node)) {
      const left = uses.get(operand)! - 1;
      uses.set(operand, left);
      if (left === 0) for (const local of new Set(locals.get(operand))) place.frame.release(local);
    }
    return line;
  });
  return { code, values: results.map((result) => locals.get(result)!) };
}
