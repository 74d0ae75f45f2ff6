/** Reads what a figure draws from Vega after all transforms: each mark with its channels and rows. */
import { defaultLocale, type FigureScene, locale, timeUnitSpecifier } from 'vega';
import { isBinned, joinBinned, joinRangeChannels, offsetEnd, spanOf } from '../compile/ends.ts';
import {
  channelNames,
  channelSources,
  type LeafMark,
  markName,
  type Source,
  scenesByName,
} from '../compile/leaf-marks.ts';
import { isObject, type Json, type VegaNode, type VegaScale } from '../compile/vega-spec.ts';
import { theme } from '../theme.ts';
import type { Row } from './rows.ts';
import { type Channel, inAuthorOrder, type Unit } from './units.ts';

type Context = {
  readonly data: Readonly<Record<string, { readonly values?: { readonly value?: readonly Row[] } } | undefined>>;
};

/** A laid-out figure: its compiled specification, scene, the rows of a dataset, and the encodings that its author wrote, by mark. */
export type LaidOutFigure = {
  readonly vega: VegaNode;
  readonly root: FigureScene;
  readonly rows: (dataset: string) => readonly Row[];
  readonly encodings: ReadonlyMap<string, Json>;
};

/** Reads the marks of one figure. */
export class DataReader {
  readonly figure: string;
  readonly reading: LaidOutFigure;
  readonly scenes: ReadonlyMap<string, readonly FigureScene[]>;
  private readonly datasets: ReadonlySet<string>;
  private readonly titles = new Map<string, string>();
  readonly stacked = new Set<string>();
  /** Names of datasets that nested plots use again. Vega keeps only the last of them. */
  private readonly shadowed = new Set<string>();
  /** The facet fields and values of the panel of each row. */
  private readonly panels = new WeakMap<Row, Json>();
  /** The longitude or latitude column of each projected column. */
  readonly projected = new Map<string, string>();
  /** Columns that Vega-Lite adds. */
  private readonly addedColumns = new Set<string>();
  /** Columns of dates, which Vega-Lite makes numbers. */
  private readonly dates = new Set<string>();
  /** How to write the times of columns whose unit has no year, which Vega puts into 2012. */
  private readonly timeTexts = new Map<string, (time: number) => string>();

  constructor(figure: string, reading: LaidOutFigure) {
    this.figure = figure;
    this.reading = reading;
    this.scenes = scenesByName(reading.root);
    this.datasets = new Set((reading.vega.data ?? []).map(({ name }) => name));
    this.collectTitles(reading.vega);
  }

  /** Collects the titles of axes and legends by scale, and the columns that transforms add. */
  private collectTitles(node: VegaNode): void {
    const title = (scale: unknown, text: unknown): void => {
      const written = Array.isArray(text) ? text.join(' ') : text;
      if (typeof scale === 'string' && typeof written === 'string' && !this.titles.has(scale))
        this.titles.set(scale, written);
    };
    for (const axis of node.axes ?? []) title(axis.scale, axis.title);
    for (const legend of node.legends ?? [])
      for (const channel of ['fill', 'stroke', 'size', 'shape', 'opacity', 'strokeDash', 'strokeWidth'])
        title(legend[channel], legend.title);
    for (const { name: dataset, transform = [] } of node.data ?? []) {
      if (node !== this.reading.vega && this.datasets.has(dataset)) this.shadowed.add(dataset);
      for (const { type, as, fields, units, expr } of transform) {
        if (type === 'formula' && String(expr).startsWith('toDate(')) this.dates.add(String(as));
        if (type === 'timeunit' && Array.isArray(units) && !units.includes('year'))
          for (const name of [as].flat()) this.timeTexts.set(String(name), timeTextOf(units.map(String)));
        [as].flat().forEach((each, i) => {
          const name = String(each);
          if (type === 'stack') this.stacked.add(name);
          const place = type === 'geopoint' ? [fields].flat()[i] : undefined;
          if (typeof place === 'string') this.projected.set(name, place);
          if (type === 'stack' || type === 'geopoint' || name.endsWith('_sort_index') || offsetEnd.test(name))
            this.addedColumns.add(name);
        });
      }
    }
    for (const mark of node.marks ?? []) this.collectTitles(mark);
  }

  /** The rows that a mark draws, in the order of their dataset even if faceted into groups. */
  rows({ mark, groups }: LeafMark, dataset = mark.from?.data, drawnMark = mark): readonly Row[] {
    if (dataset === undefined) return [];
    if (this.shadowed.has(dataset))
      return (this.scenes.get(drawnMark.name ?? '') ?? []).flatMap((scene) =>
        this.recordPanel(
          scene,
          scene.items.map(({ datum }) => datum as Row),
        ),
      );
    for (let level = groups.length - 1; level >= 0; level--) {
      const { facet } = groups[level]!.from ?? {};
      if (facet?.name === dataset)
        return this.rows(
          { mark: groups[level]!, scales: new Map(), groups: groups.slice(0, level) },
          facet.data,
          drawnMark,
        );
      if (groups[level]!.data?.some(({ name }) => name === dataset)) break;
    }
    if (this.datasets.has(dataset)) return this.reading.rows(dataset);
    const seen = new Set<unknown>();
    return (this.scenes.get(mark.name ?? '') ?? []).flatMap((scene) => {
      const context = (scene.group as unknown as { readonly context?: Context } | undefined)?.context;
      const data = context?.data[dataset];
      if (data === undefined || seen.has(data)) return [];
      seen.add(data);
      return this.recordPanel(scene, data.values?.value ?? []);
    });
  }

  /** Records the panel of some rows. */
  private recordPanel(scene: FigureScene, rows: readonly Row[]): readonly Row[] {
    const panel: Json = {};
    for (let { group } = scene; group !== undefined; group = (group.mark as FigureScene | undefined)?.group)
      Object.assign(panel, group.datum);
    for (const row of rows) this.panels.set(row, panel);
    return rows;
  }

  unit(leaf: LeafMark): Unit {
    const { mark, scales, groups } = leaf;
    const facets = leaf.groups.flatMap(({ from }) => from?.facet?.groupby ?? []);
    // Aggregated rows of a panel lack its facet fields.
    const rows = this.rows(leaf).map((row) => {
      const missing = facets.filter((field) => !(field in row) && this.panels.get(row)?.[field] !== undefined);
      return missing.length === 0
        ? row
        : { ...Object.fromEntries(missing.map((field) => [field, this.panels.get(row)![field]])), ...row };
    });
    const written = this.reading.encodings.get(mark.name ?? '') ?? {};
    const encode = mark.encode?.update ?? {};
    // Vega-Lite puts the bars of a stack with rounded ends into a group, which has their place.
    const stackGroup = groups.find(({ from }) => from?.facet?.name.startsWith('stack_group_'));
    const channels: Record<string, Channel> = {};
    const positions: Record<string, string | undefined> = {};
    for (const [property, name] of Object.entries(channelNames)) {
      if (channels[name] !== undefined) continue;
      const sources = channelSources(encode[property] ?? stackGroup?.encode?.update?.[property]);
      const span = spanOf(sources);
      const source = span ?? sources.at(-1);
      if (source === undefined) continue;
      // Both ends of a bar within or about a bin are places of that bin.
      const isInBin = span !== undefined || offsetEnd.test(source.field ?? '');
      const start = source.field?.replace(offsetEnd, '');
      if (isInBin && name.endsWith('2') && channels[name.slice(0, -1)]?.field === start) continue;
      const scale = source.scale === undefined ? undefined : scales.get(source.scale);
      if (name === 'x' || name === 'y') positions[name] = source.scale;
      const place = this.projected.get(source.field ?? '');
      if (place !== undefined) {
        // Show longitude and latitude, not the projected position.
        const channel = name.replace('x', 'longitude').replace('y', 'latitude');
        channels[channel] = this.channel({ field: place }, undefined, written[channel]);
        continue;
      }
      const definition = written[name] ?? (name === 'color' ? (written.fill ?? written.stroke) : undefined);
      channels[name] = {
        ...this.channel(source, scale, definition, name.endsWith('2')),
        ...(span?.until === undefined ? {} : { until: span.until }),
      };
    }
    for (const [i, group] of groups.entries()) {
      const { facet } = group.from ?? {};
      if (facet?.groupby === undefined || group === stackGroup) continue;
      const all = [facet.groupby].flat();
      const names = all.filter((field) => !all.some((other) => field === `${other}_end`));
      const titles = facetTitles(groups[i - 1] ?? this.reading.vega);
      const role = group.name === 'pathgroup' || group.name?.endsWith('_pathgroup') ? 'detail' : 'facet';
      names.forEach((field, i) => {
        channels[i === 0 && channels[role] === undefined ? role : `${role} ${field}`] = {
          field,
          title: (titles.length === names.length ? titles[i] : undefined) ?? field,
          log: false,
          ...(all.includes(`${field}_end`) ? { until: `${field}_end` } : {}),
          ...this.timeOf(field),
        };
      });
    }
    if (isObject(written.text) && typeof written.text.field === 'string')
      channels.text ??= this.channel({ field: written.text.field }, undefined, written.text);
    for (const [main, end] of [
      ['x', 'x2'],
      ['y', 'y2'],
      ['theta', 'theta2'],
      ['radius', 'radius2'],
    ] as const) {
      const definition = written[main];
      if (isObject(definition)) joinBinned(definition, channels, [main, end]);
      joinRangeChannels(leaf, channels, [main, end], rows, this.stacked);
    }
    const hidden = [...this.addedColumns].filter(
      (name) => !Object.values(channels).some(({ field }) => field === name),
    );
    const around = groups.filter(({ from }) => from?.facet === undefined);
    const plotTitle = this.titleAbove(mark.name ?? '');
    return {
      mark: markName(mark),
      channels: inAuthorOrder(channels, Object.keys(written)),
      rows,
      hidden,
      dates: this.dates,
      plot: around.map(({ name = '' }) => name).join('/'),
      ...(plotTitle === undefined ? {} : { plotTitle }),
      scales: `${positions.x} ${positions.y}`,
    };
  }

  /** The title above the plot that a mark is in. */
  private titleAbove(mark: string): string | undefined {
    let group = this.scenes.get(mark)?.[0]?.group;
    while (group !== undefined) {
      const title = group.items?.find(({ role }) => role === 'title')?.items[0]?.items?.[0]?.items[0]?.text;
      if (title !== undefined) return [title].flat().join(' ');
      group = (group.mark as FigureScene | undefined)?.group;
    }
    return undefined;
  }

  private channel(source: Source, scale: VegaScale | undefined, definition: unknown, isEnd = false): Channel {
    const { value } = source;
    const field = source.field?.replace(offsetEnd, '');
    const ownTitle = [
      definition,
      isObject(definition) ? definition.axis : undefined,
      isObject(definition) ? definition.legend : undefined,
    ]
      .map((part) => (isObject(part) ? part.title : undefined))
      .find((text) => typeof text === 'string' || Array.isArray(text));
    const title = ownTitle === undefined ? undefined : Array.isArray(ownTitle) ? ownTitle.join(' ') : String(ownTitle);
    const column = field !== undefined && this.stacked.has(field) ? field.replace(/_(end|start)$/, '') : (field ?? '');
    const shown = column.replace(/\\(.)/g, '$1');
    // The title of an axis that layers share lists the columns of all: “a, b”.
    const shared = isEnd || source.scale === undefined ? undefined : this.titles.get(source.scale);
    // Vega-Lite names the columns of bins and time units.
    const derived = isObject(definition) && (isBinned(definition) || definition.timeUnit !== undefined);
    const plain = derived && typeof definition.field === 'string' ? definition.field.replace(/\\(.)/g, '$1') : shown;
    const isSeries = scale !== undefined && !['x', 'y'].includes(source.scale?.replace(/^.*_/, '') ?? '');
    return {
      ...(field === undefined ? {} : { field }),
      ...(field !== undefined && isSeries && derived && isBinned(definition) ? { until: `${field}_end` } : {}),
      ...(typeof value === 'number' || typeof value === 'string' ? { datum: value } : {}),
      ...(scale?.type === undefined ? {} : { type: scale.type }),
      title: title ?? (shared?.split(', ').includes(shown) ? shown : shared) ?? (shown === '__count' ? 'count' : plain),
      log: scale?.type === 'log' || scale?.type === 'symlog',
      ...(scale?.type === 'time' ||
      scale?.type === 'utc' ||
      (isObject(definition) && (definition.type === 'temporal' || definition.timeUnit !== undefined))
        ? { temporal: true }
        : {}),
      ...this.timeOf(field),
    };
  }

  /** That a column holds times without a year, if so. */
  private timeOf(field: string | undefined): Pick<Channel, 'temporal' | 'timeText'> {
    const timeText = this.timeTexts.get(field ?? '');
    return timeText === undefined ? {} : { temporal: true, timeText };
  }
}

/** The titles of the rows and columns of panels, in this order. */
function facetTitles({ marks = [] }: VegaNode): (string | undefined)[] {
  return ['row', 'column', 'facet'].flatMap((of) => {
    const header = marks.find(({ role }) => role === `${of}-title`);
    if (header === undefined) return [];
    const text = header.title?.text;
    return [Array.isArray(text) ? text.join(' ') : typeof text === 'string' ? text : undefined];
  });
}

/** Writes times as Vega-Lite labels an axis of these units. */
function timeTextOf(units: readonly string[]): (time: number) => string {
  const { number, time } = theme.locale ?? {};
  const names = number && time ? locale(number, time) : defaultLocale();
  const format = names.utcFormat(timeUnitSpecifier(units).trim());
  return (at) => format(new Date(at));
}
