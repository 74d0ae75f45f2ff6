/** The marks of a figure (units, in Vega-Lite's terms), with their channels and the rows after Vega's transforms. */
import { words } from '../../i18n/index.ts';
import type { Row } from './rows.ts';

/** One channel of a unit: the column or the constant that it shows. */
export type Channel = {
  readonly field?: string;
  readonly datum?: number | string;
  /** The type of its scale. */
  readonly type?: string;
  readonly title: string;
  readonly log: boolean;
  readonly temporal?: boolean;
  /** How its axis writes a time that has no year, such as an hour or a weekday. */
  readonly timeText?: (time: number) => string;
  /** The column of the end of a bin or time unit that starts at `field`. */
  readonly until?: string;
  /** The column of the upper end of a box or an interval that starts at `field`. */
  readonly upTo?: string;
  /** The columns of the ends of a stacked value. */
  readonly stack?: readonly [start: string, end: string];
};

/** One mark: its kind, its channels by name, its rows. */
export type Unit = {
  readonly mark: string;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly rows: readonly Row[];
  /** Columns that Vega added. */
  readonly hidden: readonly string[];
  /** Columns of dates, also of those that no channel shows. */
  readonly dates: ReadonlySet<string>;
  /** The plot of a concatenation or repetition that it is in, and its title. */
  readonly plot: string;
  readonly plotTitle?: string;
  /** The scales of its positions, which differ for layers with axes of their own. */
  readonly scales: string;
};

/** The value of a channel in a row: the part of a stack, a date as `Date`. */
export function channelValue(row: Row, channel: Channel): unknown {
  const value = read(row, channel.field!);
  if (channel.stack !== undefined) {
    const part = Number(row[channel.stack[1]]) - Number(row[channel.stack[0]]);
    // The part differs from the value in a normalised stack; smaller differences are rounding.
    return typeof value === 'number' && Math.abs(part - value) <= 1e-9 * Math.max(1, Math.abs(value)) ? value : part;
  }
  return channel.temporal && typeof value === 'number' ? new Date(value) : value;
}

/** A field of a row, also a nested one (`a.b`, `a[0]`). */
function read(row: Row, field: string): unknown {
  if (field in row) return row[field];
  const path = field.replace(/\\(.)/g, (_, c: string) => `\0${c.charCodeAt(0)}\0`).match(/[^.[\]'"]+/g) ?? [];
  return path
    .map((part) => part.replace(/\0(\d+)\0/g, (_, code: string) => String.fromCharCode(Number(code))))
    .reduce<unknown>((value, part) => (value as Row | undefined)?.[part], row);
}

/** The channel that shows a column. */
export const channelOf = (unit: Unit, field: string): Channel =>
  Object.values(unit.channels).find((channel) => channel.field === field) ?? { field, title: field, log: false };

/** The channel of the values of cells: their colour, of text what it says. */
export const cellOf = ({ mark, channels: { color, text } }: Unit): Channel | undefined =>
  [mark === 'text' ? text : undefined, color].find((channel) => channel?.field !== undefined);

/** Whether a channel places categories. */
export const isDiscrete = (channel: Channel | undefined): boolean =>
  channel?.type === 'band' || channel?.type === 'point';

/** The columns that distinguish the series of a unit: colour, dash, shape, detail and panels. */
export function seriesFields(unit: Unit): string[] {
  const names = ['row', 'column', 'facet', 'color', 'stroke', 'strokeDash', 'shape', 'detail'];
  const entries = Object.entries(unit.channels);
  return [
    ...new Set(
      names.flatMap((name) =>
        entries.flatMap(([key, { field, type }]) =>
          (key === name || key.startsWith(`${name} `)) && field !== undefined && !isContinuous(unit, type)
            ? [field]
            : [],
        ),
      ),
    ),
  ];
}

/** Whether a channel is continuous, so that it distinguishes no series; on lines it does. */
const isContinuous = ({ mark }: Unit, type = ''): boolean =>
  mark !== 'line' && /^(threshold|linear|log|symlog|pow|sqrt|time|utc|quanti[lz]e)$/.test(type);

/** The rows of a unit, those of bins and times in the order of their axis. */
export function rowsAlong(unit: Unit, channel: Channel | undefined): readonly Row[] {
  if (channel?.field === undefined || (channel.until === undefined && !channel.temporal)) return unit.rows;
  const at = (row: Row): number => Number(channelValue(row, channel));
  return unit.rows.some((row) => Number.isNaN(at(row))) ? unit.rows : unit.rows.toSorted((a, b) => at(a) - at(b));
}

/** A plot: the marks between its axes, and those of them to describe. One of several has a name: its title or number. */
export type Plot = { readonly name?: string; readonly units: readonly Unit[]; readonly main: readonly Unit[] };

/** The plots of a figure that can be described: one, or those of a concatenation or repetition. */
export function plotsOf(units: readonly Unit[]): Plot[] {
  const plots = [...Map.groupBy(units, ({ plot }) => plot).values()]
    .map((inPlot) => ({ units: inPlot, main: mainUnits(inPlot) }))
    .filter(({ main }) => main.length > 0);
  if (plots.length === 1) return plots;
  const titles = plots.map((plot) => plot.units.find(({ plotTitle }) => plotTitle)?.plotTitle);
  const isUnique = (title: string | undefined): boolean => titles.indexOf(title) === titles.lastIndexOf(title);
  return plots.map((plot, i) => ({ ...plot, name: (isUnique(titles[i]) && titles[i]) || words.describe.plot(i + 1) }));
}

/** The marks of a plot to describe: the main one, of layers with axes of their own that of each, and those with other values. */
function mainUnits(units: readonly Unit[]): Unit[] {
  const onAxes = units.filter(
    ({ mark, rows, channels: { x, y } }) => mark !== 'text' && rows.length > 0 && x?.field && y?.field,
  );
  const layers = [...Map.groupBy(onAxes, ({ scales }) => scales).values()];
  return (layers.length > 1 ? layers : [units]).flatMap((layer) => {
    const main = mainUnit(layer);
    return main === undefined ? [] : [main, ...othersThan(main, layer)];
  });
}

/** Marks whose values are data, not the ends of intervals, names or places of others. */
const dataMarks = new Set(['line', 'trail', 'area', 'point', 'circle', 'square', 'bar', 'tick']);

/** The marks on the axes of another that have values which none before them has. */
function othersThan(main: Unit, layer: readonly Unit[]): Unit[] {
  const others = layer.filter(
    (unit) =>
      unit !== main &&
      (dataMarks.has(unit.mark) || unit.channels.x?.upTo || unit.channels.y?.upTo) &&
      unit.rows.length > 0 &&
      unit.channels.x?.field &&
      unit.channels.y?.field &&
      unit.channels.x2?.field === undefined &&
      unit.channels.y2?.field === undefined,
  );
  // The marks of a box plot are statistics of its boxes.
  if (others.length === 0 || !dataMarks.has(main.mark) || isBox(main)) return [];
  const valuesOf = ({ rows, channels: { x, y } }: Unit): string[] =>
    rows.map((row) =>
      JSON.stringify([x, y].map((each) => (each?.field ? [channelValue(row, each), row[each.upTo ?? '']] : undefined))),
    );
  const known = new Set(valuesOf(main));
  return others.flatMap((unit) => {
    const values = valuesOf(unit);
    if (values.every((value) => known.has(value))) return [];
    for (const value of values) known.add(value);
    return [named(unit, main)];
  });
}

/** A mark whose titles differ from those of another where it shows another column. */
function named(unit: Unit, { channels: others }: Unit): Unit {
  const entries = Object.entries(unit.channels).map(([name, channel]) => {
    const isOther = channel.field !== others[name]?.field && channel.title === others[name]?.title;
    return [
      name,
      isOther
        ? { ...channel, title: `${channel.title} (${[channel.field, channel.upTo].filter(Boolean).join('–')})` }
        : channel,
    ] as const;
  });
  return { ...unit, channels: Object.fromEntries(entries) };
}

/** Whether a mark is the boxes of a box plot. */
const isBox = ({ mark, channels: { x, y } }: Unit): boolean => mark === 'bar' && (x?.upTo ?? y?.upTo) !== undefined;

/** The unit to describe: the boxes of a box plot, else the one with the most rows of those with columns along both axes, else of all; text if there is nothing else. */
function mainUnit(units: readonly Unit[]): Unit | undefined {
  const drawn = units.filter(({ rows }) => rows.length > 0);
  // Text says what other marks show, unless there are none.
  const texts = drawn.filter(({ mark }) => mark === 'text');
  const named = texts.length === drawn.length ? texts : drawn.filter(({ mark }) => mark !== 'text');
  const plotted = named.filter(({ channels }) => channels.x?.field && channels.y?.field);
  const rowCount = (unit: Unit): number => (['area', 'rule'].includes(unit.mark) ? 0 : unit.rows.length);
  const mostRows = (candidates: readonly Unit[]) =>
    candidates.reduce<Unit | undefined>(
      (best, unit) => (best === undefined || rowCount(unit) > rowCount(best) ? unit : best),
      undefined,
    );
  return (
    plotted.find(isBox) ??
    mostRows(plotted) ??
    mostRows(named.filter(({ channels }) => Object.values(channels).some(({ field }) => field)))
  );
}

/** Channels in the order in which their author wrote them, after the facets. */
export function inAuthorOrder(
  channels: Readonly<Record<string, Channel>>,
  written: readonly string[],
): Record<string, Channel> {
  const place = (name: string): number => {
    const at = written.findIndex((key) => key === name || ((key === 'fill' || key === 'stroke') && name === 'color'));
    return name.startsWith('facet') ? -1 : at < 0 ? written.length : at;
  };
  return Object.fromEntries(Object.entries(channels).sort(([a], [b]) => place(a) - place(b)));
}
