/** What the README shows of the blog: a figure, and an experiment's output, made anew. */
import { execFileSync } from 'node:child_process';
import charts from '../../../experiments/boundary.charts.ts';
import { layouts, renderFigure } from '../../../src/figure/index.ts';
import { resolveColours } from '../../../src/figure/palette.ts';
import { createOutliner } from '../../../src/figure/text/outline.ts';
import { planExperiment } from '../../../src/lab/plan/plan.ts';
import { loadResult } from '../../../src/lab/results/load-results.ts';
import { valueText } from '../../../src/site/components/show-number.ts';
import { repository } from '../../helpers/files.ts';

const experiments = (...args: readonly string[]): string =>
  execFileSync(process.execPath, ['src/lab/cli/main.ts', ...args], { cwd: repository, encoding: 'utf8' });

/** The result of an experiment of this blog, run if it has not been. */
async function resultOf(name: string) {
  experiments(name);
  const result = await loadResult(repository, await planExperiment(repository, `experiments/${name}.ts`));
  if ('missing' in result) throw new Error(`${name} has no result`);
  return result;
}

/** The figure of the README in the colours of one scheme, with its letters as outlines. */
export async function figure(scheme: 'light' | 'dark'): Promise<string> {
  const result = await resultOf('boundary');
  const { svg } = await renderFigure({
    name: 'boundary.boundaries',
    chart: charts.boundaries as never,
    result,
    layout: layouts.wide,
    frame: { label: 'weight scale 3', value: 3 },
    outline: createOutliner(),
  });
  return `${resolveColours(svg, scheme)}\n`;
}

/** The blocks between `<!-- example: name -->` and `<!-- /example -->`, by name. */
export async function examples(): Promise<Record<string, string>> {
  const result = await resultOf('equal-start');
  const distance = valueText([result], { of: 'equal-start.random', format: '.2f' });
  const command = '--measures equal-start';
  return {
    run: ['```console', `$ npm run experiments -- ${command}`, `${experiments(...command.split(' '))}\`\`\``].join(
      '\n',
    ),
    sentence: `> Units that start at random end ${distance} apart. Units that start equal stay exactly equal. ✓`,
  };
}
