/** Normal weights of a given scale: standard deviation σ_w/√fan_in. */
import { type Initializer, normal } from 'astro-measured/engine';

/** Normal weights of variance σ_w²/fan_in, whatever the shape of the matrix. */
export const scaledBy =
  (scale: number): Initializer =>
  (fanIn, fanOut, random) =>
    normal(scale / Math.sqrt(fanIn))(fanIn, fanOut, random);
