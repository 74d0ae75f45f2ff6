/** What the site imports from the lab: the results and their loader, measures by path, and the record of claims. */
export { resultsLoader } from '../astro/results-loader.ts';
export type { Measure, Point, Scalar } from '../authoring/define-experiment.ts';
export type { Interval } from '../authoring/statistics.ts';
export { nearestName } from '../did-you-mean.ts';
export { LabError } from '../errors.ts';
export { writeClaims } from './baseline.ts';
export { findExperiment, findMeasure, type Results, UnknownMeasure } from './find-measure.ts';
export { loadResults } from './load-results.ts';
export type { ExperimentResult } from './results.ts';
