/** Joins the two channels of a range (`x` and `x2`), the ends of bins and of time units, into one. */
import { words } from '../../i18n/index.ts';
import type { Row } from '../describe/rows.ts';
import type { Channel } from '../describe/units.ts';
import { type LeafMark, markName, type Source } from './leaf-marks.ts';
import { isObject, type Json } from './vega-spec.ts';

/** The name of a column without the backslashes of dots and brackets. */
const plain = (field: string): string => field.replace(/\\(.)/g, '$1');

/** Joins the channels of both ends: of a stacked value to the value, of a bin to its start, of a box to its quartiles. */
export function joinRangeChannels(
  { mark }: LeafMark,
  channels: Record<string, Channel>,
  [main, end]: readonly [main: string, end: string],
  rows: readonly Row[],
  stacked: ReadonlySet<string>,
): void {
  const [a, b] = [channels[main], channels[end]];
  if (a?.field === undefined) return;
  if (b === undefined) {
    // A line along the top of a stacked area.
    const valueField = /^(.*)_end$/.exec(a.field)?.[1];
    if (valueField !== undefined && stacked.has(plain(a.field)))
      channels[main] = {
        ...a,
        field: valueField,
        title: a.title.replace(/_end$/, ''),
        stack: [`${plain(valueField)}_start`, `${plain(valueField)}_end`],
      };
    return;
  }
  if (b.field === undefined) return;
  if (a.field.startsWith('lower_box_') && b.field.startsWith('upper_box_') && markName(mark) === 'bar') {
    channels[main] = { ...a, title: words.describe.quartiles(a.title), upTo: b.field };
    delete channels[end];
    return;
  }
  // An error bar or band.
  if (a.field.startsWith('lower_') && b.field === a.field.replace('lower_', 'upper_')) {
    channels[main] = { ...a, upTo: b.field };
    delete channels[end];
    return;
  }
  const [from, to] = a.field.length < b.field.length ? [a, b] : [b, a];
  if (to.field === `${from.field}_end`) {
    channels[main] = { ...from, title: a.title, until: to.field! };
    delete channels[end];
    return;
  }
  const valueField = /^(.*)_end$/.exec(a.field)?.[1] ?? /^(.*)_start$/.exec(a.field)?.[1];
  if (
    valueField === undefined ||
    !(rows.length === 0 || stacked.has(plain(a.field)) || rows.some((row) => valueField in row)) ||
    ![`${valueField}_end`, `${valueField}_start`].includes(b.field)
  )
    return;
  channels[main] = {
    ...a,
    field: valueField,
    title: a.title.replace(/_(end|start)$/, ''),
    stack: [`${plain(valueField)}_start`, `${plain(valueField)}_end`],
  };
  delete channels[end];
}

/** Whether Vega-Lite bins a channel. */
export const isBinned = ({ bin }: Json): boolean => bin === true || isObject(bin);

/** The end of the name of a column with a place between the ends of a time unit. */
export const offsetEnd = /_offsetted_rect_(start|end)$/;

/** The bin or time unit between whose ends a channel has its place. */
export function spanOf(sources: readonly Source[]): (Source & { readonly until?: string }) | undefined {
  const [start, end] = sources;
  const isBetween = end?.field !== undefined && end.field === `${start?.field}_end`;
  return isBetween ? { ...start, until: end.field } : undefined;
}

/** Joins the ends of bins that are in the data, of which a bar has the upper one first. */
export function joinBinned(
  { bin, field }: Json,
  channels: Record<string, Channel>,
  [main, end]: readonly [main: string, end: string],
): void {
  const [a, b] = [channels[main], channels[end]];
  if (bin !== 'binned' || a?.field === undefined || b?.field === undefined || typeof field !== 'string') return;
  const title = a.title === a.field ? plain(field) : a.title;
  channels[main] = { ...a, field, title, until: a.field === field ? b.field : a.field };
  delete channels[end];
}
