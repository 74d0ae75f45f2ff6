/** Matrices: conversion from and to numbers, transposition, and selection of rows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matrix, takeRows, toRows, transpose } from '../../src/engine/index.ts';

const rows = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([m, n]) => fc.array(fc.array(fc.double(), { minLength: n, maxLength: n }), { minLength: m, maxLength: m }));

test('rows, a flat array and the matrix hold the same numbers', () => {
  fc.assert(
    fc.property(rows, (source) => {
      const [m, n] = [source.length, source[0]!.length];
      expect(toRows(matrix(m, n, source))).toEqual(source);
      expect(toRows(matrix(m, n, source.flat()))).toEqual(source);
      expect(toRows(matrix(m, n, Float64Array.from(source.flat())))).toEqual(source);
    }),
  );
  expect(toRows(matrix(2, 3))).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect(toRows(matrix(1, 2, 7))).toEqual([[7, 7]]);
});

test('transposing exchanges rows and columns, and twice gives the matrix back', () => {
  fc.assert(
    fc.property(rows, (source) => {
      const m = matrix(source.length, source[0]!.length, source);
      expect(toRows(transpose(m))).toEqual(source[0]!.map((_, j) => source.map((row) => row[j])));
      expect(transpose(transpose(m))).toEqual(m);
    }),
  );
});

test('rows are taken in the order asked for, and copied', () => {
  fc.assert(
    fc.property(rows, fc.array(fc.nat(4)), (source, picks) => {
      const indices = picks.map((i) => i % source.length);
      const m = matrix(source.length, source[0]!.length, source);
      const taken = takeRows(m, indices);
      expect(toRows(taken)).toEqual(indices.map((i) => source[i]));
      taken.data.fill(1);
      expect(toRows(m)).toEqual(source);
    }),
  );
});
