/** The marks of a figure: what each draws, with the rows that Vega has after its transforms. */
import type { Row } from './rows.ts';

/** One channel of a unit: the column that it shows or the constant that it stands at. */
export type Channel = {
  readonly field?: string;
  readonly datum?: number | string;
  /** The type of its scale. */
  readonly type?: string;
  readonly title: string;
  readonly log: boolean;
  readonly temporal?: boolean;
  /** The column where a bin or a time unit ends that begins at `field`. */
  readonly until?: string;
  /** The column where a box ends that begins at `field`. */
  readonly upTo?: string;
  /** The columns between which a stacked value lies. */
  readonly stack?: readonly [start: string, end: string];
};

/** One mark: its kind, its channels by name, its rows. */
export type Unit = {
  readonly mark: string;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly rows: readonly Row[];
  /** Columns that are Vega's own and say nothing. */
  readonly hidden: readonly string[];
};

/** The value that a channel shows of a row: of a stack its part, of a date its time. */
export function shownBy(row: Row, channel: Channel): unknown {
  const value = read(row, channel.field!);
  if (channel.stack !== undefined) {
    const part = Number(row[channel.stack[1]]) - Number(row[channel.stack[0]]);
    // A share of a normalised stack; else the sum has rounded.
    return typeof value === 'number' && Math.abs(part - value) <= 1e-9 * Math.max(1, Math.abs(value)) ? value : part;
  }
  return channel.temporal && typeof value === 'number' ? new Date(value) : value;
}

/** A field of a row, also below it (`a.b`, `a[0]`). */
function read(row: Row, field: string): unknown {
  if (field in row) return row[field];
  const path = field.replace(/\\(.)/g, (_, c: string) => `\0${c.charCodeAt(0)}\0`).match(/[^.[\]'"]+/g) ?? [];
  return path
    .map((part) => part.replace(/\0(\d+)\0/g, (_, code: string) => String.fromCharCode(Number(code))))
    .reduce<unknown>((value, part) => (value as Row | undefined)?.[part], row);
}

/** The columns that tell the series of a unit apart: colour, dash, shape, detail and panels. */
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

/** Colours of steps tell no series apart, but for lines. */
const isContinuous = ({ mark }: Unit, type = ''): boolean =>
  mark !== 'line' && /^(threshold|linear|log|symlog|pow|sqrt|time|utc|quanti[lz]e)$/.test(type);

/** The mark that says most: the boxes of box plots, else the one with the most rows among those that show columns along both axes, else of all. */
export function mainUnit(units: readonly Unit[]): Unit | undefined {
  const named = units.filter(({ mark, rows }) => mark !== 'text' && rows.length > 0);
  const plotted = named.filter(({ channels }) => channels.x?.field && channels.y?.field);
  const weight = (unit: Unit): number => (['area', 'rule'].includes(unit.mark) ? 0 : unit.rows.length);
  const heaviest = (candidates: readonly Unit[]) =>
    candidates.reduce<Unit | undefined>(
      (best, unit) => (best === undefined || weight(unit) > weight(best) ? unit : best),
      undefined,
    );
  return (
    plotted.find(({ channels: { x, y } }) => x?.upTo ?? y?.upTo) ??
    heaviest(plotted) ??
    heaviest(named.filter(({ channels }) => Object.values(channels).some(({ field }) => field)))
  );
}
