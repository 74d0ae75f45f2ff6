/** Recorded z and a: a batch's, as the forward pass keeps them, one batch after the other. */
import { type Matrix, matrix } from '../matrix.ts';
import type { Network } from '../network.ts';
import type { Instance } from './instance.ts';
import type { Layout } from './layout.ts';
import { range } from './tiling.ts';

/** Bytes of one layer's panels of a batch. */
const panelBytes = ({ layers, panels }: Layout, l: number): number => panels * layers[l]!.stride;

/** Where z or a of layer l begins among a batch's z[2], a[2], z[3], a[3], …. */
export const activationsAt = (layout: Layout, l: number, kind: 'z' | 'a'): number =>
  range(2, l - 1).reduce((sum, k) => sum + 2 * panelBytes(layout, k), kind === 'a' ? panelBytes(layout, l) : 0);

/** Bytes of all of them. */
export const activationBytes = (layout: Layout): number => activationsAt(layout, layout.layers.length, 'z');

/** z or a of all examples in X, as they were kept at `address`; slots as in `Forward`. */
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
  for (let l = 2; l <= net.L; l++) {
    const values = matrix(X.rows, layout.layers[l]!.units);
    for (let first = 0; first < X.rows; first += batch) {
      const source = address + (first / batch) * activationBytes(layout) + activationsAt(layout, l, kind);
      readPanels(instance, l, source, values, first, Math.min(first + batch, X.rows));
    }
    result.push(values);
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
