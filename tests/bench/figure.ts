/** Benchmarks figures: the time to draw each when warm, and the size of its SVG, gzipped. */
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Chart, layouts, renderFigure } from '../../src/figure/index.ts';
import { loadResults } from '../../src/lab/results/index.ts';
import { repository as root } from '../helpers/files.ts';
import { median } from './engine/median.ts';

/** The budgets of a still figure: milliseconds of CPU time when warm (not affected by other processes), bytes gzipped. */
const budget = { time: 60, bytes: 25_000 } as const;

/** Prints a line for each figure and layout, and marks those over a budget. */
export async function figure(): Promise<void> {
  const results = await loadResults({ root });
  console.log(`figures: median of 9 after 2, budget ${budget.time} ms of CPU and ${budget.bytes} bytes`);
  for (const file of globSync('experiments/*.charts.ts', { cwd: root }).sort()) {
    const of = basename(file, '.charts.ts');
    const result = results.find((one) => one.name === of)!;
    const charts = (
      (await import(new URL(`../../${file}`, import.meta.url).href)) as { default: Record<string, Chart> }
    ).default;
    for (const [show, chart] of Object.entries(charts))
      for (const layout of [layouts.wide, layouts.narrow]) {
        const times: number[] = [];
        let svg = '';
        for (let run = 0; run < 11; run++) {
          const start = process.cpuUsage();
          ({ svg } = await renderFigure({ name: `${of}.${show}`, chart, result, layout }));
          const { user, system } = process.cpuUsage(start);
          times.push((user + system) / 1000);
        }
        const time = median(times.slice(2));
        const bytes = gzipSync(svg).length;
        const over = time > budget.time || bytes > budget.bytes ? '  OVER' : '';
        console.log(
          `${`${of}.${show}`.padEnd(28)} ${layout.name.padEnd(6)} ${time.toFixed(1).padStart(6)} ms ${String(bytes).padStart(7)} bytes${over}`,
        );
      }
  }
}
