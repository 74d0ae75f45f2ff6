/** The middle one of an odd number of values in their order, the lower of the two middle ones of an even number. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
