/** Medians of measurements. */
import type { Time } from './contestant.ts';

/** The median; of an even number of values, the lower of the middle two; NaN if there are none. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

/** The medians of both times. */
export const medianTime = (times: readonly Time[]): Time => ({
  clock: median(times.map(({ clock }) => clock)),
  processor: median(times.map(({ processor }) => processor)),
});
