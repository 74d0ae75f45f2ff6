/** What components look up: results, charts and measures by name. A look-up that fails says where, what was asked and what exists. */
import { getCollection } from 'astro:content';
import type { Chart } from '../figure/index.ts';
import {
  type ExperimentResult,
  findExperiment,
  findMeasure,
  LabError,
  type Measure,
  type Results,
} from '../lab/load.ts';
import { isDev } from '../site/command.ts';
import { ComponentError, choice, required } from './errors.ts';

const chartFiles = import.meta.glob<{ default: Readonly<Record<string, Chart>> }>('/experiments/*.charts.ts', {
  eager: true,
});

/** The charts of each experiment. */
export const charts: ReadonlyMap<string, Readonly<Record<string, Chart>>> = new Map(
  Object.entries(chartFiles).map(([file, module]) => [/([^/]+)\.charts\.ts$/.exec(file)![1]!, module.default]),
);

const read = async (): Promise<Results> =>
  ((await getCollection('results')) as readonly { data: unknown }[]).map(({ data }) => data as ExperimentResult);

let built: Promise<Results> | undefined;

/** All results of the project. A build reads them once, for each reading copies every record; dev, whenever asked. */
export function allResults(): Promise<Results> {
  if (isDev()) return read();
  built ??= read();
  return built;
}

/** An experiment's result. Throws a ComponentError for an unknown name. */
export function experimentNamed(results: Results, of: string, at: string | undefined, asked: string): ExperimentResult {
  return located(at, asked, () => findExperiment(results, required(of, 'of', at, asked)));
}

/** A measure by its dotted path. Throws a ComponentError for an unknown one. */
export function measureNamed(results: Results, of: string, at: string | undefined, asked: string): Measure {
  return located(at, asked, () => findMeasure(results, required(of, 'of', at, asked)));
}

/** A chart of an experiment. Throws a ComponentError for an unknown one. */
export function chartNamed(of: string, show: string, at: string | undefined, asked: string): Chart {
  const own = charts.get(of);
  if (own === undefined)
    throw new ComponentError(
      at,
      asked,
      `no file experiments/${of}.charts.ts; charts exist of ${choice(of, [...charts.keys()])}`,
    );
  const chart = own[required(show, 'show', at, asked)];
  if (chart === undefined)
    throw new ComponentError(
      at,
      asked,
      `experiments/${of}.charts.ts has no chart “${show}”; it has ${choice(show, Object.keys(own))}`,
    );
  return chart;
}

function located<T>(at: string | undefined, asked: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof LabError) throw new ComponentError(at, asked, error.message, { cause: error });
    throw error;
  }
}
