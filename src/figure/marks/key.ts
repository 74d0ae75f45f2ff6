/** The legend of a binned colour ramp: equal swatches above the plot, labelled with the values at their boundaries. */
import { logLabel } from '../compile/ticks.ts';
import { textWidth } from '../text/metrics.ts';
import type { Layer } from './axis.ts';

const swatch = 12;

/** A boundary as a short label: 0.05, 10⁻⁵, −2. */
export function edgeText(value: number): string {
  const magnitude = Math.abs(value);
  if (value !== 0 && (magnitude < 1e-3 || magnitude >= 1e5)) return logLabel(value, 1e-30, 1);
  return String(Number(value.toPrecision(3))).replace('-', '−');
}

/**
 * The layers of a key, at most `width` pixels wide, `gap` pixels above the y title. `colours` has one more member than
 * `edges`.
 */
export function rampKey(
  title: string,
  edges: readonly number[],
  colours: readonly string[],
  width: number,
  gap = 0,
): Layer[] {
  // Where the key starts, in pixels from the plot's top edge.
  const top = -64 - gap;
  const labels = edges.map(edgeText);
  const needed = Math.max(...labels.map((label) => textWidth(label, 11))) + 8;
  const step = Math.min(64, Math.max(needed, 30), Math.floor(width / colours.length));
  const place = (name: string) => ({ field: name, type: 'quantitative', scale: null });
  return [
    {
      data: { values: [{}] },
      mark: { type: 'text', align: 'left', baseline: 'bottom', fontWeight: 600, text: title },
      encoding: { x: { value: 0 }, y: { value: top } },
    },
    ...colours.map((fill, i) => ({
      data: { values: [{}] },
      mark: { type: 'rect', color: fill, tooltip: null },
      encoding: {
        x: { value: i * step },
        x2: { value: (i + 1) * step },
        y: { value: top + 4 },
        y2: { value: top + 4 + swatch },
      },
    })),
    {
      data: { values: labels.map((label, i) => ({ label, place: (i + 1) * step })) },
      mark: { type: 'text', align: 'center', baseline: 'top', fontSize: 11, dy: 3 },
      encoding: { x: place('place'), y: { value: top + 4 + swatch }, text: { field: 'label', type: 'nominal' } },
    },
  ] as Layer[];
}
