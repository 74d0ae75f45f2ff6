/** The graph of a formula: equal nodes are shared, operands come first, and evaluating it gives the formula's values. */
import { describe, expect, test } from 'vitest';
import { numbers } from '../../../src/engine/index.ts';
import {
  createGraph,
  functionsOn,
  type Node,
  operandsOf,
  schedule,
} from '../../../src/engine/wasm/assembler/formula-graph.ts';
import type { Local, ValueType } from '../../../src/engine/wasm/assembler/instructions.ts';
import { lanesOf, v128 } from '../../../src/engine/wasm/assembler/lanes.ts';
import type { Frame } from '../../../src/engine/wasm/assembler/module.ts';
import { emitFormula } from '../../../src/engine/wasm/assembler/vectorize.ts';
import { graphOf } from '../../../src/engine/wasm/kernels/activation.ts';
import { activations } from './examples.ts';

/** The value of a node where its inputs are x. */
function evaluated(node: Node, x: number, known = new Map<Node, unknown>()): unknown {
  const found = known.get(node);
  if (found !== undefined) return found;
  const operate = (operation: string, operands: readonly Node[]) => {
    const values = operands.map((operand) => evaluated(operand, x, known));
    // A comparison sets all bits of a lane or none.
    if (operation === 'and' && typeof values[0] === 'boolean') return values[0] ? values[1] : 0;
    return (numbers as unknown as Record<string, (...values: unknown[]) => unknown>)[operation]!(...values);
  };
  const value =
    node.kind === 'constant' ? node.value : node.kind === 'input' ? x : operate(node.operation, node.operands);
  known.set(node, value);
  return value;
}

describe.each(activations)('$name', (activation) => {
  const { z, a, slope, slopeFromA } = graphOf(activation, 'float64');

  test('its graph computes g and g′, to the last bit', () => {
    for (const x of [-800, -30, -1.5, -1e-9, -0, 0, 1e-9, 0.3, 2, 40, 800]) {
      expect(evaluated(a, x)).toBe(activation.g(x));
      expect(evaluated(slope, x)).toBe(activation.derivative(x));
    }
  });

  test('is scheduled with operands before what takes them, each once', () => {
    const order = schedule([a, slope], () => false);
    expect(new Set(order).size).toBe(order.length);
    expect(order).toContain(a);
    expect(order).toContain(slope);
    order.forEach((node, i) => {
      for (const operand of operandsOf(node)) expect(order.indexOf(operand)).toBeLessThan(i);
    });
    expect(schedule([slope], (node) => node === slope)).toEqual([slope]);
  });

  test('its slope is computed from a where possible', () => {
    expect(schedule([slope], (node) => node === a).includes(z)).toBe(!slopeFromA);
    expect(slopeFromA).toBe(['identity', 'tanh'].includes(activation.name));
  });
});

test('equal nodes are one node, whatever was created in between; −0 and 0 are two', () => {
  const graph = createGraph();
  const [x, y] = [graph.input('x'), graph.input('y')];
  const sum = graph.add(x, y);
  graph.mul(sum, sum);
  expect(graph.add(x, y)).toBe(sum);
  expect(graph.add(y, x)).not.toBe(sum);
  expect(graph.sub(x, y)).not.toBe(sum);
  expect(graph.input('x')).toBe(x);
  expect(graph.constant(2)).toBe(graph.constant(2));
  expect(graph.constant(0)).not.toBe(graph.constant(-0));
  const nodes = [x, y, sum, graph.constant(2), graph.constant(0), graph.constant(-0)];
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
});

test('selecting 0 is a mask, selecting anything else is a select', () => {
  const graph = createGraph();
  const [x, y] = [graph.input('x'), graph.input('y')];
  const mask = graph.lt(x, y);
  expect(graph.select(mask, x, graph.constant(0))).toBe(graph.and(mask, x));
  for (const other of [y, graph.constant(-0), graph.constant(1)])
    expect(graph.select(mask, x, other)).toMatchObject({ operation: 'select', operands: [mask, x, other] });
});

test('each operation is a node of its own name', () => {
  const graph = createGraph();
  const x = graph.input('x');
  for (const operation of ['lt', 'le', 'eq', 'min', 'max', 'div', 'or', 'and'] as const)
    expect(graph[operation](x, x)).toMatchObject({ kind: 'operation', operation, operands: [x, x] });
  for (const operation of ['sqrt', 'neg', 'abs', 'shiftUp', 'shiftDown'] as const)
    expect(graph[operation](x)).toMatchObject({ kind: 'operation', operation, operands: [x] });
});

describe('a formula as instructions', () => {
  const lanes = lanesOf('float64');
  /** The locals that the code for `results` declares, those free at its end, and those that hold the results. */
  const emit = (results: readonly Node[], x: Node) => {
    const declared: Local[] = [];
    const free: Local[] = [];
    const local = (type: ValueType): Local => {
      const known = free.pop();
      if (known !== undefined) return known;
      declared.push({ index: declared.length, type });
      return declared.at(-1)!;
    };
    const frame = {
      local,
      locals: (type: ValueType, n: number) => Array.from({ length: n }, () => local(type)),
      release(given: Local) {
        expect(free).not.toContain(given);
        free.push(given);
      },
    } as unknown as Frame;
    const known = new Map([[x, (vector: number) => v128.load(0, 16 * vector)]]);
    const { values } = emitFormula({ frame, constant: () => [] }, lanes, results, 2, known);
    return { declared, free, values };
  };

  test('needs as many locals as are alive at a time, however long it is', () => {
    const graph = createGraph();
    const x = graph.input('x');
    const chain = (length: number): Node => (length === 0 ? x : graph.mul(graph.add(chain(length - 1), x), x));
    const few = emit([chain(3)], x).declared.length;
    expect(few).toBeGreaterThan(0);
    expect(emit([chain(40)], x).declared).toHaveLength(few);
  });

  test('keeps the locals of its results, also of those that others are computed from', () => {
    const graph = createGraph();
    const x = graph.input('x');
    const square = graph.mul(x, x);
    const results = [square, graph.add(square, x), graph.mul(square, square)];
    const { values, free } = emit(results, x);
    const locals = values.flat();
    expect(new Set(locals).size).toBe(2 * results.length);
    for (const local of locals) expect(free).not.toContain(local);
  });

  test('throws if an input is missing', () => {
    const graph = createGraph();
    const [x, y] = [graph.input('x'), graph.input('y')];
    expect(() => emit([graph.add(x, y)], x)).toThrow(`nothing hands in the input of node ${y.id}`);
  });
});

test('single precision has its own formulas, accurate to its digits', () => {
  const graph = createGraph();
  const f = functionsOn(graph, 'float32');
  const x = graph.input('x');
  for (const at of [0.1, 0.7, 1, 3]) {
    expect(Math.abs((evaluated(f.sqrt(x), at) as number) / Math.sqrt(at) - 1)).toBeLessThan(2 ** -22);
    expect(f.mul(x, x)).toBe(graph.mul(x, x));
  }
  expect(f.constant(1)).toBe(graph.constant(1));
});
