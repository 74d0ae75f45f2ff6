/**
 * A Vega-Lite specification → a laid-out scene.
 *
 * ```
 * spec ─▶ checkFields ─▶ Vega-Lite ─▶ readable log ticks ─▶ Vega ─▶ scales checked ─▶ labels spread ─▶ scene
 * ```
 *
 * Whatever either library would only warn of stops the build, with the figure's name.
 */
import { expressionFunction, type FigureScene, type LoggerInterface, parse, type Spec, textMetrics, View } from 'vega';
import { compile } from 'vega-lite';
import type { FigureSpec, Layout } from './define.ts';
import { FigureError } from './errors.ts';
import { checkFields } from './fields.ts';
import { spreadLabels } from './labels.ts';
import { installTextMetrics } from './metrics.ts';
import { theme } from './theme.ts';
import { installTickExpressions } from './ticks.ts';

installTextMetrics(textMetrics);
installTickExpressions(expressionFunction);

/** A figure after layout. Sizes in pixels. */
export type LaidOut = {
  readonly root: FigureScene;
  readonly width: number;
  readonly height: number;
  readonly origin: readonly [x: number, y: number];
};

/** A logger for which a warning is an error. */
function strictLogger(figure: string): LoggerInterface {
  const fail = (...messages: readonly unknown[]): never => {
    const [first] = messages;
    throw first instanceof FigureError
      ? first
      : new FigureError(figure, messages.map((m) => (m instanceof Error ? m.message : String(m))).join(' '));
  };
  const logger: LoggerInterface = {
    level: ((level?: number) => (level === undefined ? 2 : logger)) as LoggerInterface['level'],
    error: fail,
    warn: fail,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

type VegaNode = { scales?: VegaScale[]; axes?: VegaAxis[]; marks?: VegaNode[] };
type VegaScale = { name: string; type?: string; constant?: number };
type VegaAxis = {
  scale: string;
  grid?: boolean;
  labels?: boolean;
  values?: unknown;
  orient?: string;
  tickCount?: { signal?: string };
  encode?: { labels?: { update?: { text?: unknown } } };
};

/** Gives log and symlog axes ticks at powers of ten, unless their author chose values. */
function readableTicks(node: VegaNode, outer: ReadonlyMap<string, VegaScale>): void {
  const scales = new Map([...outer, ...(node.scales ?? []).map((scale) => [scale.name, scale] as const)]);
  for (const axis of node.axes ?? []) {
    // Vega-Lite asks for a tick every 40 px, which crowds a horizontal axis.
    if (axis.orient === 'bottom' && axis.tickCount?.signal !== undefined)
      axis.tickCount = { signal: axis.tickCount.signal.replace('/40)', '/75)') };
    const scale = scales.get(axis.scale);
    if ((scale?.type !== 'log' && scale?.type !== 'symlog') || axis.values !== undefined) continue;
    const domain = `domain('${scale.name}')`;
    // With a count Vega would thin these values once more.
    delete axis.tickCount;
    const room = axis.orient === 'bottom' ? 52 : 26;
    const most = `max(2, floor(abs(range('${scale.name}')[1] - range('${scale.name}')[0]) / ${room}))`;
    axis.values = {
      signal:
        scale.type === 'log'
          ? `logTicks(${domain}, ${most})`
          : `symlogTicks(${domain}, ${scale.constant ?? 1}, ${most})`,
    };
    if (axis.labels === false || axis.encode?.labels?.update?.text !== undefined) continue;
    const text = { signal: scale.type === 'log' ? `logLabel(datum.value, ${domain})` : 'symlogLabel(datum.value)' };
    axis.encode = {
      ...axis.encode,
      labels: { ...axis.encode?.labels, update: { ...axis.encode?.labels?.update, text } },
    };
  }
  for (const mark of node.marks ?? []) readableTicks(mark, scales);
}

/** A scale without extent draws nothing, or everything in one place, and says nothing. */
function checkScales(figure: string, vega: Spec, view: View): void {
  for (const { name } of vega.scales ?? []) {
    const domain = (view.scale(name) as { domain(): readonly unknown[] }).domain();
    if (domain.length === 0) throw new FigureError(figure, `scale ${name} is empty: no data reaches it`);
    for (const end of domain)
      if (end === undefined || end === null || (typeof end === 'number' && !Number.isFinite(end)))
        throw new FigureError(figure, `scale ${name} reaches from ${domain.map(String).join(' to ')}`);
  }
}

const isComposite = (spec: object): boolean =>
  ['facet', 'repeat', 'hconcat', 'vconcat', 'concat'].some((key) => key in spec) ||
  ('encoding' in spec && ['row', 'column', 'facet'].some((key) => key in (spec.encoding as object)));

/** Lays out one specification. A single plot without a width of its own is made to fill the layout. */
export async function compileFigure(figure: string, spec: FigureSpec, layout: Layout): Promise<LaidOut> {
  checkFields(figure, spec);
  const fills = !isComposite(spec) && !('width' in spec);
  const sized = fills
    ? { height: layout.height, ...spec, width: layout.width, autosize: { type: 'fit-x', contains: 'padding' } }
    : spec;
  const logger = strictLogger(figure);
  const { spec: vega } = compile(sized as FigureSpec, { config: theme, logger });
  readableTicks(vega as unknown as VegaNode, new Map());
  const view = new View(parse(vega), { renderer: 'none', logger });
  try {
    await view.runAsync();
    checkScales(figure, vega, view);
    const { root } = view.scenegraph() as unknown as { readonly root: FigureScene };
    spreadLabels(root);
    const size = view as unknown as { readonly _viewWidth: number; readonly _viewHeight: number };
    const padding = view.padding() as { left: number; right: number; top: number; bottom: number };
    const [x, y] = view.origin();
    return {
      root,
      width: size._viewWidth + padding.left + padding.right,
      height: size._viewHeight + padding.top + padding.bottom,
      origin: [x + padding.left, y + padding.top],
    };
  } finally {
    view.finalize();
  }
}
