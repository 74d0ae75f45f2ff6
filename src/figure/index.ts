/** Figures: what chart authors and pages use of this room. */

export { type Chart, defineCharts, type FigureSpec, type Frame, type Layout, layouts } from './define.ts';
export { FigureError } from './errors.ts';
export { editorAddress, standaloneSpec, standaloneSvg } from './files.ts';
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
export { type Sheet, table } from './marks/table.ts';
export { grouped, localized, written } from './numbers.ts';
export { type ColourName, colour, diverging, sequential, series, steps } from './palette.ts';
export { type Figure, type FigureRequest, type FigureResult, framesOf, renderFigure } from './render.ts';
export { type Row, toCsv } from './rows.ts';
export type { FigureTable } from './table.ts';
