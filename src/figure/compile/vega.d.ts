/** Types of the parts of Vega, such as its scene graph, that its own typings lack. */
import 'vega';

declare module 'vega' {
  /** One drawn item: the values of its channels after scaling. */
  interface FigureItem {
    readonly marktype?: string;
    readonly items?: readonly FigureScene[];
    readonly clip?: unknown;
    readonly bounds: { readonly x1: number; readonly x2: number; readonly y1: number; readonly y2: number };
    x?: number;
    y?: number;
    dy?: number;
    readonly [channel: string]: unknown;
  }

  /** One mark: the items that it draws. */
  interface FigureScene {
    readonly marktype: string;
    readonly name?: string;
    readonly role?: string;
    readonly clip?: unknown;
    readonly group?: FigureItem;
    readonly items: readonly FigureItem[];
  }

  type EmitAttribute = (name: string, value: unknown) => void;

  /** How each type of mark turns an item into an SVG element. */
  const Marks: Readonly<
    Record<
      string,
      { readonly tag: string; readonly nested: boolean; attr(emit: EmitAttribute, item: FigureItem): void }
    >
  >;

  /** The format of a time in the units that it has: `%H:00` of hours. */
  function timeUnitSpecifier(units: readonly string[]): string;

  type TimeFormats = { utcFormat(specifier: string): (time: Date) => string };

  /** English, and the locale of these definitions. */
  function defaultLocale(): TimeFormats;
  function locale(number: object, time: object): TimeFormats;

  /** Numbers in [0, 1) from a seed. */
  function randomLCG(seed: number): () => number;

  /** Replaces the random numbers of expressions, samples and bootstrapped intervals. */
  function setRandom(generator: () => number): void;

  /** The text measurement of layout; Vega documents `width` as assignable. */
  const textMetrics: { width: (item: FigureItem, text: string) => number };

  /** Visits items in drawing order. */
  function sceneVisit(scene: FigureScene, visitor: (item: FigureItem) => void): void;
  function sceneVisit(group: FigureItem, visitor: (scene: FigureScene) => void): void;
}
