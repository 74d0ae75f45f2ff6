/** The single plots inside a specification: what each draws, with the encoding and data that it inherits. */
import type { FigureSpec } from './define.ts';
import type { Row } from './rows.ts';

type Json = Readonly<Record<string, unknown>>;

/** One channel of a unit: the column that it shows or the constant that it stands at. */
export type Channel = {
  readonly field?: string;
  readonly datum?: number | string;
  readonly type?: string;
  readonly title: string;
  readonly log: boolean;
};

/** One plot: its mark, its channels by name, its rows. */
export type Unit = {
  readonly mark: string;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly rows: readonly Row[];
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function channel(definition: Json): Channel | undefined {
  const field = typeof definition.field === 'string' ? definition.field : undefined;
  const datum =
    typeof definition.datum === 'number' || typeof definition.datum === 'string' ? definition.datum : undefined;
  if (field === undefined && datum === undefined) return undefined;
  const titled = [definition, definition.axis, definition.legend].find(
    (part) => isObject(part) && typeof part.title === 'string',
  );
  const scale = isObject(definition.scale) ? definition.scale.type : undefined;
  return {
    ...(field === undefined ? {} : { field }),
    ...(datum === undefined ? {} : { datum }),
    ...(typeof definition.type === 'string' ? { type: definition.type } : {}),
    title: titled === undefined ? (field ?? '') : String((titled as Json).title),
    log: scale === 'log' || scale === 'symlog',
  };
}

/** All unit views of a specification, in drawing order. */
export function unitsOf(spec: FigureSpec): Unit[] {
  const units: Unit[] = [];
  const visit = (view: Json, inherited: Json, rows: readonly Row[]): void => {
    const own = isObject(view.data) && Array.isArray(view.data.values) ? (view.data.values as Row[]) : rows;
    const encoding: Json = { ...inherited, ...(isObject(view.encoding) ? view.encoding : {}) };
    if (isObject(view.spec)) {
      const facet = isObject(view.facet) ? ('field' in view.facet ? { facet: view.facet } : view.facet) : {};
      visit(view.spec, { ...encoding, ...facet }, own);
    }
    for (const name of ['layer', 'hconcat', 'vconcat', 'concat'])
      for (const child of Array.isArray(view[name]) ? view[name] : []) visit(child as Json, encoding, own);
    if (view.mark === undefined) return;
    const channels: Record<string, Channel> = {};
    for (const [name, definition] of Object.entries(encoding)) {
      const read = isObject(definition) ? channel(definition) : undefined;
      if (read !== undefined) channels[name] = read;
    }
    units.push({ mark: String(isObject(view.mark) ? view.mark.type : view.mark), channels, rows: own });
  };
  visit(spec as unknown as Json, {}, []);
  return units;
}

/** The columns that tell the series of a unit apart: colour, dash, shape, detail and facets. */
export function seriesFields(unit: Unit): string[] {
  const names = ['row', 'column', 'facet', 'color', 'stroke', 'strokeDash', 'shape', 'detail'];
  return [...new Set(names.flatMap((name) => unit.channels[name]?.field ?? []))];
}

/** The plot that says most: the one with the most rows among those that show columns along both axes. */
export function mainUnit(spec: FigureSpec): Unit | undefined {
  const candidates = unitsOf(spec).filter(
    ({ mark, channels }) => mark !== 'text' && channels.x?.field && channels.y?.field,
  );
  const weight = (unit: Unit): number => (['area', 'rule'].includes(unit.mark) ? 0 : unit.rows.length);
  return candidates.reduce<Unit | undefined>(
    (best, unit) => (best === undefined || weight(unit) > weight(best) ? unit : best),
    undefined,
  );
}
