/**
 * Calls each kernel of a network once and prints the kernels' names by function, as a program of its own: run with
 * `--no-liftoff --experimental-wasm-revectorize --trace-wasm-revectorize`, V8 prints what it merges in each. Argument: the
 * precision.
 */
import { gradientDescent, network, softmaxCrossEntropy, tanh } from '../../../src/engine/index.ts';
import { constantsOf } from '../../../src/engine/wasm/assembler/constants.ts';
import { lanesOf, type Precision } from '../../../src/engine/wasm/assembler/lanes.ts';
import { ModuleBuilder } from '../../../src/engine/wasm/assembler/module.ts';
import { graphOf } from '../../../src/engine/wasm/kernels/activation.ts';
import { finishOf } from '../../../src/engine/wasm/kernels/update.ts';
import { kernelsOf } from '../../../src/engine/wasm/kernels.ts';
import { layOut } from '../../../src/engine/wasm/memory-layout.ts';

const precision = process.argv[2] as Precision;
const lanes = lanesOf(precision);
const net = network({ units: [64, 96, 96, 8], activation: tanh, output: softmaxCrossEntropy });
const graphs = net.activations.map((activation) => activation && graphOf(activation, precision));
const layout = layOut(lanes, net.units, 128, { slopes: [] }, { gradient: false, states: 0 });
const module = new ModuleBuilder();
const target = { module, lanes, constant: constantsOf(module), layout, net, graphs };
const kernels = kernelsOf(target, finishOf(target, gradientDescent({ rate: 0.1 })));
const all = {
  forward: kernels.forward(2),
  activation: kernels.activation(2),
  output: kernels.output,
  errors: kernels.errors(2),
  timesSlope: kernels.timesSlope(2),
  stripGradient: kernels.stripGradient(2, 4, 2),
  gradient: kernels.gradient(3, 8, 96),
  biasGradient: kernels.biasGradient(2),
};
for (const [name, kernel] of Object.entries(all)) module.export(name, kernel);
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes(Math.ceil(layout.end / 65536) + 1)));
// What they compute does not matter.
for (const name of Object.keys(all)) (exports[name] as (...args: number[]) => void)(8192, 8192, 8192, 8192, 1);
console.log(
  `\nKERNELS ${JSON.stringify(Object.fromEntries(Object.entries(all).map(([k, f]) => [k, f.functionIndex])))}`,
);
