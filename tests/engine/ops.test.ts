/** The scalar operations do to a double what the WebAssembly instructions do to a lane. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scalar } from '../../src/engine/numeric/ops.ts';

const bitsOf = (x: number): bigint => new BigUint64Array(Float64Array.of(x).buffer)[0]!;
const doubleOf = (bits: bigint): number => new Float64Array(BigUint64Array.of(bits).buffer)[0]!;

/** Bits of any double but NaN, whose payload JavaScript may change. */
const bits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).filter((b) => !Number.isNaN(doubleOf(b)));
const sameBits = (actual: number, expected: bigint) => {
  if (!Number.isNaN(doubleOf(expected))) expect(bitsOf(actual)).toBe(expected);
};

test('and, or and the shifts are those of 64-bit integers', () => {
  fc.assert(
    fc.property(bits, bits, (x, y) => {
      sameBits(scalar.and(doubleOf(x), doubleOf(y)), x & y);
      sameBits(scalar.or(doubleOf(x), doubleOf(y)), x | y);
      sameBits(scalar.shiftUp(doubleOf(x)), BigInt.asUintN(64, x << 52n));
      sameBits(scalar.shiftDown(doubleOf(x)), x >> 52n);
    }),
  );
});

test('min and max are pmin and pmax: the first operand unless the second is beyond it', () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), (x, y) => {
      const [below, above] = [y < x, x < y];
      expect(scalar.min(x, y)).toBe(below ? y : x);
      expect(scalar.max(x, y)).toBe(above ? y : x);
    }),
  );
  expect(scalar.min(Number.NaN, 1)).toBeNaN();
  expect(scalar.max(1, Number.NaN)).toBe(1);
  expect(scalar.max(-0, 0)).toBe(-0);
});
