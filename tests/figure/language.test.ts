/** Tests that axis numbers, months and descriptions are in the site's language. */
import { afterEach, expect, test } from 'vitest';
import { logLabel } from '../../src/figure/compile/ticks.ts';
import type { Chart, FigureSpec } from '../../src/figure/define-charts.ts';
import { layouts } from '../../src/figure/define-charts.ts';
import { renderFigure } from '../../src/figure/render.ts';
import { setLanguage } from '../../src/i18n/index.ts';
import type { ExperimentResult } from '../../src/lab/results/index.ts';

afterEach(() => setLanguage('en-GB'));

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
  await setLanguage('de');
  const german = await drawn();
  expect(german.svg).toContain('>0,4<');
  expect(german.svg).toContain('>März<');
  expect(german.description).toContain('von 0,5 bis 1,5');
  await setLanguage('ja');
  expect((await drawn()).svg).toContain('>3月<');
});

test('a logarithmic axis has the decimal mark of the language', async () => {
  expect(logLabel(0.01, 0.01, 100)).toBe('0.01');
  await setLanguage('de');
  expect(logLabel(0.01, 0.01, 100)).toBe('0,01');
  expect(logLabel(2.5e-9, 1e-9, 1)).toBe('2,5·10⁻⁹');
});
