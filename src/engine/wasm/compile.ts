/** Compiles a network, a batch size and an optimiser to a WebAssembly module. */
import type { Network } from '../network.ts';
import type { Optimizer } from '../optimizers.ts';
import { constantsOf } from './assembler/constants.ts';
import type { Lanes, Precision } from './assembler/lanes.ts';
import { lanesOf } from './assembler/lanes.ts';
import { ModuleBuilder } from './assembler/module.ts';
import { graphOf } from './kernels/activation.ts';
import type { Layout } from './memory-layout.ts';
import { layOut } from './memory-layout.ts';
import { defineLoop } from './training-loop.ts';

/** What a module is specialised to. The rate and its schedule are not part of it: they are passed to each training. */
export interface Shape {
  readonly net: Network;
  readonly batch: number;
  readonly optimizer: Optimizer;
  readonly precision: Precision;
}

export interface Program {
  readonly module: WebAssembly.Module;
  readonly lanes: Lanes;
  readonly layout: Layout;
}

/** Output units are unrolled, so the code grows with them. */
const MOST_OUTPUTS = 128;

/** Whether the WebAssembly backend supports a network. */
export const canCompile = (net: Network): boolean => net.units.at(-1)! <= MOST_OUTPUTS;

/** Equal keys mean equal modules. */
export function keyOf({ net, batch, optimizer, precision }: Shape): string {
  const activations = net.activations.map((activation) => activation?.name);
  return JSON.stringify([
    net.units,
    net.bias,
    net.residual,
    net.layerNorm,
    activations,
    net.output.name,
    batch,
    optimizer.name,
    optimizer.clipNorm,
    precision,
  ]);
}

/** Bytes of a page of memory. */
export const PAGE = 64 * 1024;

export function assemble({ net, batch, optimizer, precision }: Shape): Program {
  const lanes = lanesOf(precision);
  // What a residual connection adds to a hides g(z), and δ of these layers takes passes of its own: they store g′ and ∂(loss)/∂a.
  const errors = net.activations.map(
    (_, l) => net.layerNorm[l] === true || net.residual[l] === true || net.residual[l + 1] === true,
  );
  const graphs = net.activations.map((activation, l) => {
    const graph = activation && graphOf(activation, precision);
    return graph && errors[l] ? { ...graph, slopeFromA: false } : graph;
  });
  const slopes = graphs.map((graph) => graph !== undefined && !graph.slopeFromA);
  const needed = { slopes, errors, norms: net.layerNorm };
  const layout = layOut(lanes, net.units, batch, needed, {
    gradient: optimizer.clipNorm !== undefined,
    states: optimizer.slots,
  });
  const module = new ModuleBuilder();
  defineLoop({ module, lanes, constant: constantsOf(module), layout, net, graphs }, optimizer);
  return { module: new WebAssembly.Module(module.bytes(Math.ceil(layout.end / PAGE))), lanes, layout };
}
