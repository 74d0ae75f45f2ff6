/** Channels with two ends. */
import { words } from '../words/index.ts';
import { type Leaf, markName } from './leaves.ts';
import type { Row } from './rows.ts';
import type { Channel } from './units.ts';

/** The ends of a stacked value, a bin or a box as the one thing that they are: the value, where the bin starts, the quartiles. */
export function joinEnds(
  { mark }: Leaf,
  channels: Record<string, Channel>,
  [main, end]: readonly [main: string, end: string],
  rows: readonly Row[],
  stacked: ReadonlySet<string>,
): void {
  const [a, b] = [channels[main], channels[end]];
  if (a?.field === undefined) return;
  if (b === undefined) {
    // A line over a stacked area.
    const whole = /^(.*)_end$/.exec(a.field)?.[1];
    if (whole !== undefined && stacked.has(a.field))
      channels[main] = {
        ...a,
        field: whole,
        title: a.title.replace(/_end$/, ''),
        stack: [`${whole}_start`, `${whole}_end`],
      };
    return;
  }
  if (b.field === undefined) return;
  if (a.field.startsWith('lower_box_') && b.field.startsWith('upper_box_') && markName(mark) === 'bar') {
    channels[main] = { ...a, title: words.describe.quartiles(a.title), upTo: b.field };
    delete channels[end];
    return;
  }
  const [from, to] = a.field.length < b.field.length ? [a, b] : [b, a];
  if (to.field === `${from.field}_end`) {
    channels[main] = { ...from, title: a.title, until: to.field! };
    delete channels[end];
    return;
  }
  const stem = /^(.*)_end$/.exec(a.field)?.[1] ?? /^(.*)_start$/.exec(a.field)?.[1];
  if (
    stem === undefined ||
    !(rows.length === 0 || rows.some((row) => stem in row)) ||
    ![`${stem}_end`, `${stem}_start`].includes(b.field)
  )
    return;
  channels[main] = {
    ...a,
    field: stem,
    title: a.title.replace(/_(end|start)$/, ''),
    stack: [`${stem}_start`, `${stem}_end`],
  };
  delete channels[end];
}
