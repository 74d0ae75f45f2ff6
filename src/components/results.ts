/** What components look up: results, charts and measures by name. A look-up that fails says where, what was asked and what exists. */
import { getCollection } from 'astro:content';
import type { Chart } from '../figure/index.ts';
import {
  type ExperimentResult,
  findExperiment,
  findMeasure,
  LabError,
  type Measure,
  nearest,
  type Results,
} from '../lab/load.ts';

/** Something that an author wrote cannot be shown; `at` is where it stands. */
export class ComponentError extends Error {
  override readonly name = 'ComponentError';

  constructor(at: string | undefined, asked: string, problem: string, options?: ErrorOptions) {
    super(`${at ?? 'outside of a post'}: ${asked}: ${problem}`, options);
  }
}

const chartFiles = import.meta.glob<{ default: Readonly<Record<string, Chart>> }>('/experiments/*.charts.ts', {
  eager: true,
});

/** The charts of each experiment. */
export const charts: ReadonlyMap<string, Readonly<Record<string, Chart>>> = new Map(
  Object.entries(chartFiles).map(([file, module]) => [/([^/]+)\.charts\.ts$/.exec(file)![1]!, module.default]),
);

/** All results of the project. */
export async function allResults(): Promise<Results> {
  return ((await getCollection('results')) as readonly { data: unknown }[]).map(({ data }) => data as ExperimentResult);
}

/** `lockstep, depth; nearest: depth`. */
export function choice(asked: string, names: readonly string[]): string {
  const guess = nearest(asked, names);
  return `${names.join(', ') || 'none'}${guess === undefined ? '' : `; nearest: ${guess}`}`;
}

/** An attribute that the component cannot do without. MDX is not type-checked, so it may be missing. */
export function required(value: unknown, name: string, at: string | undefined, asked: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new ComponentError(at, asked, `${name} is missing: name what it shows, ${name}="…"`);
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

/** A component as its author wrote it, for messages: `<Chart of="lockstep" show="spread">`. */
export function tagOf(name: string, attributes: Readonly<Record<string, unknown>>): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => (typeof value === 'string' ? ` ${key}="${value}"` : ` ${key}={${JSON.stringify(value)}}`));
  return `<${name}${written.join('')}>`;
}
