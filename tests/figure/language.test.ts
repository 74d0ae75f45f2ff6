/** Figures in the site's language: axis numbers, months and the description. */
import { afterEach, expect, test } from 'vitest';
import type { Chart, FigureSpec } from '../../src/figure/define.ts';
import { layouts } from '../../src/figure/define.ts';
import { renderFigure } from '../../src/figure/render.ts';
import { logLabel } from '../../src/figure/ticks.ts';
import type { ExperimentResult } from '../../src/lab/load.ts';
import { speak } from '../../src/words/index.ts';

afterEach(() => speak('en-GB'));

const spec = {
  data: {
    values: [
      { day: '2024-01-01', y: 0.5 },
      { day: '2024-03-01', y: 1.5 },
    ],
  },
  mark: 'line',
  encoding: {
    x: { field: 'day', type: 'temporal', title: 't', axis: { format: '%B', tickCount: 'month' } },
    y: { field: 'y', type: 'quantitative', title: 'y' },
  },
} as FigureSpec;
const result = { name: 'test', records: [], measures: {} } as unknown as ExperimentResult;
const drawn = () =>
  renderFigure({ name: 'test.t', chart: { title: 'T', spec: () => spec } as Chart, result, layout: layouts.wide });

test('axes and the description follow the language', async () => {
  const english = await drawn();
  expect(english.svg).toContain('>0.4<');
  expect(english.svg).toContain('>March<');
  expect(english.description).toContain('rises from 0.5 to 1.5');
  await speak('de');
  const german = await drawn();
  expect(german.svg).toContain('>0,4<');
  expect(german.svg).toContain('>März<');
  expect(german.description).toContain('von 0,5 bis 1,5');
  await speak('ja');
  expect((await drawn()).svg).toContain('>3月<');
});

test('a logarithmic axis has the decimal mark of the language', async () => {
  expect(logLabel(0.01, 0.01, 100)).toBe('0.01');
  await speak('de');
  expect(logLabel(0.01, 0.01, 100)).toBe('0,01');
  expect(logLabel(2.5e-9, 1e-9, 1)).toBe('2,5·10⁻⁹');
});
