/** Edits of a formula can be traced back to what its author typed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits, commands, type Edit, sourceOffset } from '../../src/math/tex.ts';

test('commands are found with their arguments and extent', () => {
  expect(commands('a \\label{x} \\begin {align}')).toEqual([
    { name: 'label', argument: 'x', start: 2, end: 11 },
    { name: 'begin', argument: 'align', start: 12, end: 26 },
  ]);
});

test('offsets outside of edits lead back to the same character', () => {
  const edit = fc.record({ start: fc.nat(30), length: fc.nat(5), text: fc.string({ maxLength: 8 }) });
  fc.assert(
    fc.property(fc.string({ minLength: 40, maxLength: 60 }), fc.array(edit, { maxLength: 4 }), (source, wishes) => {
      const edits: Edit[] = [];
      for (const { start, length, text } of wishes.toSorted((a, b) => a.start - b.start)) {
        if (start >= (edits.at(-1)?.end ?? 0)) edits.push({ start, end: start + length, text });
      }
      const edited = applyEdits(source, edits);
      const kept = [...source].map((_, i) => i).filter((i) => edits.every((e) => i < e.start || i >= e.end));
      const found = new Set([...edited].map((_, i) => sourceOffset(i, edits)));
      for (const offset of kept) if (offset > 36) expect(found.has(offset)).toBe(true);
      for (let i = 0; i < edited.length; i += 1) expect(sourceOffset(i, edits)).toBeLessThan(source.length);
    }),
  );
});
