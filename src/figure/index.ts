/** The public interface of figures: marks and colours for chart authors, rendering and file formats for pages. */

export { type Chart, defineCharts, type FigureSpec, type Frame, type Layout, layouts } from './define-charts.ts';
export type { FigureTable } from './describe/data-table.ts';
export { formatNumber, groupDigits, localizeNumber } from './describe/number-format.ts';
export { type Row, toCsv } from './describe/rows.ts';
export { FigureError } from './errors.ts';
export { standaloneSpec, standaloneSvg, vegaEditorUrl } from './figure-files.ts';
export { type DrawnFrames, renderFrames } from './frames.ts';
export { area } from './marks/area.ts';
export type { Axis, Layer } from './marks/axis.ts';
export { bars } from './marks/bars.ts';
export { box } from './marks/box.ts';
export { contours } from './marks/contours.ts';
export { dots } from './marks/dots.ts';
export { flow } from './marks/flow.ts';
export { heatmap } from './marks/heatmap.ts';
export { histograms } from './marks/histograms.ts';
export { lines } from './marks/lines.ts';
export { network } from './marks/network.ts';
export { rule } from './marks/rule.ts';
export { scatter } from './marks/scatter.ts';
export { strip } from './marks/strip.ts';
export { type TextTable, table } from './marks/table.ts';
export { type ColourName, colour, diverging, sequential, series, steps } from './palette.ts';
export { type Figure, type FigureRequest, type FigureResult, framesOf, renderFigure } from './render.ts';
