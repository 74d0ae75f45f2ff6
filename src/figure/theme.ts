/**
 * The theme of all figures, as a Vega-Lite configuration: text of 12 px, a light horizontal grid, no frame, y titles
 * set horizontally above their axis, legends above the plot, colours from the palette.
 */

import type { Config } from 'vega-lite';
import { language, words } from '../i18n/index.ts';
import { colour, diverging, sequential, series } from './palette.ts';

/** The smallest allowed text size, in pixels. No layout is scaled down, so a reader sees this size. */
export const smallestText = 11;

/** The font of all text in figures. */
export const fontFamily = "var(--font-figure, 'Source Sans 3', 'Source Sans Pro', sans-serif)";

/** The dash pattern of predicted quantities; measured ones are solid. */
export const predictionDash: number[] = [5, 3.5];

/** Fill opacity of an area that may overlap lines and other areas. */
export const areaOpacity = 0.17;

const ink = colour('ink');
const soft = colour('ink-soft');
const rule = colour('rule');

const text = { labelFontSize: 12, titleFontSize: 12, labelFontWeight: 400, titleFontWeight: 600 } as const;

/** The site language's time locale for Vega (names of months and days); undefined for English, Vega's default. */
function calendar() {
  if (/^en\b/i.test(language)) return undefined;
  const names = (options: Intl.DateTimeFormatOptions, days: readonly Date[]) => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    return days.map((day) => format.format(day));
  };
  // 1 January 2023 was a Sunday.
  const week = Array.from({ length: 7 }, (_, i) => new Date(Date.UTC(2023, 0, 1 + i)));
  const year = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2023, i, 1)));
  return {
    dateTime: '%x %X',
    date: '%Y-%m-%d',
    time: '%H:%M:%S',
    periods: ['AM', 'PM'] as [string, string],
    days: names({ weekday: 'long' }, week) as Seven,
    shortDays: names({ weekday: 'short' }, week) as Seven,
    months: names({ month: 'long' }, year) as Twelve,
    shortMonths: names({ month: 'short' }, year) as Twelve,
  };
}
type Seven = [string, string, string, string, string, string, string];
type Twelve = [...Seven, string, string, string, string, string];

/** The configuration that every figure is compiled with. */
export const theme: Config = {
  background: 'transparent',
  font: fontFamily,
  padding: 3,
  aria: false,
  customFormatTypes: false,
  /** A getter, since the site's language may be set after this module is loaded. */
  get locale() {
    const { decimal, group } = words.numbers;
    const time = calendar();
    return {
      number: { decimal, thousands: group, grouping: [3], currency: ['$', ''] as [string, string] },
      ...(time && { time }),
    };
  },
  tooltipFormat: { numberFormat: '.4~g' },
  view: { stroke: null, continuousHeight: 300, discreteHeight: { step: 22 }, discreteWidth: { step: 22 } },
  mark: { color: series[0]!, invalid: null, tooltip: null },
  line: { strokeWidth: 1.8, strokeCap: 'round', strokeJoin: 'round' },
  trail: { color: series[0]! },
  area: { opacity: 1, fillOpacity: areaOpacity, line: false },
  point: { filled: true, size: 42, opacity: 1, tooltip: { content: 'encoding' } },
  circle: { size: 42, opacity: 1, tooltip: { content: 'encoding' } },
  square: { size: 42, opacity: 1, tooltip: { content: 'encoding' } },
  tick: { thickness: 1.5, opacity: 1, tooltip: { content: 'encoding' } },
  bar: { tooltip: { content: 'encoding' } },
  rect: { tooltip: { content: 'encoding' } },
  boxplot: { median: { color: colour('paper') }, outliers: { size: 18 } },
  errorband: { band: { opacity: 1, fillOpacity: 0.25 } },
  rule: { color: soft },
  text: { color: ink, fontSize: 12, fontWeight: 400 },
  axis: {
    ...text,
    labelColor: soft,
    titleColor: ink,
    domainColor: soft,
    domainWidth: 0.8,
    tickColor: soft,
    tickWidth: 0.8,
    tickSize: 4,
    gridColor: rule,
    gridWidth: 0.8,
    labelPadding: 5,
    titlePadding: 8,
    labelLimit: 0,
    titleLimit: 0,
    labelOverlap: 'greedy',
    labelSeparation: 6,
    labelFlush: false,
  },
  axisX: { grid: false, titleAnchor: 'end', labelAngle: 0 },
  axisY: {
    grid: true,
    domain: false,
    ticks: false,
    titleAngle: 0,
    titleAlign: 'left',
    titleAnchor: 'end',
    titleBaseline: 'bottom',
    titleX: 0,
    titleY: -9,
  },
  axisBand: { grid: false, domain: false, ticks: false },
  title: { color: ink, subtitleColor: soft, fontSize: 12, fontWeight: 600, subtitleFontSize: 12, anchor: 'start' },
  header: {
    labelFontSize: 12,
    labelFontWeight: 600,
    labelColor: ink,
    labelAnchor: 'start',
    labelPadding: 24,
    titleFontSize: 12,
    titleFontWeight: 400,
    titleColor: soft,
    titleAnchor: 'start',
    titlePadding: 4,
  },
  legend: {
    ...text,
    labelColor: ink,
    titleColor: ink,
    orient: 'top',
    direction: 'horizontal',
    titlePadding: 6,
    labelOffset: 5,
    labelLimit: 0,
    titleLimit: 0,
    columnPadding: 14,
    rowPadding: 3,
    offset: 30,
    padding: 0,
    symbolStrokeWidth: 2,
    symbolSize: 90,
    symbolBaseStrokeColor: soft,
    gradientStrokeColor: 'transparent',
    gradientLength: 200,
    gradientThickness: 12,
    tickCount: 5,
  },
  range: {
    category: [...series],
    ordinal: [...sequential],
    ramp: [...sequential],
    heatmap: [...sequential],
    diverging: [...diverging],
    symbol: ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right', 'triangle-left'],
  },
  facet: { spacing: 26 },
  concat: { spacing: 26 },
};
