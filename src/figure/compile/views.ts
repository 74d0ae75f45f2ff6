/**
 * Reuses Vega views while a figure is laid out repeatedly. A specification that differs from an earlier one only in sizes
 * resizes its view, so that Vega does not read and transform the data again.
 */
import { isDeepStrictEqual } from 'node:util';
import { type FigureScene, type LoggerInterface, parse, randomLCG, type Spec, setRandom, View } from 'vega';
import { seedRandom } from './reproducible.ts';
import { isObject, type VegaNode } from './vega-spec.ts';

type CachedView = { readonly rest: object; readonly rows: readonly unknown[]; readonly view: View };

/** A copy of a specification for Vega, which modifies it: marks rows, rewrites dates, completes formats. */
const copyForVega = (vega: VegaNode): VegaNode => ({
  ...vega,
  data: (vega.data ?? []).map(({ values, ...data }) => ({
    ...structuredClone(data),
    ...(values === undefined ? {} : { values: Array.isArray(values) ? values.map(copyRow) : structuredClone(values) }),
  })),
});

const copyRow = (row: unknown): unknown => (isObject(row) ? { ...row } : row);

/** The sizes in a specification: its width and height, and signals that are plain numbers. */
function sizesOf({ width, height, signals = [] }: VegaNode): Map<string, number> {
  const all = [['width', width], ['height', height], ...signals.map(({ name, value }) => [name, value] as const)];
  return new Map(all.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

/** A copy of a specification without its sizes and rows. */
const restOf = ({ width, height, signals = [], data = [], ...rest }: VegaNode): object =>
  structuredClone({
    ...rest,
    sized: [typeof width, typeof height],
    signals: signals.map((signal) => (typeof signal.value === 'number' ? { ...signal, value: 0 } : signal)),
    data: data.map(({ values: _, ...each }) => each),
  });

/** Whether a plot has autosize `fit`, whose result depends on the previous size. */
const isFitted = ({ autosize }: VegaNode): boolean =>
  String(isObject(autosize) ? autosize.type : autosize).startsWith('fit');

/** Whether a legend shows sizes, whose entries Vega does not move when sizes change with the plot. */
const hasSizes = ({ legends = [], marks = [] }: VegaNode): boolean =>
  legends.some(({ size }) => size !== undefined) || marks.some(hasSizes);

/** Whether ticks and legend entries are in order, since on a resize Vega appends new ones to the old. */
function isInOrder(scene: FigureScene): boolean {
  if (scene.role === 'mark') return true;
  const places = scene.items.map(({ datum }) => (isObject(datum) ? Number(datum.index ?? 0) : 0));
  return (
    places.every((place, i) => i === 0 || place >= places[i - 1]!) &&
    scene.items.every((item) => (item.items ?? []).every(isInOrder))
  );
}

/** The views of one figure. `finalize` closes them. */
export class Views {
  private readonly logger: LoggerInterface;
  private cached: readonly CachedView[] = [];

  constructor(logger: LoggerInterface) {
    this.logger = logger;
  }

  /** The laid-out view of a specification. Its scene is valid until the next call. */
  async laidOut(vega: VegaNode): Promise<View> {
    const rest = restOf(vega);
    const rows = (vega.data ?? []).map(({ values }) => values);
    const reusable =
      isFitted(vega) || hasSizes(vega)
        ? undefined
        : this.cached.find((cached) => isDeepStrictEqual(cached.rest, rest) && isDeepStrictEqual(cached.rows, rows));
    if (reusable !== undefined) {
      const { view } = reusable;
      for (const [name, size] of sizesOf(vega)) view.signal(name, size);
      await view.resize().runAsync();
      if (isInOrder((view.scenegraph() as unknown as { readonly root: FigureScene }).root)) return view;
      view.finalize();
      this.cached = this.cached.filter((cached) => cached !== reusable);
    }
    seedRandom(setRandom, randomLCG);
    const view = new View(parse(copyForVega(vega) as unknown as Spec), { renderer: 'none', logger: this.logger });
    this.cached = [...this.cached, { rest, rows, view }];
    return view.runAsync();
  }

  finalize(): void {
    for (const { view } of this.cached) view.finalize();
  }
}
