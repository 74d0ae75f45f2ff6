/** The share of runs that train, with a confidence interval for few runs. */

/** The share of runs whose loss ends below 0.1; for logistic outputs and two classes, chance is ln 2. */
export const trainedShare = (runs: readonly { readonly J: number }[]): number =>
  runs.filter((r) => r.J < 0.1).length / runs.length;

/** Wilson's 95 % interval for a share of n runs (Wilson 1927): unlike share ± 2 standard errors, it has a width at 0 and 1. */
export function shareInterval(share: number, n: number): readonly [low: number, high: number] {
  const z = 1.96;
  const centre = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
