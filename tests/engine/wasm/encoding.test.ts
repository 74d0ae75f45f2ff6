/** The encoder of WebAssembly's binary format: its bytes decode to what was encoded. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Code,
  flatten,
  list,
  name,
  section,
  signed,
  sized,
  unsigned,
} from '../../../src/engine/wasm/assembler/encoding.ts';

/** Decodes a LEB128 integer; if `isSigned`, as two's complement of as many bits as it has. */
function decode(bytes: readonly number[], isSigned: boolean): bigint {
  const value = bytes.reduce((sum, byte, i) => sum | (BigInt(byte & 127) << BigInt(7 * i)), 0n);
  return isSigned ? BigInt.asIntN(7 * bytes.length, value) : value;
}

const isLast = (bytes: readonly number[]) => bytes.every((byte, i) => byte >= 128 === i < bytes.length - 1);

test('integers read back as they were, in as few bytes as can be', () => {
  const wide = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 1, 63, 64, 127, 128, 8191, 8192, 16383, 16384));
  fc.assert(
    fc.property(wide, (x) => {
      const u = x >>> 0;
      expect(decode(unsigned(u), false)).toBe(BigInt(u));
      expect(isLast(unsigned(u))).toBe(true);
      expect(unsigned(u)).toHaveLength(Math.max(1, Math.ceil(u.toString(2).length / 7)));
      for (const i of [x | 0, ~(x | 0)]) {
        expect(decode(signed(i), true)).toBe(BigInt(i));
        expect(isLast(signed(i))).toBe(true);
        const bits = 1 + (i === 0 || i === -1 ? 0 : (i < 0 ? ~i : i).toString(2).length);
        expect(signed(i)).toHaveLength(Math.ceil(bits / 7));
      }
    }),
  );
  expect([0, 0xffffffff].map((u) => decode(unsigned(u), false))).toEqual([0n, 0xffffffffn]);
});

test('numbers that are not 32-bit integers are rejected', () => {
  for (const x of [-1, 2 ** 32, 0.5, Number.NaN]) expect(() => unsigned(x)).toThrow(`not a u32: ${x}`);
  for (const x of [2 ** 31, -(2 ** 31) - 1, 0.5]) expect(() => signed(x)).toThrow(`not an i32: ${x}`);
});

test('nested code is flattened in order, and parts are preceded by their lengths', () => {
  const { tree: code } = fc.letrec<{ tree: Code; part: number | Code }>((tie) => ({
    tree: fc.array(tie('part'), { maxLength: 4 }),
    part: fc.oneof({ depthSize: 'small' }, fc.nat(255), tie('tree')),
  }));
  fc.assert(
    fc.property(code, fc.nat(12), (tree, id) => {
      const bytes = (tree as unknown[]).flat(Number.POSITIVE_INFINITY) as number[];
      expect([...flatten(tree)]).toEqual(bytes);
      expect([...flatten(sized(tree))]).toEqual([...unsigned(bytes.length), ...bytes]);
      expect([...flatten(section(id, tree))]).toEqual([id, ...unsigned(bytes.length), ...bytes]);
      expect([...flatten(list([tree, [7], tree]))]).toEqual([3, ...bytes, 7, ...bytes]);
    }),
  );
  expect([...flatten(name('run'))]).toEqual([3, ...new TextEncoder().encode('run')]);
});
