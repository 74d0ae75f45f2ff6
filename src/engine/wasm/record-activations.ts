/** Reads recorded z and a from memory, where the forward pass copied them batch by batch. */
import type { Network } from '../network.ts';
import { type Matrix, matrix } from '../numeric/matrix.ts';
import type { Instance } from './instance.ts';
import { activationBytes, activationsAt, panelBytes } from './memory-layout.ts';

/** z or a of all examples in X, recorded at `address`; slots as in `Forward`. */
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
