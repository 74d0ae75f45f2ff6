/** Tests that the types of the chart helpers reject unknown column names. */
import { area, bars, box, dots, heatmap, layouts, lines, scatter, strip, table } from '../../src/figure/index.ts';

const rows = [{ rule: 'plain', step: 1, loss: 2, low: 1, high: 3 }];
const step = { field: 'step', title: 'Step' } as const;
const loss = { field: 'loss', title: 'Loss' } as const;
const rule = { field: 'rule', title: 'Rule' } as const;

/** Never run: `tsc` fails if one of the expected errors is missing. */
export function wrongNames(): void {
  const of = { layout: layouts.wide, data: rows };
  const wrong = { field: 'lost', title: 'Loss' } as const;
  // @ts-expect-error
  lines({ ...of, x: step, y: wrong });
  // @ts-expect-error
  lines({ ...of, x: step, y: loss, series: 'rules' });
  // @ts-expect-error
  lines({ ...of, x: step, y: loss, band: ['low', 'hi'] });
  // @ts-expect-error
  lines({ ...of, x: step, y: loss, predicted: 'prediction' });
  // @ts-expect-error
  lines({ ...of, x: step, y: loss, facet: { field: 'panel' } });
  // @ts-expect-error
  strip({ ...of, category: rule, value: wrong });
  // @ts-expect-error
  heatmap({ ...of, x: step, y: rule, value: wrong });
  // @ts-expect-error
  bars({ ...of, category: wrong, value: loss });
  // @ts-expect-error
  bars({ ...of, category: rule, value: loss, series: 'rules' });
  // @ts-expect-error
  scatter({ ...of, x: wrong, y: loss });
  // @ts-expect-error
  area({ ...of, x: step, y: loss, series: 'rules' });
  // @ts-expect-error
  box({ ...of, category: rule, value: wrong });
  // @ts-expect-error
  dots({ ...of, category: rule, value: loss, interval: ['low', 'hi'] });
  // @ts-expect-error
  table({ ...of, columns: [rule, wrong] });
}
