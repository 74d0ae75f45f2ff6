/**
 * A Vega-Lite specification → a laid-out scene, and what it draws.
 *
 * ```
 * spec ─▶ refuse, checkFields ─▶ Vega-Lite ─▶ colours, ticks, titles ─▶ Vega ─▶ room for names ─▶ rows checked ─▶ scene
 *                                                                         ▲          │
 *                                                                         └──────────┘ laid out again if names lack room
 * ```
 *
 * Whatever either library would only warn of stops the build, with the figure's name, unless nothing is lost by it.
 */
import {
  expressionFunction,
  type FigureItem,
  type FigureScene,
  type LoggerInterface,
  sceneVisit,
  textMetrics,
} from 'vega';
import { compile } from 'vega-lite';
import { colourScales, installColourExpressions } from './colour-scales.ts';
import type { FigureSpec, Layout } from './define.ts';
import { checkEncodings } from './distinct.ts';
import { type Said, unitsDrawn } from './drawn.ts';
import { encodingsByMark } from './encodings.ts';
import { FigureError } from './errors.ts';
import { checkFields } from './fields.ts';
import { loadFonts } from './font.ts';
import { completeGuides } from './guides.ts';
import { spreadLabels } from './labels.ts';
import { makeRoom } from './make-room.ts';
import { installTextMetrics } from './metrics.ts';
import { parts, refuse } from './refusals.ts';
import { forbidNow } from './reproducible.ts';
import type { Row } from './rows.ts';
import { theme } from './theme.ts';
import { installTickExpressions } from './ticks.ts';
import type { Unit } from './units.ts';
import { isObject, type Json, type VegaNode } from './vega-spec.ts';
import { Views } from './views.ts';
import { isHarmless } from './warnings.ts';
import { wrappedText } from './wrap.ts';

installTextMetrics(textMetrics);
installTickExpressions(expressionFunction);
installColourExpressions(expressionFunction);
forbidNow(expressionFunction);
expressionFunction('wrappedText', wrappedText);

/** A figure after layout. Sizes in pixels. */
export type LaidOut = {
  readonly root: FigureScene;
  readonly width: number;
  readonly height: number;
  readonly origin: readonly [x: number, y: number];
  /** What it draws, mark by mark. */
  readonly units: readonly Unit[];
};

/** How large a figure is, and its scene, which is checked when it is asked for. */
export type Room = Omit<LaidOut, 'root' | 'units'> & { readonly scene: () => Pick<LaidOut, 'root' | 'units'> };

/** What libraries warned of, to be thrown when no better reason is found; what is harmless stays apart. */
class Strict {
  readonly logger: LoggerInterface;
  readonly figure: string;
  private readonly warnings: string[] = [];
  private readonly harmless: string[] = [];

  constructor(figure: string) {
    this.figure = figure;
    const logger: LoggerInterface = {
      level: ((level?: number) => (level === undefined ? 2 : logger)) as LoggerInterface['level'],
      error: (...messages: readonly unknown[]) => {
        const [first] = messages;
        throw first instanceof FigureError ? first : new FigureError(figure, textOf(messages));
      },
      warn: (...messages: readonly unknown[]) => {
        const message = textOf(messages);
        (isHarmless(message) ? this.harmless : this.warnings).push(message);
        return logger;
      },
      info: () => logger,
      debug: () => logger,
    };
    this.logger = logger;
  }

  /** Throws for the first warning that matters. */
  check(): void {
    const [first] = this.warnings;
    if (first !== undefined) throw new FigureError(this.figure, first);
  }

  /** Throws because no data reaches a scale, in Vega's words if it has said so. */
  empty(scale: string): never {
    const said = this.harmless.find((message) => message.startsWith('Infinite extent'));
    throw new FigureError(this.figure, `${said ?? `scale ${scale} is empty`}: no data reaches it`);
  }
}

const textOf = (messages: readonly unknown[]): string =>
  messages.map((message) => (message instanceof Error ? message.message : String(message))).join(' ');

/** Scales that need two ends. */
const continuous = new Set(['linear', 'log', 'pow', 'sqrt', 'symlog', 'time', 'utc']);

/** A scale without extent draws nothing, or everything in one place, and says nothing. */
function checkScales(strict: Strict, vega: VegaNode, scale: (name: string) => { domain(): readonly unknown[] }): void {
  for (const { name, type } of vega.scales ?? []) {
    const domain = scale(name).domain();
    const hasNoEnd = (end: unknown): boolean => end === undefined || (typeof end === 'number' && !Number.isFinite(end));
    if (domain.length === 0 || domain.some(hasNoEnd)) strict.empty(name);
    if (domain.length === 1 && continuous.has(type ?? 'linear'))
      throw new FigureError(
        strict.figure,
        `scale ${name} has one value, ${String(domain[0])}, for its domain: give it two ends, as in \`scale: { domain: [0, 10] }\``,
      );
  }
}

const isComposite = (spec: object): boolean =>
  ['facet', 'repeat', 'hconcat', 'vconcat', 'concat'].some((key) => key in spec) ||
  ('encoding' in spec && ['row', 'column', 'facet'].some((key) => key in (spec.encoding as object)));

/** A specification with the size of its layout. A single plot without a width of its own is made to fill it. */
function sized(spec: FigureSpec, layout: Layout): FigureSpec {
  const { width, height, autosize, ...rest } = spec as FigureSpec & { width?: unknown; height?: unknown };
  const own = {
    ...(width === undefined || width === 'container' ? {} : { width }),
    ...(height === undefined || height === 'container' ? {} : { height }),
  };
  if (isComposite(spec)) return { ...rest, ...own } as FigureSpec;
  if ('width' in own)
    return { height: layout.height, ...rest, ...own, ...(autosize ? { autosize } : {}) } as FigureSpec;
  return {
    height: layout.height,
    ...rest,
    ...own,
    width: layout.width,
    autosize: { type: 'fit-x', contains: 'padding' },
  } as FigureSpec;
}

/** Places that a projection does not show have no x and y: they are left out where the author leaves out what is invalid. */
function leaveOutUnprojected(vega: VegaNode): void {
  for (const data of vega.data ?? [])
    data.transform = data.transform?.flatMap((step) =>
      step.type === 'geopoint' && Array.isArray(step.as)
        ? [step, { type: 'filter', expr: `isValid(datum[${JSON.stringify(step.as[0])}])` }]
        : [step],
    );
}

/** Dashes with round ends would touch. */
function buttDashes(scene: FigureScene): void {
  if (scene.marktype === 'group')
    sceneVisit(scene, (group: FigureItem) => sceneVisit(group, (child: FigureScene) => buttDashes(child)));
  else
    for (const item of scene.items as (FigureItem & { strokeCap?: string })[])
      if (item.strokeCap === 'round' && Array.isArray(item.strokeDash) && item.strokeDash.some((length) => length > 1))
        item.strokeCap = 'butt';
}

/** What an author says of values that cannot be drawn: on a mark, for all marks, or by scales that show them. */
function saidOfInvalid(spec: FigureSpec): Said {
  const config = spec.config as Json | undefined;
  const shown = isObject(config?.scale) && isObject(config.scale.invalid) ? config.scale.invalid : {};
  const says = ([, part]: readonly [string, Json]): boolean =>
    typeof part.invalid === 'string' && /^(filter|break-paths-|show$)/.test(part.invalid);
  return { invalid: [...parts(spec)].some(says), shown: new Set(Object.keys(shown)) };
}

/**
 * Lays out the specifications of one figure, one after the other; the scene of one holds until the next. `finalize` when
 * none is to follow.
 */
export class Layouts {
  private readonly figure: string;
  private readonly strict: Strict;
  private readonly views: Views;

  constructor(figure: string) {
    this.figure = figure;
    this.strict = new Strict(figure);
    this.views = new Views(this.strict.logger);
  }

  finalize(): void {
    this.views.finalize();
  }

  async layOut(spec: FigureSpec, layout: Layout): Promise<Room> {
    const { figure, strict, views } = this;
    refuse(figure, spec);
    checkFields(figure, spec);
    await loadFonts(JSON.stringify(spec));
    const { spec: compiled, normalized } = compile(sized(spec, layout), { config: theme, logger: strict.logger });
    strict.check();
    const vega = compiled as unknown as VegaNode;
    eachScope(vega, colourScales);
    completeGuides(vega, vega, layout.width - 20);
    const said = saidOfInvalid(spec);
    if (said.invalid) leaveOutUnprojected(vega);
    for (let pass = 0; ; pass++) {
      const view = await views.laidOut(vega);
      const { root } = view.scenegraph() as unknown as { readonly root: FigureScene };
      const size = view as unknown as { readonly _viewWidth: number; readonly _viewHeight: number };
      // Vega fits a plot into its width once, and at the new width the axis may have a tick at its very end.
      const right = root.items[0]?.bounds?.x2 ?? 0;
      if (right + view.origin()[0] > size._viewWidth + 0.5) await view.resize().runAsync();
      if (makeRoom(figure, vega, root, layout.width) && pass < 3) continue;
      const padding = view.padding() as { left: number; right: number; top: number; bottom: number };
      const [x, y] = view.origin();
      const scale = (name: string) => view.scale(name) as { domain(): readonly unknown[]; range(): readonly unknown[] };
      return {
        width: size._viewWidth + padding.left + padding.right,
        height: size._viewHeight + padding.top + padding.bottom,
        origin: [x + padding.left, y + padding.top],
        scene: () => {
          const encodings = encodingsByMark(normalized);
          const rows = (name: string): readonly Row[] => view.data(name) as readonly Row[];
          const units = unitsDrawn(figure, { vega, root, rows, encodings }, said);
          strict.check();
          checkScales(strict, vega, scale);
          checkEncodings(figure, vega, scale);
          spreadLabels(root);
          buttDashes(root);
          return { root, units };
        },
      };
    }
  }
}

/** Lays out one specification. */
export async function compileFigure(figure: string, spec: FigureSpec, layout: Layout): Promise<LaidOut> {
  const layouts = new Layouts(figure);
  try {
    const { scene, ...size } = await layouts.layOut(spec, layout);
    return { ...size, ...scene() };
  } finally {
    layouts.finalize();
  }
}

function eachScope(node: VegaNode, complete: (node: VegaNode) => void): void {
  complete(node);
  for (const mark of node.marks ?? []) if (mark.type === 'group') eachScope(mark, complete);
}
