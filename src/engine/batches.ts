/** Examples are dealt in batches like cards: in order, or shuffled, and the deck is gathered anew when it runs out. */
import type { Random } from './random.ts';

/**
 * A function that gives the indices of the next `batch` of m examples. With `order`, each pass over the examples is a new
 * permutation. A batch may hold the end of one pass and the start of the next, so that all have the same size.
 */
export function dealer(m: number, batch: number, order?: Random): () => Int32Array {
  const deck = () => Int32Array.from(order ? order.permutation(m) : Array.from({ length: m }, (_, i) => i));
  let cards = deck();
  let dealt = 0;
  return () => {
    const hand = new Int32Array(batch);
    for (let k = 0; k < batch; k++) {
      if (dealt === m) {
        cards = deck();
        dealt = 0;
      }
      hand[k] = cards[dealt++]!;
    }
    return hand;
  };
}
