/**
 * arccos from the series of arcsin, for the correlation map of ReLU. The engine calls no transcendental function of its host,
 * because those differ between JavaScript engines.
 */

/** arcsin s = s + s³/6 + 3s⁵/40 + …, for |s| ≤ ½. */
function arcsinSeries(s: number): number {
  const square = s * s;
  let power = s;
  let sum = s;
  for (let k = 1; power !== 0 && k < 30; k++) {
    power *= (square * (2 * k - 1)) / (2 * k);
    sum += power / (2 * k + 1);
  }
  return sum;
}

/** arccos c in [0, π], within some 4 ulp; beyond ½ from arccos c = 2 arcsin √((1 − c)/2). Throws unless −1 ≤ c ≤ 1. */
export function arccos(c: number): number {
  if (!(c >= -1 && c <= 1)) throw new RangeError(`arccos of ${c}`);
  if (c > 0.5) return 2 * arcsinSeries(Math.sqrt((1 - c) / 2));
  if (c < -0.5) return Math.PI - 2 * arcsinSeries(Math.sqrt((1 + c) / 2));
  return Math.PI / 2 - arcsinSeries(c);
}
