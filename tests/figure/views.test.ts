/** Tests the reuse of Vega views: resizing a view draws the same as a new one. */
import { logger, None, textMetrics } from 'vega';
import { compile } from 'vega-lite';
import { expect, test } from 'vitest';
import { FigureCompiler } from '../../src/figure/compile/compile.ts';
import type { VegaNode } from '../../src/figure/compile/vega-spec.ts';
import { Views } from '../../src/figure/compile/views.ts';
import { type FigureSpec, layouts } from '../../src/figure/index.ts';
import { toSvg } from '../../src/figure/svg/svg.ts';
import { installTextMetrics } from '../../src/figure/text/metrics.ts';

installTextMetrics(textMetrics);

const rows = Array.from({ length: 24 }, (_, i) => ({
  day: `${2000 + (i % 12)}-01-01`,
  part: 'abcd'[i % 4]!,
  v: (i * 7) % 11,
}));
const data = { values: rows };
const temporal = {
  x: { field: 'day', type: 'temporal', axis: { format: '%Y' } },
  y: { field: 'v', type: 'quantitative' },
};
const kinds: Record<string, (width: number) => object> = {
  'a facet': (width) => ({
    data,
    width: width / 3,
    mark: 'bar',
    encoding: { x: { field: 'v', bin: true }, y: { aggregate: 'count' }, column: { field: 'part' } },
  }),
  'a repeat': (width) => ({
    data,
    repeat: { layer: ['v'] },
    spec: {
      width,
      mark: 'point',
      encoding: { x: { field: { repeat: 'layer' }, type: 'quantitative' }, color: { field: 'part', type: 'nominal' } },
    },
  }),
  'a concatenation': (width) => ({
    data,
    hconcat: [
      { width: width / 2, mark: 'line', encoding: temporal },
      { width: width / 2.2, mark: 'bar', encoding: { x: { field: 'part' }, y: { aggregate: 'sum', field: 'v' } } },
    ],
  }),
  'rows with a column named index': (width) => ({
    data: { values: rows.map((row, i) => ({ ...row, index: (i * 5) % 24 })) },
    width,
    mark: 'point',
    encoding: { x: { field: 'index', type: 'quantitative' }, y: { field: 'v', type: 'quantitative' } },
  }),
  'sizes that change with the plot': (width) => ({
    data,
    width: width / 2,
    mark: 'point',
    encoding: {
      x: { field: 'v', bin: true },
      y: { field: 'v', bin: true },
      size: { aggregate: 'count' },
    },
  }),
  'ticks of dates, of which fewer fit': (width) => ({ data, width, height: 40, mark: 'line', encoding: temporal }),
};

const drawn = async (spec: (width: number) => object, ...widths: readonly number[]): Promise<string> => {
  const all = new FigureCompiler('test.views');
  try {
    let svg = '';
    for (const width of widths) {
      const { scene, ...size } = await all.layOut(spec(width) as FigureSpec, { ...layouts.narrow, width });
      svg = toSvg(scene().root, { ...size, id: 'a', title: 'a', description: 'a', tooltips: false });
    }
    return svg;
  } finally {
    all.finalize();
  }
};

test.each(Object.entries(kinds))('%s is drawn the same after corrections of its width as at once', async (_, spec) => {
  expect(await drawn(spec, 320, 200, 260)).toBe(await drawn(spec, 260));
});

const silent = logger(None);
const compiled = (spec: object): VegaNode =>
  compile(spec as FigureSpec, { logger: silent }).spec as unknown as VegaNode;

test('what differs in sizes shares a view, which keeps its data; what differs in more does not', async () => {
  const views = new Views(silent);
  const first = await views.laidOut(compiled(kinds['a facet']!(300)));
  expect(await views.laidOut(compiled(kinds['a facet']!(240)))).toBe(first);
  expect(await views.laidOut(compiled({ ...kinds['a facet']!(240), mark: 'line' }))).not.toBe(first);
  expect(await views.laidOut(compiled({ ...kinds['a facet']!(240), data: { values: rows.slice(1) } }))).not.toBe(first);
  views.finalize();
});

test('Vega writes nothing into the specification', async () => {
  const vega = compiled({ ...kinds['a facet']!(300), data: { values: 'part,v\na,1\nb,2', format: { type: 'csv' } } });
  const before = JSON.stringify(vega);
  const views = new Views(silent);
  await views.laidOut(vega);
  views.finalize();
  expect(JSON.stringify(vega)).toBe(before);
});
