/**
 * The views of one figure while its room is being found. A specification that differs from an earlier one in sizes only
 * resizes that one's view, so that Vega does not read, transform and group the data again.
 */
import { isDeepStrictEqual } from 'node:util';
import { type FigureScene, type LoggerInterface, parse, randomLCG, type Spec, setRandom, View } from 'vega';
import { seedRandom } from './reproducible.ts';
import { isObject, type VegaNode } from './vega-spec.ts';

type Known = { readonly rest: object; readonly rows: readonly unknown[]; readonly view: View };

/** A specification for Vega to keep, without what it has in common with ours: it marks rows, rewrites dates and completes formats. */
const ownCopy = (vega: VegaNode): VegaNode => ({
  ...vega,
  data: (vega.data ?? []).map(({ values, ...data }) => ({
    ...structuredClone(data),
    ...(values === undefined ? {} : { values: Array.isArray(values) ? values.map(copied) : values }),
  })),
});

const copied = (row: unknown): unknown => (isObject(row) ? { ...row } : row);

/** The numbers of a specification that are its sizes: its width and height, and signals that are plain numbers. */
function sizesOf({ width, height, signals = [] }: VegaNode): Map<string, number> {
  const all = [['width', width], ['height', height], ...signals.map(({ name, value }) => [name, value] as const)];
  return new Map(all.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

/** A copy of what a specification has besides its sizes and its rows. */
const restOf = ({ width, height, signals = [], data = [], ...rest }: VegaNode): object =>
  structuredClone({
    ...rest,
    sized: [typeof width, typeof height],
    signals: signals.map((signal) => (typeof signal.value === 'number' ? { ...signal, value: 0 } : signal)),
    data: data.map(({ values: _, ...each }) => each),
  });

/** Whether a plot is fitted into its size, which depends on what it was before. */
const isFitted = ({ autosize }: VegaNode): boolean =>
  String(isObject(autosize) ? autosize.type : autosize).startsWith('fit');

/** Whether a legend shows sizes. Vega leaves its entries where they were when sizes change with the plot. */
const hasSizes = ({ legends = [], marks = [] }: VegaNode): boolean =>
  legends.some(({ size }) => size !== undefined) || marks.some(hasSizes);

/** Whether ticks and entries stand in their order: Vega appends new ones to those that it keeps. */
function isInOrder(scene: FigureScene): boolean {
  if (scene.role === 'mark') return true;
  const places = scene.items.map(({ datum }) => (isObject(datum) ? Number(datum.index ?? 0) : 0));
  return (
    places.every((place, i) => i === 0 || place >= places[i - 1]!) &&
    scene.items.every((item) => (item.items ?? []).every(isInOrder))
  );
}

/** Views of one figure; `finalize` closes them. */
export class Views {
  private readonly logger: LoggerInterface;
  private known: readonly Known[] = [];

  constructor(logger: LoggerInterface) {
    this.logger = logger;
  }

  /** The view of a specification, laid out. Its scene holds until a view is asked for the next time. */
  async laidOut(vega: VegaNode): Promise<View> {
    const rest = restOf(vega);
    const rows = (vega.data ?? []).map(({ values }) => values);
    const alike =
      isFitted(vega) || hasSizes(vega)
        ? undefined
        : this.known.find((known) => isDeepStrictEqual(known.rest, rest) && isDeepStrictEqual(known.rows, rows));
    if (alike !== undefined) {
      const { view } = alike;
      for (const [name, size] of sizesOf(vega)) view.signal(name, size);
      await view.resize().runAsync();
      if (isInOrder((view.scenegraph() as unknown as { readonly root: FigureScene }).root)) return view;
      view.finalize();
      this.known = this.known.filter((known) => known !== alike);
    }
    seedRandom(setRandom, randomLCG);
    const view = new View(parse(ownCopy(vega) as unknown as Spec), { renderer: 'none', logger: this.logger });
    this.known = [...this.known, { rest, rows, view }];
    return view.runAsync();
  }

  finalize(): void {
    for (const { view } of this.known) view.finalize();
  }
}
