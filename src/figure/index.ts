/** The public interface of figures: marks and colours for chart authors, rendering and file formats for pages. */

export {
  type Chart,
  type ChartOf,
  type DrawnFrame,
  defineCharts,
  type FigureSpec,
  type Frame,
  type Layout,
  layouts,
  type Parameter,
} from './define-charts.ts';
export type { FigureTable } from './describe/data-table.ts';
export { formatNumber, groupDigits, localizeNumber } from './describe/number-format.ts';
export { type Row, toCsv } from './describe/rows.ts';
export { FigureError } from './errors.ts';
export { standaloneSpec, standaloneSvg, vegaEditorUrl } from './figure-files.ts';
export { type DrawnFrames, renderFrames } from './frames.ts';
export { type FigureResult, type FramesOfChart, frameCalled, framesOf } from './frames-of-chart.ts';
export { type Area, area } from './marks/area.ts';
export type { Axis, AxisOf, CategoryInput, HelperInput, Layer, SeriesInput } from './marks/axis.ts';
export { type Bars, bars } from './marks/bars.ts';
export { box } from './marks/box.ts';
export { type Contours, contours } from './marks/contours.ts';
export { type Dots, dots } from './marks/dots.ts';
export { type Flow, flow } from './marks/flow.ts';
export { type Heatmap, heatmap } from './marks/heatmap.ts';
export { type Histograms, histograms } from './marks/histograms.ts';
export { type Lines, lines } from './marks/lines.ts';
export { type Network, network } from './marks/network.ts';
export { type Rule, rule } from './marks/rule.ts';
export { type Scatter, scatter } from './marks/scatter.ts';
export { type Strip, strip } from './marks/strip.ts';
export { type Table, type TableColumn, type TextTable, table } from './marks/table.ts';
export { type ColourName, colour, diverging, sequential, series, steps } from './palette.ts';
export { type Figure, type FigureRequest, renderFigure } from './render.ts';
export { mergeTexts } from './svg/merge-frames.ts';
