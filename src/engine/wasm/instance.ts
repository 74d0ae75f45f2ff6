/** An instance of a compiled program: its memory, and how the host reads and writes there. Trainings use it one after the other. */
import { buildParameters, type Network, type Parameters } from '../network.ts';
import type { Matrix } from '../numeric/matrix.ts';
import type { Program } from './compile.ts';
import { PAGE } from './compile.ts';
import { ONE_OVER_M, STEPS_SEEN } from './memory-layout.ts';
import type { RunArguments } from './training-loop.ts';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly gather: (indices: number, X: number, Y: number) => void;
  readonly run: (...args: number[]) => void;
}

type Numbers = Float64Array | Float32Array;

export interface Instance {
  readonly program: Program;
  readonly exports: Exports;
  /** Grows memory to at least `end` bytes. Views created before become unusable. */
  reach(end: number): void;
  /** `length` numbers of the program's precision. */
  numbers(address: number, length: number): Numbers;
  integers(address: number, length: number): Int32Array;
  stepsSeen(): number;
}

export function instantiate(program: Program, batch: number): Instance {
  const { layout, lanes } = program;
  const exports = new WebAssembly.Instance(program.module).exports as unknown as Exports;
  const { memory } = exports;
  const view = lanes.precision === 'float64' ? Float64Array : Float32Array;
  const instance: Instance = {
    program,
    exports,
    reach(end) {
      const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
      if (missing > 0) memory.grow(missing);
    },
    numbers: (address, length) => new view(memory.buffer, address, length),
    integers: (address, length) => new Int32Array(memory.buffer, address, length),
    stepsSeen: () => new Int32Array(memory.buffer, STEPS_SEEN, 1)[0]!,
  };
  instance.numbers(ONE_OVER_M, 1)[0] = 1 / batch;
  const lanesOfAll = layout.panels * layout.panel;
  for (let e = 0; e < lanesOfAll; e++) {
    const words = lanes.bytes / 4;
    instance.integers(layout.masks + e * lanes.bytes, words).fill(e < batch ? -1 : 0);
  }
  return instance;
}

/** Calls the module's `run` with its arguments in order. */
export function run({ exports }: Instance, plan: RunArguments): void {
  const { most, steps, coefficients, indices, X, Y, costs, records, all, batches } = plan;
  exports.run(most, steps, coefficients, indices, X, Y, costs, records, all, batches);
}

/** The addresses of Θ^(l) and b^(l) in a block of parameters that begins at `start`. */
function parameterAddresses({ program: { layout, lanes } }: Instance, l: number, start: number) {
  const shift = start - layout.parameters.start;
  const { address, pitch, rows, columns } = layout.Theta[l]!;
  return {
    row: (i: number) => address + shift + i * pitch,
    rows,
    columns,
    b: layout.b[l]! + shift,
    bytes: lanes.bytes,
  };
}

/** The numbers of γ^(l) and β^(l) in a block of parameters that begins at `start`. */
function normNumbers(instance: Instance, net: Network, l: number, start: number) {
  const { parameters, gamma, beta } = instance.program.layout;
  const at = (address: number) => instance.numbers(address + start - parameters.start, net.units[l - 1]!);
  return { gamma: at(gamma[l]!), beta: at(beta[l]!) };
}

/** Writes the parameters, and sets the optimiser's state to 0. */
export function writeParameters(instance: Instance, net: Network, { Theta, b, gamma, beta }: Parameters): void {
  const { layout, lanes } = instance.program;
  const { start } = layout.parameters;
  instance.numbers(start, (layout.end - start) / lanes.bytes).fill(0);
  for (let l = 1; l < net.L; l++) {
    const { row, rows, columns, b: biases } = parameterAddresses(instance, l, start);
    const { data } = Theta[l]!;
    for (let i = 0; i < rows; i++) instance.numbers(row(i), columns).set(data.subarray(i * columns, (i + 1) * columns));
    instance.numbers(biases, rows).set(b[l]!);
    if (!net.layerNorm[l]) continue;
    const norm = normNumbers(instance, net, l, start);
    norm.gamma.set(gamma![l]!);
    norm.beta.set(beta![l]!);
  }
}

/** The parameters in the block that begins at `start`. */
export function readParameters(instance: Instance, net: Network, start: number): Parameters {
  return buildParameters(
    net,
    (l) => {
      const { row, rows, columns, b } = parameterAddresses(instance, l, start);
      const data = new Float64Array(rows * columns);
      for (let i = 0; i < rows; i++) data.set(instance.numbers(row(i), columns), i * columns);
      const Theta: Matrix = { rows, cols: columns, data };
      return { Theta, b: Float64Array.from(instance.numbers(b, rows)) };
    },
    (l) => {
      const { gamma, beta } = normNumbers(instance, net, l, start);
      return { gamma: Float64Array.from(gamma), beta: Float64Array.from(beta) };
    },
  );
}
