/**
 * Random numbers from Threefry-4x32-20 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011). Block n of a stream is the number n, encrypted under the stream's key. A key is derived from its parent's key and
 * a label, so streams are independent of one another and of the order in which they are created. The numbers of a seed must
 * never change.
 */
import { numbers } from '../wasm/compiled-numbers.ts';

/** A stream of random numbers. Drawing advances it; splitting does not. */
export interface Random {
  /** The independent stream of that label, the same however much was drawn before. */
  split(label: string | number): Random;
  /** Uniform in [low, high), with 53 random bits. */
  uniform(low?: number, high?: number): number;
  /** Normal deviate of the given mean and standard deviation. */
  normal(mean?: number, sd?: number): number;
  /** Uniform in 0 … n − 1, for 1 ≤ n ≤ 2^32. */
  integer(n: number): number;
  /** 0 … n − 1 in random order. */
  permutation(n: number): number[];
}

type Words = readonly [number, number, number, number];

const PARITY = 0x1bd11bda;

const rotate = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));

/**
 * The block cipher: twenty rounds of add, rotate and exclusive or, two at a time, the key added anew after every fourth.
 * `keys` are the key's words and their parity, twice; all words are signed, which keeps them in registers. The rotations are
 * written out, since a rotation by a constant is one instruction.
 */
function encrypt(keys: Int32Array, c0: number, c1: number, c2: number, c3: number, out: Int32Array): void {
  let x0 = (c0 + keys[0]!) | 0;
  let x1 = (c1 + keys[1]!) | 0;
  let x2 = (c2 + keys[2]!) | 0;
  let x3 = (c3 + keys[3]!) | 0;
  for (let k = 1; ; k++) {
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, 10) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = rotate(x3, 26) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = rotate(x3, 11) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = rotate(x1, 21) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, 13) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = rotate(x3, 27) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = rotate(x3, 23) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = rotate(x1, 5) ^ x2;
    x0 = (x0 + keys[k]!) | 0;
    x1 = (x1 + keys[k + 1]!) | 0;
    x2 = (x2 + keys[k + 2]!) | 0;
    x3 = (x3 + keys[k + 3]! + k) | 0;
    if (k === 5) break;
    k++;
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, 6) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = rotate(x3, 20) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = rotate(x3, 17) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = rotate(x1, 11) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, 25) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = rotate(x3, 10) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = rotate(x3, 18) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = rotate(x1, 20) ^ x2;
    x0 = (x0 + keys[k]!) | 0;
    x1 = (x1 + keys[k + 1]!) | 0;
    x2 = (x2 + keys[k + 2]!) | 0;
    x3 = (x3 + keys[k + 3]! + k) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

function withParity([k0, k1, k2, k3]: Words): Int32Array {
  const parity = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
  return Int32Array.of(k0, k1, k2, k3, parity, k0, k1, k2, k3, parity);
}

/** A counter of four words, encrypted under a key. */
export function threefry(key: Words, [c0, c1, c2, c3]: Words): [number, number, number, number] {
  const out = new Int32Array(4);
  encrypt(withParity(key), c0, c1, c2, c3, out);
  return [out[0]! >>> 0, out[1]! >>> 0, out[2]! >>> 0, out[3]! >>> 0];
}

// The counter's last word keeps the uses of a key apart: numbers drawn, and the two kinds of label.
const DRAW = 0;
const STRING_LABEL = 1;
const NUMBER_LABEL = 2;

/** The key for a label, from the two halves of a number's double, or a string's code units two at a time, then its length. */
function derive(key: Words, label: string | number): Words {
  if (typeof label === 'number') {
    if (!Number.isFinite(label)) throw new RangeError(`a stream's label must be finite, not ${label}`);
    const [low = 0, high = 0] = new Uint32Array(Float64Array.of(label + 0).buffer);
    return threefry(key, [low, high, 0, NUMBER_LABEL]);
  }
  let derived = key;
  for (let i = 0; i < label.length; i += 2) {
    const next = i + 1 < label.length ? label.charCodeAt(i + 1) : 0;
    derived = threefry(derived, [label.charCodeAt(i), next, 0, STRING_LABEL]);
  }
  return threefry(derived, [label.length, 0, 1, STRING_LABEL]);
}

function stream(key: Words): Random {
  const keys = withParity(key);
  const block = new Int32Array(4);
  let blocks = 0;
  let used = 4;

  function nextBlock(): void {
    encrypt(keys, blocks >>> 0, Math.floor(blocks / 2 ** 32), 0, DRAW, block);
    blocks++;
    used = 0;
  }

  function word(): number {
    if (used === 4) nextBlock();
    return block[used++]! >>> 0;
  }

  function uniform(): number {
    if (used === 4) nextBlock();
    const high = block[used++]! >>> 5;
    if (used === 4) nextBlock();
    const low = block[used++]! >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** The polar method (Marsaglia & Bray 1964), one deviate of the pair, so that no state is left between calls. */
  function normal(): number {
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * numbers.log(square)) / square);
    }
  }

  /** Rejects the words beyond the last whole multiple of n, so that all remainders are equally likely. */
  function integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) throw new RangeError(`cannot draw an integer below ${n}`);
    const limit = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const x = word();
      if (x < limit) return x % n;
    }
  }

  return {
    split: (label) => stream(derive(key, label)),
    uniform: (low = 0, high = 1) => low + (high - low) * uniform(),
    normal: (mean = 0, sd = 1) => mean + sd * normal(),
    integer,
    permutation(n) {
      const order = Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = integer(i + 1);
        [order[i], order[j]] = [order[j] as number, order[i] as number];
      }
      return order;
    },
  };
}

/** The stream of a seed, any finite number. Throws on NaN and infinities. */
export function createRandom(seed: number): Random {
  return stream(derive([0, 0, 0, 0], seed));
}
