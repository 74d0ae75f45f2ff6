/** The frames of a chart: of one parameter, of two, or the single one of a still chart. */
import { nearestName } from '../lab/did-you-mean.ts';
import { messageOf } from '../lab/errors.ts';
import { type Chart, checkChart, type DrawnFrame, type Parameter } from './define-charts.ts';
import { FigureError } from './errors.ts';

/**
 * The part of an experiment's result that charts read: its `records`, one for each seed at each point, and its `measures`
 * by name.
 */
export type FigureResult = { readonly records: readonly unknown[]; readonly measures: unknown };

/** All frames of a chart. */
export type FramesOfChart = {
  /** The frames; of a grid, all choices of the second parameter for the first choice of the first, then for the next. */
  readonly frames: readonly DrawnFrame[];
  /** The two parameters of a grid. */
  readonly grid?: readonly [Parameter, Parameter];
  /** The index of the frame that tells most. */
  readonly telling: number;
};

/** The most choices of a parameter that a reader can step through. */
const mostChoices = 24;

/** Frames by their labels. */
type Labelled = {
  readonly frames: readonly { readonly label: string }[];
  readonly grid?: readonly [Parameter, Parameter];
};

/** The index of the frame called `label`. Throws a `FigureError` that says how frames are called. */
export function frameCalled(label: string, name: string, { frames, grid }: Labelled): number {
  const labels = frames.map((frame) => frame.label);
  const index = labels.indexOf(label);
  if (index >= 0) return index;
  const near = nearestName(label, labels);
  const [first, second] = (grid ?? []).map(({ choices }) => choices.map((choice) => choice.label).join(', '));
  const listed = grid ? `write one of ${first}, a comma, and one of ${second}` : `there are ${labels.join(', ')}`;
  throw new FigureError(
    name,
    `no frame is called “${label}”; ${listed}${near === undefined ? '' : `; did you mean “${near}”?`}`,
  );
}

/**
 * The frames of a chart. Throws a `FigureError` for options that a chart does not have or lacks, for no frames, for too
 * many, and for a `start` that is none of them.
 */
export function framesOf(name: string, chart: Chart, result: FigureResult): FramesOfChart {
  try {
    checkChart(chart);
  } catch (error) {
    throw new FigureError(name, messageOf(error));
  }
  if (chart.frames !== undefined && chart.grid !== undefined)
    throw new FigureError(name, 'has both frames and a grid; keep one of them');
  const grid = chart.grid?.(result as never);
  const lists = grid
    ? grid.map(({ choices }) => choices)
    : [chart.frames?.(result as never) ?? [{ label: '', value: 0 }]];
  for (const [i, list] of lists.entries()) {
    const what = grid ? `the parameter “${grid[i]!.title}” has` : 'has';
    if (list.length === 0) throw new FigureError(name, `${what} no frames`);
    if (list.length > mostChoices)
      throw new FigureError(name, `${what} ${list.length} frames; at most ${mostChoices} can be scrubbed`);
  }
  const [first, second] = lists as [readonly DrawnFrame[], readonly DrawnFrame[] | undefined];
  const frames = first.flatMap((one): DrawnFrame[] =>
    second
      ? second.map((two) => ({ label: `${one.label}, ${two.label}`, value: one.value, second: two.value }))
      : [{ ...one, second: 0 }],
  );
  const found = { frames, ...(grid && { grid }) };
  return { ...found, telling: chart.start === undefined ? frames.length - 1 : frameCalled(chart.start, name, found) };
}
