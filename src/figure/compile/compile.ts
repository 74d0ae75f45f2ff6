/**
 * Compiles a Vega-Lite specification to a laid-out Vega scene and the data that it draws.
 *
 * ```
 * spec ─▶ rejectUnsupported, checkFields ─▶ Vega-Lite ─▶ colours, ticks, titles ─▶ Vega ─▶ fitLabels ─▶ check rows ─▶ scene
 *                                                                                   ▲          │
 *                                                                                   └──────────┘ again if labels did not fit
 * ```
 *
 * A warning of either library is an error with the figure's name, unless it is known to be harmless (`warnings.ts`).
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
import { messageOf } from '../../lab/errors.ts';
import type { FigureSpec, Layout } from '../define-charts.ts';
import { type InvalidHandling, readUnits } from '../describe/read-units.ts';
import type { Row } from '../describe/rows.ts';
import type { Unit } from '../describe/units.ts';
import { FigureError } from '../errors.ts';
import { loadFonts } from '../text/font.ts';
import { installTextMetrics } from '../text/metrics.ts';
import { wrappedText } from '../text/wrap.ts';
import { theme } from '../theme.ts';
import { checkRowsLeft, checkScales } from './check-data.ts';
import { checkDistinct } from './check-distinct.ts';
import { checkFields } from './check-fields.ts';
import { checkSchema } from './check-schema.ts';
import { colourScales, installColourExpressions } from './colour-scales.ts';
import { encodingsByMark } from './encodings.ts';
import { fitLabels } from './fit-labels.ts';
import { completeGuides } from './guides.ts';
import { forbidNow } from './reproducible.ts';
import { separateLabels } from './separate-labels.ts';
import { installTickExpressions } from './ticks.ts';
import { rejectUnsupported, specParts } from './unsupported.ts';
import { isObject, type Json, type VegaNode } from './vega-spec.ts';
import { Views } from './views.ts';
import { advice, isHarmless } from './warnings.ts';

installTextMetrics(textMetrics);
installTickExpressions(expressionFunction);
installColourExpressions(expressionFunction);
forbidNow(expressionFunction);
expressionFunction('wrappedText', wrappedText);

/** A figure after layout. Sizes in pixels. */
export type FigureLayout = {
  readonly root: FigureScene;
  readonly width: number;
  readonly height: number;
  readonly origin: readonly [x: number, y: number];
  /** The marks with their data. */
  readonly units: readonly Unit[];
};

/** The size of a figure, and a function that checks and returns its scene. */
export type SpecLayout = Omit<FigureLayout, 'root' | 'units'> & {
  readonly scene: () => Pick<FigureLayout, 'root' | 'units'>;
};

/** A logger for Vega and Vega-Lite that throws errors and collects warnings, which `check` throws. */
class StrictLogger {
  readonly logger: LoggerInterface;
  readonly figure: string;
  private readonly warnings: string[] = [];

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
        if (!isHarmless(message)) this.warnings.push(message);
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
    if (first === undefined) return;
    const hint = advice.find(([pattern]) => pattern.test(first))?.[1];
    throw new FigureError(this.figure, hint === undefined ? first : `${first}: ${hint}`);
  }
}

const textOf = (messages: readonly unknown[]): string => messages.map(messageOf).join(' ');

/** Whether a specification repeats the layers of one plot. */
const isLayers = (spec: object): spec is { readonly spec: Json } =>
  'repeat' in spec && isObject(spec.repeat) && Object.keys(spec.repeat).join() === 'layer';

const isComposite = (spec: object): boolean =>
  ['facet', 'repeat', 'hconcat', 'vconcat', 'concat'].some((key) => key in spec && !isLayers(spec)) ||
  ('encoding' in spec && ['row', 'column', 'facet'].some((key) => key in (spec.encoding as object)));

/** A specification with the size of its layout: a single plot without its own width fills the layout. */
function withSize(spec: FigureSpec, layout: Layout): FigureSpec {
  const { width, height, autosize, ...rest } = spec as FigureSpec & { width?: unknown; height?: unknown };
  const own = {
    ...(width === undefined || width === 'container' ? {} : { width }),
    ...(height === undefined || height === 'container' ? {} : { height }),
  };
  if (isComposite(spec)) return { ...rest, ...own } as FigureSpec;
  if (isLayers(spec)) {
    const { autosize: fit, ...plot } = withSize(
      { ...spec.spec, ...own } as unknown as FigureSpec,
      layout,
    ) as FigureSpec & Json;
    return { ...rest, ...(fit === undefined ? {} : { autosize: fit }), spec: plot } as unknown as FigureSpec;
  }
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

/** Filters out rows that a projection does not show, which have no x and y. */
function filterUnprojected(vega: VegaNode): void {
  for (const data of vega.data ?? [])
    data.transform = data.transform?.flatMap((step) =>
      step.type === 'geopoint' && Array.isArray(step.as)
        ? [step, { type: 'filter', expr: `isValid(datum[${JSON.stringify(step.as[0])}])` }]
        : [step],
    );
}

/** Gives dashed lines butt caps, since dashes with round caps would touch. */
function buttDashes(scene: FigureScene): void {
  if (scene.marktype === 'group')
    sceneVisit(scene, (group: FigureItem) => sceneVisit(group, (child: FigureScene) => buttDashes(child)));
  else
    for (const item of scene.items as (FigureItem & { strokeCap?: string })[])
      if (item.strokeCap === 'round' && Array.isArray(item.strokeDash) && item.strokeDash.some((length) => length > 1))
        item.strokeCap = 'butt';
}

/** How the author wants invalid values handled: on a mark, for all marks, or by `config.scale.invalid`. */
function invalidHandling(spec: FigureSpec): InvalidHandling {
  const config = spec.config as Json | undefined;
  const shown = isObject(config?.scale) && isObject(config.scale.invalid) ? config.scale.invalid : {};
  const says = ([, part]: readonly [string, Json]): boolean =>
    typeof part.invalid === 'string' && /^(filter|break-paths-|show$)/.test(part.invalid);
  return { invalid: [...specParts(spec)].some(says), shown: new Set(Object.keys(shown)) };
}

/**
 * Lays out specifications of one figure, one after the other. The scene of one is valid until the next is laid out; call
 * `finalize` after the last.
 */
export class FigureCompiler {
  private readonly figure: string;
  private readonly strict: StrictLogger;
  private readonly views: Views;

  constructor(figure: string) {
    this.figure = figure;
    this.strict = new StrictLogger(figure);
    this.views = new Views(this.strict.logger);
  }

  finalize(): void {
    this.views.finalize();
  }

  async layOut(spec: FigureSpec, layout: Layout): Promise<SpecLayout> {
    const { figure, strict, views } = this;
    rejectUnsupported(figure, spec);
    checkSchema(figure, spec);
    const said = invalidHandling(spec);
    checkFields(figure, spec, said.invalid);
    await loadFonts(JSON.stringify(spec));
    const { spec: compiled, normalized } = compile(withSize(spec, layout), { config: theme, logger: strict.logger });
    strict.check();
    const vega = compiled as unknown as VegaNode;
    eachScope(vega, colourScales);
    completeGuides(vega, vega, layout.width - 20);
    if (said.invalid) filterUnprojected(vega);
    for (let pass = 0; ; pass++) {
      const view = await views.laidOut(vega).catch((error: unknown) => {
        throw withExpression(figure, spec, error);
      });
      const { root } = view.scenegraph() as unknown as { readonly root: FigureScene };
      const size = view as unknown as { readonly _viewWidth: number; readonly _viewHeight: number };
      // Vega fits a plot to its width only once, but at the new width an axis may have a new tick at its end.
      const right = root.items[0]?.bounds?.x2 ?? 0;
      if (right + view.origin()[0] > size._viewWidth + 0.5) await view.resize().runAsync();
      if (fitLabels(figure, vega, root, layout.width) && pass < 3) continue;
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
          const units = readUnits(figure, { vega, root, rows, encodings }, said);
          strict.check();
          checkRowsLeft(figure, spec, units);
          checkScales(figure, spec, vega, scale);
          checkDistinct(figure, vega, scale);
          separateLabels(root);
          buttDashes(root);
          return { root, units };
        },
      };
    }
  }
}

/** An error of Vega about a name in an expression, or about null of which an expression reads something, with that expression. */
function withExpression(figure: string, spec: FigureSpec, error: unknown): unknown {
  const message = messageOf(error).replace(`figure ${figure}: `, '');
  const [, unknown] = /^Unrecognized (?:function|signal name): "?([\w$]+)/.exec(message) ?? [];
  const [, nothing, read] = /^Cannot read properties of (null|undefined) \(reading '(\w+)'\)/.exec(message) ?? [];
  const name = unknown ?? read;
  if (name === undefined) return error;
  const pattern = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, unknown === undefined ? 'i' : '');
  for (const [, part] of specParts(spec))
    for (const each of Object.values(part))
      if (typeof each === 'string' && pattern.test(each))
        return new FigureError(
          figure,
          unknown === undefined
            ? `the expression “${each}” finds ${nothing} where it needs a value for ${name}: leave such rows out (\`transform: [{filter: 'isValid(datum…)'}]\`), or write \`isValid(datum…) ? … : …\``
            : `the expression “${each}” uses ${name}, which Vega does not have`,
        );
  return error;
}

/** Lays out one specification. */
export async function compileFigure(figure: string, spec: FigureSpec, layout: Layout): Promise<FigureLayout> {
  const layouts = new FigureCompiler(figure);
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
