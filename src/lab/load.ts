/** The lab's door for the site: stored results, the look-ups in them, and what builds find of claims. */
export type { Interval, Measure, Point, Scalar } from './define.ts';
export { LabError } from './errors.ts';
export { resultsLoader } from './loader.ts';
export { findExperiment, findMeasure, type Results, UnknownMeasure } from './measures.ts';
export { nearest } from './nearest.ts';
export { writeClaims } from './published.ts';
export type { ExperimentResult } from './results.ts';
export { loadResults } from './stored.ts';
