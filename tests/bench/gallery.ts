/**
 * `npm run bench -- gallery FOLDER`: draws the Vega-Lite specifications of a folder, such as `examples/specs` of
 * vega/vega-lite, in both layouts, edited as messages ask for, and compares them with Vega-Lite and Vega's own SVG.
 *
 * A drawing is *wrong* if it differs in pixels from Vega's SVG of the same scene, if it has more marks than Vega-Lite
 * draws once rows that cannot be drawn are filtered out, or if a second drawing has other bytes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { optimize } from 'svgo';
import { type FigureScene, logger, None, parse, randomLCG, setRandom, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { compileFigure } from '../../src/figure/compile/compile.ts';
import { seedRandom } from '../../src/figure/compile/reproducible.ts';
import type { Json } from '../../src/figure/compile/vega-spec.ts';
import { type Chart, type Figure, FigureError, type Layout, layouts, renderFigure } from '../../src/figure/index.ts';
import { repository } from '../helpers/files.ts';
import { median } from './engine/median.ts';
import { countDifferingPixels } from './gallery/difference.ts';
import { applyEdits, type Edit, edits } from './gallery/edits.ts';
import { inlineData } from './gallery/inlined.ts';
import { vegaSvg, withoutHidden } from './gallery/vega-svg.ts';

type Cost = { readonly ms: number; readonly bytes: number };

type Outcome = {
  readonly file: string;
  readonly layout: Layout['name'];
  readonly edits: readonly Edit[];
  readonly problem?: string;
  readonly kind: 'drawn' | 'refused' | 'wrong' | 'internal';
  readonly cost?: Readonly<Record<'ours' | 'plain', Cost>> & Readonly<Partial<Record<'bare' | 'svgo', Cost>>>;
};

const silent = logger(None);

const bytesOf = (svg: string): number => brotliCompressSync(svg).length;
const timed = async <T>(run: () => Promise<T>): Promise<[T, number]> => {
  const start = performance.now();
  return [await run(), performance.now() - start];
};

/** A specification drawn by Vega-Lite alone, with the figures' random seed: its SVG and the number of items by mark type. */
async function drawWithVegaLite(spec: TopLevelSpec): Promise<{ svg: string; items: Map<string, number> }> {
  seedRandom(setRandom, randomLCG);
  const view = new View(parse(compile(spec, { logger: silent }).spec), { renderer: 'none', logger: silent });
  const svg = await view.toSVG();
  const { root } = view.scenegraph() as unknown as { root: FigureScene };
  view.finalize();
  return { svg, items: itemsOf(root) };
}

/** The number of items with data by mark type; for paths, the number of points. */
function itemsOf(root: FigureScene): Map<string, number> {
  const counts = new Map<string, number>();
  const visit = (scene: FigureScene): void => {
    if (scene.role !== 'mark' && scene.role !== 'frame' && !scene.role?.startsWith('scope')) return;
    if (scene.marktype !== 'group') {
      const drawn = scene.items.filter((item) => (item as { defined?: boolean }).defined !== false).length;
      counts.set(scene.marktype, (counts.get(scene.marktype) ?? 0) + drawn);
    } else for (const item of scene.items) for (const child of item.items ?? []) visit(child);
  };
  visit(root);
  return counts;
}

/** Every how many specifications are also compared with svgo, which is slow. */
const svgoEvery = 8;

/** Draws a specification in a layout, with one more edit after each error that has one, and compares the result. */
async function attempt(file: string, original: Json, layout: Layout, withSvgo: boolean): Promise<Outcome> {
  const applied: Edit[] = [];
  let [problem, wide] = ['', 0];
  for (;;) {
    const spec = applyEdits(original, applied, wide);
    const chart = { title: file, spec: ({ layout }: { layout: Layout }) => spec(layout) } as unknown as Chart;
    const request = { name: `gallery.${file}`, chart, result: { records: [], measures: {} }, layout };
    let figure: Figure;
    let ms: number;
    try {
      [figure, ms] = await timed(() => renderFigure(request));
    } catch (error) {
      problem =
        error instanceof Error ? error.message.replace(`figure gallery.${file}`, '').replace(/^: |^, /, '') : '';
      if (
        !(error instanceof FigureError) ||
        /undefined|not a function|\[object|Cannot|stack size|is not iterable/.test(problem)
      )
        return { file, layout: layout.name, edits: applied, problem, kind: 'internal' };
      const next = edits.find((edit) => edit.when.test(problem) && !applied.includes(edit));
      if (!next) return { file, layout: layout.name, edits: applied, problem, kind: 'refused' };
      if (next.name === 'size') wide = Number(/([\d.]+) px wide/.exec(problem)?.[1]);
      applied.push(next);
      continue;
    }
    const outcome = { file, layout: layout.name, edits: applied };
    if ((await renderFigure(request)).svg !== figure.svg)
      return { ...outcome, kind: 'wrong', problem: 'other bytes the second time' };
    const laidOut = await compileFigure(request.name, figure.spec, { ...layout, width: figure.targetWidth });
    const own = vegaSvg(laidOut, Math.max(0, (layout.width - laidOut.width) / 2));
    const differs = await countDifferingPixels(figure.svg, withoutHidden(own));
    if (differs > 0) return { ...outcome, kind: 'wrong', problem: `${differs} pixels differ from Vega's own SVG` };
    const filtered = {
      ...figure.spec,
      config: { ...(figure.spec.config as Json | undefined), mark: { invalid: 'filter' } },
    };
    // Vega writes into the rows that it is given.
    const copy = structuredClone(filtered) as TopLevelSpec;
    const [beside, plainMs] = await timed(() => drawWithVegaLite(copy));
    for (const [mark, count] of itemsOf(laidOut.root))
      if (count > (beside.items.get(mark) ?? 0))
        return {
          ...outcome,
          kind: 'wrong',
          problem: `${count} ${mark} items, Vega-Lite has ${beside.items.get(mark) ?? 0}`,
        };
    const cost = {
      ours: { ms, bytes: bytesOf(figure.svg) },
      plain: { ms: plainMs, bytes: bytesOf(beside.svg) },
    };
    if (!withSvgo) return { ...outcome, kind: 'drawn', cost };
    // The precision of the figures' own writer: hundredths of a pixel, or tenths in simplified paths.
    const [optimized, svgoMs] = await timed(async () => optimize(own, { multipass: true, floatPrecision: 2 }).data);
    // Without titles, descriptions and tooltips, which Vega's SVG lacks.
    const bare = { ms, bytes: bytesOf(figure.svg.replace(/<(title|desc)\b[^>]*>[^<]*<\/\1>/g, '')) };
    const svgo = { ms: svgoMs, bytes: bytesOf(optimized) };
    return { ...outcome, kind: 'drawn', cost: { ...cost, bare, svgo } };
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function report(outcomes: readonly Outcome[], layout: Layout['name']): void {
  const those = outcomes.filter((outcome) => outcome.layout === layout);
  const of = (kind: Outcome['kind']) => those.filter((outcome) => outcome.kind === kind);
  const drawn = of('drawn');
  console.log(
    `\n${layout}: ${those.length} specifications; ${drawn.length} draw, ${drawn.filter((each) => each.edits.length === 0).length} of them untouched; ` +
      `${of('refused').length} refused, ${of('wrong').length} wrong, ${of('internal').length} internal errors`,
  );
  const needed = edits.map(
    ({ name }) => `${name} ${drawn.filter((each) => each.edits.some((edit) => edit.name === name)).length}`,
  );
  console.log(`mended: ${needed.join(', ')}`);
  const costs = drawn.flatMap(({ cost }) => cost ?? []);
  const ratios = (pairs: readonly (readonly [number, number])[]) =>
    `median ${median(pairs.map(([a, b]) => a / b)).toFixed(2)}, total ` +
    (total(pairs.map(([a]) => a)) / total(pairs.map(([, b]) => b))).toFixed(2);
  const beside = (key: keyof Cost) => ratios(costs.map(({ ours, plain }) => [ours[key], plain[key]]));
  const seconds = (of: 'ours' | 'plain') => (total(costs.map((cost) => cost[of].ms)) / 1000).toFixed(2);
  console.log(
    `time beside Vega-Lite: ${beside('ms')} (${seconds('ours')} s / ${seconds('plain')} s); Brotli bytes: ${beside('bytes')}`,
  );
  const compared = costs.flatMap(({ plain, bare, svgo }) => (bare && svgo ? [{ plain, bare, svgo }] : []));
  if (compared.length > 0)
    console.log(
      `${compared.length} of them, without words, beside Vega's SVG of the same scenes with svgo: bytes ` +
        `${ratios(compared.map(({ bare, svgo }) => [bare.bytes, svgo.bytes]))}; svgo alone takes, of Vega-Lite's time, ` +
        ratios(compared.map(({ plain, svgo }) => [svgo.ms, plain.ms])),
    );
  const slowest = drawn
    .filter((each) => each.cost && each.cost.ours.ms > 3 * each.cost.plain.ms && each.cost.ours.ms > 60)
    .map((each) => `${each.file} ${each.cost!.ours.ms.toFixed(0)}/${each.cost!.plain.ms.toFixed(0)}`);
  if (slowest.length > 0) console.log(`slow: ${slowest.join(', ')}`);
}

/** Prints the outcomes for the specifications of a folder, or for those named in `only`. */
export async function gallery(folder: string | undefined, ...only: readonly string[]): Promise<void> {
  if (folder === undefined)
    throw new Error('npm run bench -- gallery FOLDER: the folder holds Vega-Lite specifications');
  const data = join(repository, 'tests/bench/node_modules/vega-datasets/data');
  const outcomes: Outcome[] = [];
  const unhandled: string[] = [];
  process.on('unhandledRejection', (reason) => unhandled.push(String(reason)));
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  for (const [at, name] of files.entries()) {
    const file = name.replace(/(\.vl)?\.json$/, '');
    if (only.length > 0 && !only.includes(file)) continue;
    const text = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    if (!/vega-lite/.test(String(text.$schema))) continue;
    const spec = inlineData(text, data) as Json;
    for (const layout of [layouts.wide, layouts.narrow]) {
      const outcome = await attempt(file, spec, layout, at % svgoEvery === 0);
      outcomes.push(outcome);
      if (outcome.problem !== undefined)
        console.log(`${outcome.kind} ${file} ${layout.name}: ${outcome.problem.slice(0, 300)}`);
    }
  }
  for (const layout of ['wide', 'narrow'] as const) report(outcomes, layout);
  if (unhandled.length > 0) console.log(`unhandled rejections: ${unhandled.join('; ')}`);
}
