/** Recording z and a: a forward pass over a batch that keeps what `train`'s own passes overwrite. */
import { type Matrix, matrix } from '../matrix.ts';
import type { Network } from '../network.ts';
import type { Instance } from './instance.ts';
import type { FunctionReference } from './instructions.ts';
import { advance, call, copy } from './instructions.ts';
import type { Kernels, Target } from './kernels.ts';
import type { Layout } from './layout.ts';
import { range } from './tiling.ts';

/** Bytes of one layer's panels of a batch. */
const panelBytes = ({ layers, panels }: Layout, l: number): number => panels * layers[l]!.stride;

/** Bytes of a batch's z and a of all layers but the first. */
export const activationBytes = (layout: Layout): number =>
  range(2, layout.layers.length - 1).reduce((sum, l) => sum + 2 * panelBytes(layout, l), 0);

/** Defines a function of (where to): from a[1] of the batch to z[2], a[2], z[3], a[3], …, panels as they lie in memory. */
export function defineObserve({ module, layout, net }: Target, kernels: Kernels): FunctionReference {
  const { layers, Theta, b, panels } = layout;
  return module.define(['i32'], (_, target) =>
    range(2, net.L).map((l) => {
      const { a, slope, delta } = layers[l]!;
      const bytes = panelBytes(layout, l);
      const keep = [copy(target, a, bytes), advance(target, bytes)];
      const activate =
        l < net.L
          ? call(kernels.activation(l), a, slope, a + bytes)
          : call(kernels.output, a, layout.y, delta, layout.masks, panels);
      return [
        call(kernels.forward(l - 1), Theta[l - 1]!.address, b[l - 1]!, layers[l - 1]!.a, a, 0, panels),
        keep,
        activate,
        keep,
      ];
    }),
  );
}

/** z or a of all examples in X, as `observe` left them at `address`, batch after batch; slots as in `Forward`. */
export function readActivations(
  instance: Instance,
  net: Network,
  X: Matrix,
  batch: number,
  address: number,
  kind: 'z' | 'a',
): Matrix[] {
  const { layout } = instance.program;
  const empty = matrix(0, 0);
  const result = [empty, kind === 'a' ? X : empty];
  let offset = address;
  for (let l = 2; l <= net.L; l++) {
    const bytes = panelBytes(layout, l);
    const values = matrix(X.rows, layout.layers[l]!.units);
    for (let first = 0; first < X.rows; first += batch) {
      const source = offset + (first / batch) * activationBytes(layout) + (kind === 'a' ? bytes : 0);
      readPanels(instance, l, source, values, first, Math.min(first + batch, X.rows));
    }
    result.push(values);
    offset += 2 * bytes;
  }
  return result;
}

/** Rows first, …, end − 1 of `values` from the panels of layer l at `address`. */
function readPanels(instance: Instance, l: number, address: number, values: Matrix, first: number, end: number): void {
  const { layout, lanes } = instance.program;
  const { stride, units } = layout.layers[l]!;
  const numbers = instance.numbers(address, panelBytes(layout, l) / lanes.bytes);
  const { data } = values;
  const perUnit = layout.panel;
  for (let row = first, from = 0; row < end; row += perUnit, from += stride / lanes.bytes) {
    const rows = Math.min(perUnit, end - row);
    for (let unit = 0; unit < units; unit++)
      for (let r = 0; r < rows; r++) data[(row + r) * units + unit] = numbers[from + unit * perUnit + r]!;
  }
}
