/** All marks that a figure draws, after a look at each row: Vega would put one that cannot be drawn at zero, or leave it out. */
import { field as accessor, type FigureScene } from 'vega';
import { discreteScales, invalidValueProblem, unprojectedMessage } from '../compile/invalid-values.ts';
import { channelNames, channelSources, type LeafMark, leafMarks } from '../compile/leaf-marks.ts';
import { checkInsidePlot } from '../compile/outside-plot.ts';
import { isObject, type Json, type VegaScale } from '../compile/vega-spec.ts';
import { FigureError } from '../errors.ts';
import { DataReader, type LaidOutFigure } from './drawn-data.ts';
import type { Row } from './rows.ts';
import type { Unit } from './units.ts';

/** How an author wants invalid values handled. */
export type InvalidHandling = {
  /** Whether the specification sets `invalid`. Vega-Lite then makes null a category of its own. */
  readonly invalid: boolean;
  /** The channels for which the author has set how invalid values look. */
  readonly shown: ReadonlySet<string>;
};

/** The rows at which a path has breaks. */
function rowsAtBreaks(scenes: readonly FigureScene[]): Set<unknown> {
  const rows = new Set<unknown>();
  for (const scene of scenes) for (const item of scene.items) if (item.defined === false) rows.add(item.datum);
  return rows;
}

/** Throws for the first row whose category the author's domain of a scale leaves out; Vega would draw it over another. */
function checkDomains(figure: string, { mark, scales }: LeafMark, rows: readonly Row[]): void {
  for (const rule of Object.values(mark.encode?.update ?? {})) {
    if (!isObject(rule) || rule.test !== undefined) continue;
    for (const { scale: name, field } of channelSources(rule)) {
      const { type = '', domain } = scales.get(name ?? '') ?? {};
      if (field === undefined || !discreteScales.includes(type) || !Array.isArray(domain)) continue;
      if (domain.some((each) => isObject(each))) continue;
      const shown = new Set(domain.map(String));
      const read = accessor(field) as unknown as (row: Row) => unknown;
      rows.forEach((row, i) => {
        const value = read(row);
        if (value === null || value === undefined || value instanceof Date || shown.has(String(value))) return;
        throw new FigureError(
          figure,
          `row ${i} of ${rows.length} has ${JSON.stringify(value)}, which the domain of its scale leaves out: ${[...shown].join(', ')}; add it, or leave such rows out (\`transform: [{filter: …}]\`)`,
          field.replace(/\\(.)/g, '$1'),
        );
      });
    }
  }
}

/** Throws for the first row that a mark cannot draw. */
function checkRows(reader: DataReader, leaf: LeafMark, handling: InvalidHandling): void {
  const { mark, scales } = leaf;
  const used = new Map<string, { scale: VegaScale | undefined; paths: boolean }>();
  for (const [property, rule] of Object.entries({
    ...(mark.encode?.enter as Json | undefined),
    ...mark.encode?.update,
  })) {
    if (['tooltip', 'defined', 'description', 'href', 'cursor', 'zindex', 'text'].includes(property)) continue;
    if (handling.shown.has(channelNames[property] ?? property)) continue;
    for (const { scale: name, field } of channelSources(rule)) {
      if (field === undefined) continue;
      const scale = name === undefined ? undefined : scales.get(name);
      const before = used.get(field);
      if (before === undefined || (scale && discreteScales.includes(before.scale?.type ?? 'band')))
        used.set(field, { scale, paths: false });
      const stem = /^(.*)_(end|start)$/.exec(field)?.[1];
      if (stem !== undefined && reader.stacked.has(field) && !used.has(stem)) used.set(stem, { scale, paths: false });
    }
  }
  const text = mark.type === 'text' ? reader.reading.encodings.get(mark.name ?? '')?.text : undefined;
  if (
    isObject(text) &&
    typeof text.field === 'string' &&
    text.aggregate === undefined &&
    text.bin === undefined &&
    text.timeUnit === undefined
  )
    used.set(text.field, { scale: undefined, paths: false });
  if (used.size === 0) return;
  const rows = reader.rows(leaf);
  checkDomains(reader.figure, leaf, rows);
  const hasBreaks = mark.encode?.update?.defined !== undefined;
  const breaks = hasBreaks ? rowsAtBreaks(reader.scenes.get(mark.name ?? '') ?? []) : new Set<unknown>();
  for (const [field, { scale }] of used) {
    const read = accessor(field) as unknown as (row: Row) => unknown;
    const type =
      scale?.type === 'threshold' || scale?.type === undefined ? (scale === undefined ? 'none' : 'linear') : scale.type;
    rows.forEach((row, i) => {
      const value = read(row);
      const wrong = invalidValueProblem(value, type);
      if (wrong === undefined || breaks.has(row)) return;
      if (
        (value === null || value === undefined) &&
        handling.invalid &&
        (type === 'none' || discreteScales.includes(type))
      )
        return;
      const place = reader.projected.get(field);
      if (place !== undefined)
        throw new FigureError(
          reader.figure,
          unprojectedMessage(`row ${i} of ${rows.length}`, JSON.stringify(row)),
          place,
        );
      const plain = field.replace(/\\(.)/g, '$1');
      // Of the ends of a stack, the column that its author gave.
      const name = reader.stacked.has(plain) ? plain.replace(/_(start|end)$/, '') : plain;
      throw new FigureError(reader.figure, wrong(`row ${i} of ${rows.length}`, `${JSON.stringify(row)}`), name);
    });
  }
}

/** All marks that a figure draws, in drawing order. Throws a `FigureError` for a row that cannot be drawn. */
export function readUnits(figure: string, reading: LaidOutFigure, handling: InvalidHandling): Unit[] {
  const reader = new DataReader(figure, reading);
  const all = leafMarks(reading.vega, new Map(), []).filter(({ mark }) => mark.name !== undefined);
  for (const leaf of all) {
    checkRows(reader, leaf, handling);
    checkInsidePlot(figure, leaf, reader.scenes.get(leaf.mark.name ?? '') ?? []);
  }
  return all.map((leaf) => reader.unit(leaf));
}
