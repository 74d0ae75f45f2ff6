/** Looks up results, measures and charts by name for components. An error lists the names that exist. */
import { getCollection } from 'astro:content';
import type { Chart } from '../../figure/index.ts';
import { messageOf } from '../../lab/errors.ts';
import {
  type ExperimentResult,
  findExperiment,
  findMeasure,
  LabError,
  type Measure,
  type Results,
} from '../../lab/results/index.ts';
import { isDev } from '../command.ts';
import { ComponentError, listWithNearest, requiredAttribute } from './author-error.ts';

type Charts = Readonly<Record<string, Chart>>;

const chartFiles = import.meta.glob<{ default?: Charts }>('/experiments/*.charts.ts');

/** The charts in a file. Throws for one that throws when it is read, or that exports none. */
async function readCharts(file: string, load: () => Promise<{ default?: Charts }>): Promise<Charts> {
  const { default: own } = await load().catch((error: unknown) => {
    throw new Error(`${file} throws when it is read: ${messageOf(error)}`, { cause: error });
  });
  if (own === undefined) throw new Error(`${file} exports no charts: write export default defineCharts({ … })`);
  return own;
}

/** The charts of each experiment. */
export const charts: ReadonlyMap<string, Charts> = new Map(
  await Promise.all(
    Object.entries(chartFiles).map(
      async ([path, load]) => [/([^/]+)\.charts\.ts$/.exec(path)![1]!, await readCharts(path.slice(1), load)] as const,
    ),
  ),
);

const readResults = async (): Promise<Results> =>
  ((await getCollection('results')) as readonly { data: unknown }[]).map(({ data }) => data as ExperimentResult);

let resultsOfBuild: Promise<Results> | undefined;

/** All results of the project. A build reads them once, since each read copies every record; dev reads them anew. */
export function allResults(): Promise<Results> {
  if (isDev()) return readResults();
  resultsOfBuild ??= readResults();
  return resultsOfBuild;
}

/** An experiment's result. Throws a ComponentError for an unknown name. */
export function experimentNamed(results: Results, of: string, at: string | undefined, asked: string): ExperimentResult {
  return withLocation(at, asked, () => findExperiment(results, requiredAttribute(of, 'of', at, asked)));
}

/** A measure by its dotted path. Throws a ComponentError for an unknown one. */
export function measureNamed(results: Results, of: string, at: string | undefined, asked: string): Measure {
  return withLocation(at, asked, () => findMeasure(results, requiredAttribute(of, 'of', at, asked)));
}

/** A chart of an experiment. Throws a ComponentError for an unknown one. */
export function chartNamed(of: string, show: string, at: string | undefined, asked: string): Chart {
  const own = charts.get(of);
  if (own === undefined)
    throw new ComponentError(
      at,
      asked,
      `no file experiments/${of}.charts.ts; charts exist of ${listWithNearest(of, [...charts.keys()])}`,
    );
  const chart = own[requiredAttribute(show, 'show', at, asked)];
  if (chart === undefined)
    throw new ComponentError(
      at,
      asked,
      `experiments/${of}.charts.ts has no chart “${show}”; it has ${listWithNearest(show, Object.keys(own))}`,
    );
  return chart;
}

function withLocation<T>(at: string | undefined, asked: string, lookUp: () => T): T {
  try {
    return lookUp();
  } catch (error) {
    if (error instanceof LabError) throw new ComponentError(at, asked, error.message, { cause: error });
    throw error;
  }
}
