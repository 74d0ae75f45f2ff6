/**
 * Makes every axis and legend label fit. After a layout, finds labels that were hidden, overlap or leave the drawing, and
 * changes the specification for the next layout: labels are wrapped or rotated, legends get more rows, plots with labels
 * along y become higher.
 */
import { type FigureItem, type FigureScene, sceneVisit } from 'vega';
import { FigureError } from '../errors.ts';
import { textWidth } from '../text/metrics.ts';
import { wrapLines } from '../text/wrap.ts';
import {
  isObject,
  type Json,
  scalesIn,
  type VegaAxis,
  type VegaLegend,
  type VegaNode,
  type VegaScale,
} from './vega-spec.ts';

const lineHeight = 14;

/** Whether a label is a number or a range of numbers, some of which may be left out of an axis. */
const isNumeric = (text: string): boolean =>
  /^[−+\-–<>≤≥~≈$€£%\d.,·\s\u00a0⁰¹²³⁴⁵⁶⁷⁸⁹⁻eE]*[kKMGBTmµn%]?$|^null$/.test(text);

const textOf = (item: FigureItem): string => [item.text ?? ''].flat().join(' ');

/** The width of the widest line of some labels. */
const widestLine = (labels: readonly FigureItem[]): number =>
  Math.max(
    ...labels.map((label) =>
      [label.text ?? ''].flat().reduce((most: number, line) => Math.max(most, textWidth(String(line).trim(), 12)), 0),
    ),
  );

/** All items with a role below a group. */
function labelsIn(item: FigureItem, role: string): FigureItem[] {
  const found: FigureItem[] = [];
  const visit = (scene: FigureScene): void => {
    if (scene.role === role) found.push(...scene.items);
    else if (scene.marktype === 'group')
      for (const group of scene.items) for (const child of group.items ?? []) visit(child);
  };
  for (const scene of item.items ?? []) visit(scene);
  return found;
}

class LabelFitter {
  changed = false;
  private readonly figure: string;
  private readonly vega: VegaNode;
  private readonly width: number;

  constructor(figure: string, vega: VegaNode, width: number) {
    this.figure = figure;
    this.vega = vega;
    this.width = width;
  }

  visit(node: VegaNode, group: FigureItem, outer: ReadonlyMap<string, VegaScale>): void {
    const scales = scalesIn(node, outer);
    const children: FigureScene[] = [];
    sceneVisit(group, (scene: FigureScene) => children.push(scene));
    const ordered = group.items ?? children;
    const guides = (role: string) => ordered.filter((scene) => scene.role === role).map((scene) => scene.items[0]);
    guides('axis').forEach((item, i) => {
      const axis = node.axes?.[i];
      if (axis && item) this.axis(axis, item, scales.get(axis.scale));
    });
    this.legends(
      node,
      guides('legend').filter((item) => item !== undefined),
      node === this.vega ? this.width : Math.max(120, Number(group.width) || 0),
    );
    for (const mark of node.marks ?? []) {
      if (mark.type !== 'group') continue;
      for (const scene of ordered)
        if (scene.name === mark.name && scene.marktype === 'group')
          for (const item of scene.items) this.visit(mark, item, scales);
    }
  }

  private axis(axis: VegaAxis, item: FigureItem, scale: VegaScale | undefined): void {
    if (axis.labels === false || axis.labelOverlap !== undefined || axis.values !== undefined) return;
    if (scale?.type !== 'band' && scale?.type !== 'point') return;
    const labels = labelsIn(item, 'axis-label');
    if (labels.length < 1 || labels.every((label) => isNumeric(textOf(label)))) return;
    if (axis.orient === 'left' || axis.orient === 'right') this.fitAlongY(axis, labels, scale);
    else this.fitAlongX(axis, labels);
  }

  /** Labels along x: wrapped, else rotated. */
  private fitAlongX(axis: VegaAxis, labels: readonly FigureItem[]): void {
    if (!labels.some(({ opacity }) => opacity === 0)) return;
    const places = labels.map(({ x = 0 }) => x).sort((a, b) => a - b);
    const step = Math.min(...places.slice(1).map((x, i) => x - places[i]!));
    const inLines = labels.map((label) => wrapLines(textOf(label), step - 5));
    const words = labels.flatMap((label) => textOf(label).split(/\s+/));
    axis.labelOverlap = false;
    this.changed = true;
    if (inLines.every((lines) => lines.length <= 3) && words.every((word) => textWidth(word, 12) <= step - 5)) {
      this.wrap(axis, step - 5);
      return;
    }
    if (step < 12) {
      if (labels.every((label) => typeof label.datum === 'object' && isOrdered((label.datum as Json).value))) {
        axis.labelOverlap = 'greedy';
        return;
      }
      throw new FigureError(
        this.figure,
        `has ${labels.length} names along ${axis.orient === 'top' ? 'the top' : 'x'}, ${Math.round(step)} px each, too narrow to read: put them along y, show fewer, or say that names may be left out (\`axis: {labelOverlap: true}\`)`,
      );
    }
    axis.labelAngle = step < 18 ? -90 : -45;
    axis.labelAlign = axis.orient === 'top' ? 'left' : 'right';
    axis.labelBaseline = step < 18 ? 'middle' : axis.orient === 'top' ? 'bottom' : 'top';
  }

  /** Labels along y: wrapped if they are long, in a plot that is high enough. */
  private fitAlongY(axis: VegaAxis, labels: readonly FigureItem[], scale: VegaScale): void {
    const limit = Math.max(70, 0.36 * this.width);
    const widest = widestLine(labels);
    if (widest > limit * 1.15) {
      this.wrap(axis, limit);
      this.centre(axis);
      this.changed = true;
    }
    const lines = Math.max(
      ...labels.map((label) =>
        widest > limit * 1.15 ? wrapLines(textOf(label), limit).length : [label.text].flat().length,
      ),
    );
    const places = labels.map(({ y = 0 }) => y).sort((a, b) => a - b);
    const step =
      labels.length < 2 ? Number.POSITIVE_INFINITY : Math.min(...places.slice(1).map((y, i) => y - places[i]!));
    const needed = lines * lineHeight + (lines > 1 ? 4 : 0);
    const hidden = labels.some(({ opacity }) => opacity === 0);
    if (!hidden && step >= needed - 1.5) return;
    axis.labelOverlap = false;
    this.changed = true;
    if (step < needed) this.grow(scale, needed / step, needed);
  }

  /** Makes a scale along y longer: its step, or the height of its plot. */
  private grow({ range }: VegaScale, by: number, step: number): void {
    const of =
      isObject(range) && isObject(range.step)
        ? range.step.signal
        : Array.isArray(range)
          ? range.find(isObject)?.signal
          : undefined;
    const isStep = isObject(range);
    const set = (before: number): number => Math.ceil(isStep ? Math.max(before, step) : before * by);
    if (of === 'height' && typeof this.vega.height === 'number') this.vega.height = set(this.vega.height);
    const signal = this.vega.signals?.find(({ name }) => name === of);
    if (signal && typeof signal.value === 'number') signal.value = set(signal.value);
  }

  private wrap(guide: VegaAxis | VegaLegend, width: number): void {
    const update = guide.encode?.labels?.update;
    const own = isObject(update?.text) && typeof update.text.signal === 'string' ? update.text.signal : 'datum.label';
    const text = { signal: `wrappedText(${own}, ${Math.floor(width)})` };
    guide.encode = { ...guide.encode, labels: { ...guide.encode?.labels, update: { ...update, text } } };
  }

  /** Centres labels of several lines at their tick. */
  private centre(axis: VegaAxis): void {
    const update = axis.encode?.labels?.update;
    if (!isObject(update?.text)) return;
    const text = String(update.text.signal);
    update.dy = { signal: `isArray(${text}) ? ${-lineHeight / 2} * (length(${text}) - 1) : 0` };
  }

  private legends(node: VegaNode, items: readonly FigureItem[], maxWidth: number): void {
    const widths = items.map(({ bounds }) => bounds.x2 - bounds.x1);
    items.forEach((item, i) => {
      const legend = node.legends?.[i];
      if (legend === undefined || widths[i]! <= maxWidth + 1) return;
      if (labelsIn(item, 'legend-symbol').length === 0) {
        const length = Math.floor(Math.max(60, maxWidth - 30));
        if (legend.direction === 'vertical' || Number(legend.gradientLength ?? 200) <= length) return;
        legend.gradientLength = length;
        this.changed = true;
        return;
      }
      const labels = labelsIn(item, 'legend-label');
      const widest = widestLine(labels);
      const symbols = labelsIn(item, 'legend-symbol').map(({ bounds }) => bounds.x2 - bounds.x1);
      const entry = widest + Math.max(12, ...symbols) + 6;
      const columns = Math.max(1, Math.floor((maxWidth + 14) / (entry + 14)));
      if (columns >= labels.length || legend.columns === columns) {
        if (entry <= maxWidth) return;
        this.wrap(legend, maxWidth - (entry - widest));
      } else legend.columns = columns;
      this.changed = true;
    });
    const top = items.filter((_, i) =>
      ['top', 'bottom', undefined].includes(node.legends?.[i]?.orient as string | undefined),
    );
    const total = items.reduce((sum, _, i) => sum + Math.min(widths[i]!, maxWidth), 0);
    if (top.length > 1 && total > maxWidth + 1 && this.vega.config !== undefined) {
      const legend = isObject(this.vega.config.legend) ? this.vega.config.legend : {};
      if (legend.layout !== undefined) return;
      const stacked = { direction: 'vertical', anchor: 'start', margin: 12 };
      this.vega.config = { ...this.vega.config, legend: { ...legend, layout: { top: stacked, bottom: stacked } } };
      this.changed = true;
    }
  }
}

const isOrdered = (value: unknown): boolean => typeof value === 'number' || value instanceof Date;

/** Changes a compiled specification so that the labels of its scene fit. Returns whether it has to be laid out again. */
export function fitLabels(figure: string, vega: VegaNode, root: FigureScene, width: number): boolean {
  const fitter = new LabelFitter(figure, vega, width);
  fitter.visit(vega, root.items[0]!, new Map());
  return fitter.changed;
}
