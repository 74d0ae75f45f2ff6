/**
 * Formulas as graphs: run on these operations, a formula returns the nodes of its graph instead of numbers. Equal nodes are
 * shared, so that an activation's g and g′ share what they have in common.
 */
import { type Functions, functions } from '../../numeric/elementary.ts';
import type { Ops } from '../../numeric/ops.ts';
import { float32Functions } from './float32-functions.ts';
import type { Precision } from './lanes.ts';

type Operation = Exclude<keyof Ops<unknown, unknown>, 'constant'>;

export type Node =
  | { readonly kind: 'constant'; readonly id: number; readonly value: number }
  | { readonly kind: 'input'; readonly id: number; readonly name: string }
  | {
      readonly kind: 'operation';
      readonly id: number;
      readonly operation: Operation;
      readonly operands: readonly Node[];
    };

export interface Graph extends Ops<Node, Node> {
  /** An input of the formula; one node per name. */
  input(name: string): Node;
}

export function createGraph(): Graph {
  const nodes = new Map<string, Node>();
  const share = (key: string, make: (id: number) => Node): Node => {
    const node = nodes.get(key) ?? make(nodes.size);
    nodes.set(key, node);
    return node;
  };
  const apply =
    (operation: Operation) =>
    (...operands: Node[]): Node =>
      share([operation, ...operands.map((node) => node.id)].join(' '), (id) => ({
        kind: 'operation',
        id,
        operation,
        operands,
      }));
  return {
    input: (name) => share(`input ${name}`, (id) => ({ kind: 'input', id, name })),
    // −0 and 0 are different constants.
    constant: (value) =>
      share(`constant ${Object.is(value, -0) ? '-0' : value}`, (id) => ({ kind: 'constant', id, value })),
    add: apply('add'),
    sub: apply('sub'),
    mul: apply('mul'),
    div: apply('div'),
    sqrt: apply('sqrt'),
    neg: apply('neg'),
    abs: apply('abs'),
    min: apply('min'),
    max: apply('max'),
    lt: apply('lt'),
    le: apply('le'),
    eq: apply('eq'),
    // Selecting 0 where the mask is clear is one instruction instead of three.
    select: (mask, a, b) =>
      b.kind === 'constant' && Object.is(b.value, 0) ? apply('and')(mask, a) : apply('select')(mask, a, b),
    and: apply('and'),
    or: apply('or'),
    shiftUp: apply('shiftUp'),
    shiftDown: apply('shiftDown'),
  };
}

/** The functions that formulas use, on a graph that will be computed in the given precision. */
export const functionsOn = (graph: Graph, precision: Precision): Functions<Node, Node> =>
  precision === 'float64' ? functions(graph) : float32Functions(graph);

/** What a node is computed from. */
export const operandsOf = (node: Node): readonly Node[] => (node.kind === 'operation' ? node.operands : []);

/** All nodes needed for `results`, operands first; the operands of nodes that are known are not needed. */
export function schedule(results: readonly Node[], isKnown: (node: Node) => boolean): readonly Node[] {
  const seen = new Set<Node>();
  const order: Node[] = [];
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (!isKnown(node)) operandsOf(node).forEach(visit);
    order.push(node);
  };
  results.forEach(visit);
  return order;
}
