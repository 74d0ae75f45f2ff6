/** Mini-batches: cycles through the examples, in order or in a new random order for each pass. */
import type { Random } from './numeric/random.ts';

/**
 * A function that returns the indices of the next `batch` of m examples. With `order`, each pass over the examples is a
 * new permutation. A batch may hold the end of one pass and the start of the next, so that all have the same size.
 */
export function createBatches(m: number, batch: number, order?: Random): () => Int32Array {
  const nextPass = () => Int32Array.from(order ? order.permutation(m) : Array.from({ length: m }, (_, i) => i));
  let pass = nextPass();
  let used = 0;
  return () => {
    const indices = new Int32Array(batch);
    for (let k = 0; k < batch; k++) {
      if (used === m) {
        pass = nextPass();
        used = 0;
      }
      indices[k] = pass[used++]!;
    }
    return indices;
  };
}
