/** Dropout masks, inverted (Srivastava et al. 2014): a hidden activation is kept with probability 1 − rate and scaled by 1/(1 − rate). */
import type { Masks } from './forward.ts';
import type { Network } from './network.ts';
import { type Matrix, matrix } from './numeric/matrix.ts';
import type { Random } from './numeric/random.ts';

/** For m examples, a factor 0 or 1/(1 − rate) for every hidden unit. Throws unless 0 ≤ rate < 1. */
export function dropoutMasks(net: Network, m: number, rate: number, random: Random): Masks {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`the rate of dropout must be within [0, 1), not ${rate}`);
  const scale = 1 / (1 - rate);
  const masks: (Matrix | undefined)[] = [undefined, undefined];
  for (let l = 2; l < net.L; l++) {
    const mask = matrix(m, net.units[l - 1]!);
    masks.push({ ...mask, data: mask.data.map(() => (random.uniform() < rate ? 0 : scale)) });
  }
  return masks;
}
