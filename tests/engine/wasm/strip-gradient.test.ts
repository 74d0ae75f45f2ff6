/**
 * Gradients summed in strips: those of wide inputs in float32 near the reference implementation, for all remainders; the others
 * as the lanes of panels would sum them.
 */
import { expect, test } from 'vitest';
import {
  adam,
  backward,
  createRandom,
  type Data,
  gradientDescent,
  type Matrix,
  network,
  type Parameters,
  softmaxCrossEntropy,
  tanh,
  trainReference,
} from '../../../src/engine/index.ts';
import { readParameters } from '../../../src/engine/wasm/instance.ts';
import { compile } from '../../../src/engine/wasm/instance-cache.ts';
import { range } from '../../../src/engine/wasm/kernels/tiling.ts';
import { PANEL_ROW } from '../../../src/engine/wasm/memory-layout.ts';
import { trainCompiled } from '../../../src/engine/wasm/train-compiled.ts';
import { examples, startOf } from './examples.ts';

const precision = 'float32';

const wide = (columns: number, rows: number) =>
  network({ units: [columns, rows, 3], activation: tanh, output: softmaxCrossEntropy });

const rounded = (m: Matrix): Matrix => ({ ...m, data: Float64Array.from(m.data, Math.fround) });

/** Data and parameters that are numbers in single precision. */
function roundedTraining(net: ReturnType<typeof wide>, m: number): { data: Data; start: Parameters } {
  const { X, Y } = examples(net, m);
  const { Theta, b } = startOf(net);
  return { data: { X: rounded(X), Y }, start: { Theta: Theta.map(rounded), b } };
}

/** The greatest difference, relative to the greatest entry of y. */
function difference(x: Matrix, y: Matrix): number {
  const greatest = (data: Float64Array) => data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return greatest(x.data.map((value, at) => value - y.data[at]!)) / greatest(y.data);
}

test('the gradient is that of the reference implementation, for all remainders of columns, rows and examples', () => {
  const optimizer = gradientDescent({ rate: 0.1, clipNorm: 1 });
  const shapes = [
    ...range(128, 136).map((columns) => [columns, 9, 16] as const),
    ...range(1, 13).map((rows) => [131, rows, 11] as const),
    ...range(1, 26).map((m) => [133, 6, m] as const),
    // More strips than a group holds.
    [150, 7, 1100] as const,
  ];
  for (const [columns, rows, m] of shapes) {
    const net = wide(columns, rows);
    const { data, start } = roundedTraining(net, m);
    trainCompiled(net, start, data, { optimizer, steps: 1, precision });
    const instance = compile({ net, batch: m, optimizer, precision });
    const { parameters, toGradient, strips } = instance.program.layout;
    expect(strips[1]).toBeDefined();
    const compiled = readParameters(instance, net, parameters.start + toGradient);
    const { gradient } = backward(net, start, data.X, data.Y);
    expect(difference(compiled.Theta[1]!, gradient.Theta[1]!), `${columns}, ${rows}, ${m}`).toBeLessThan(2e-6);
  }
});

test('partial sums are those of the lanes of panels, in both precisions', () => {
  // So small a rate that the parameters stay, and with them what the last step left in memory.
  const optimizer = gradientDescent({ rate: Number.MIN_VALUE, clipNorm: 1 });
  for (const precision of ['float32', 'float64'] as const) {
    const round = precision === 'float32' ? Math.fround : (value: number) => value;
    for (const [m, ...units] of [
      [40, 32, 16, 3],
      [33, 45, 37, 18, 2],
      [99, 90, 41, 21, 2],
    ] as const) {
      const net = network({ units, activation: tanh, output: softmaxCrossEntropy });
      trainCompiled(net, startOf(net), examples(net, m), { optimizer, steps: 1, precision });
      const instance = compile({ net, batch: m, optimizer, precision });
      const { layers, panel, panels, parameters, toGradient, strips } = instance.program.layout;
      const { Theta } = readParameters(instance, net, parameters.start + toGradient);
      /** The sums of δ[i] a[j] by lane. */
      const entry = (l: number, i: number, j: number): number => {
        const rowOf = (start: number, stride: number, unit: number, p: number) =>
          instance.numbers(start + p * stride + unit * PANEL_ROW, panel);
        const width = panel / 2;
        const sums = new Array<number>(width).fill(0);
        for (const p of range(0, panels - 1)) {
          const a = rowOf(layers[l]!.a, layers[l]!.stride, j, p);
          const delta = rowOf(layers[l + 1]!.delta, layers[l + 1]!.stride, i, p);
          a.forEach((value, e) => {
            sums[e % width] = round(sums[e % width]! + round(value * delta[e]!));
          });
        }
        const [first, second, third, fourth] = sums as [number, number, number, number];
        const total = width === 2 ? first + second : round(first + third) + round(second + fourth);
        return round(round(total) * round(1 / m));
      };
      for (const l of range(1, units.length - 2)) {
        expect(strips[l] !== undefined).toBe(units[l - 1]! >= 32);
        const { cols, data } = Theta[l]!;
        expect(data.every((g, at) => Object.is(g, entry(l, Math.floor(at / cols), at % cols)))).toBe(true);
      }
    }
  }
});

test('trainings in batches follow the reference implementation, and the padding between rows stays 0', () => {
  for (const columns of [129, 134, 200]) {
    const net = wide(columns, 10);
    const { data, start } = roundedTraining(net, 29);
    const optimizer = adam({ rate: 0.01 });
    const options = () => ({ optimizer, steps: 12, batch: 9, order: createRandom(2) });
    const single = trainCompiled(net, start, data, { ...options(), precision });
    const double = trainReference(net, start, data, options());
    double.J.forEach((J, step) => {
      expect(Math.abs(single.J[step]! / J - 1)).toBeLessThan(1e-4);
    });
    const instance = compile({ net, batch: 9, optimizer, precision });
    const { address, pitch, rows } = instance.program.layout.Theta[1]!;
    for (const i of range(0, rows - 1)) {
      const padding = instance.numbers(address + i * pitch + columns * 4, pitch / 4 - columns);
      expect(padding.every((value) => value === 0)).toBe(true);
    }
  }
});

test('units and inputs that start equal stay equal, in whole strips and in half a strip', () => {
  const net = wide(132, 9);
  const { data, start } = roundedTraining(net, 21);
  const { X, Y } = data;
  const equalInputs = { ...X, data: X.data.map((_, at) => X.data[at - (at % X.cols)]!) };
  const [empty, into, out] = start.Theta as [Matrix, Matrix, Matrix];
  const Theta = [
    empty,
    { ...into, data: into.data.map(() => into.data[0]!) },
    { ...out, data: out.data.map((_, at) => out.data[at - (at % out.cols)]!) },
  ];
  const run = trainCompiled(
    net,
    { Theta, b: start.b },
    { X: equalInputs, Y },
    { optimizer: gradientDescent({ rate: 0.1 }), steps: 100, precision },
  );
  const trained = run.parameters.Theta[1]!.data;
  expect(trained[0]).not.toBe(into.data[0]);
  expect(new Set(trained).size).toBe(1);
});
