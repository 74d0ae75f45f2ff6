/** What an experiment imports from the lab: its definition, data sets, grids and statistics. */

export { type Best, bestOf } from './authoring/best-of-grid.ts';
export { blobs, type Dataset, moons, parity, spirals, teacher, xor } from './authoring/datasets.ts';
export {
  defineExperiment,
  type Experiment,
  type ExperimentOptions,
  type Measure,
  type MeasuresOf,
  type Point,
  type RecordSchema,
  type RecordsOf,
  type Row,
  type RunContext,
  type Scalar,
} from './authoring/define-experiment.ts';
export { digits8, digits20 } from './authoring/digits.ts';
export { downsample, linspace, logspace } from './authoring/grids.ts';
export { type Interval, meanInterval, median, quantile } from './authoring/statistics.ts';
export type { CsvTable, DataFrom, IdxArray } from './data-files/read-data-file.ts';
