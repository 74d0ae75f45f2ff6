/** Checks of derivations, numbers formatted for prose, and source code extracted from modules. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDerivation, type Derivation, type Line } from '../../../src/site/components/derivation.ts';
import { entrySource, lineSources } from '../../../src/site/components/module-source.ts';
import { format, numberToText } from '../../../src/site/components/show-number.ts';

const square: Derivation<number> = {
  at: (seed) => seed / 7 + 1,
  lines: [
    { tex: '(x + 1)^2', value: (x) => (x + 1) ** 2 },
    { tex: 'x^2 + 2x + 1', value: (x) => x * x + 2 * x + 1 },
  ],
  held: { differences: (x) => ((x + 1 + 1e-5) ** 3 - (x + 1 - 1e-5) ** 3) / 6e-5 },
};

describe('an executed derivation', () => {
  test('reports how well its lines agree', () => {
    const [lines, held] = checkDerivation(square);
    expect([lines!.left, lines!.right, lines!.points]).toEqual(['line 1', 'line 2', 20]);
    expect(lines!.difference).toBeLessThan(1e-15);
    expect([held!.left, held!.right]).toEqual(['line 2', 'differences']);
  });

  test('stops at a wrong line with both sides and the place', () => {
    const wrong = { ...square, lines: [square.lines[0]!, { tex: 'x^2 + 1', value: (x: number) => x * x + 1 }] };
    expect(() => checkDerivation(wrong)).toThrow(
      /line 1 and line 2 differ at point 0, value 1 of 1, by 0\.5 .*\n {2}line 1: 4 {3}\(x \+ 1\)\^2\n {2}line 2: 2 {3}x\^2 \+ 1/,
    );
  });

  test('stops at lines of different shapes, at NaN, and at a single line', () => {
    const lines = (value: (x: number) => readonly number[]) => ({
      at: () => 1,
      lines: [
        { tex: 'a', value: () => [1, 2] },
        { tex: 'b', value },
      ],
    });
    expect(() => checkDerivation(lines(() => [1]))).toThrow('differ at point 0');
    expect(() => checkDerivation(lines(() => [1, Number.NaN]))).toThrow('value 2 of 2');
    expect(() => checkDerivation({ at: () => 1, lines: [square.lines[0]!] })).toThrow('two lines or more');
  });
});

describe('a derivation is refused, with how to write it, for', () => {
  const [first, second] = square.lines as [Line<number>, Line<number>];
  const result = (value: unknown) => ({ ...square, lines: [first, { tex: 'x', value: () => value }] });
  test.each<[string, unknown, string]>([
    ['a misspelt field', { ...square, tolerence: 1 }, 'there is no option tolerence; did you mean tolerance?'],
    ['one of a line', { ...square, lines: [first, { ...second, tx: '' }] }, 'there is no option lines[1].tx; did you'],
    ['a missing one', { lines: square.lines }, 'at is missing; write a function (seed) => …'],
    ['no lines', { at: square.at }, 'lines is missing; write a list'],
    ['no points, at which all agree', { ...square, points: 0 }, 'points is 0; write a number from 1'],
    ['points in quotation marks', { ...square, points: '20' }, 'points is “20”; write a number'],
    ['a tolerance of any size', { ...square, tolerance: Number.POSITIVE_INFINITY }, 'tolerance is Infinity; write a'],
    ['a negative tolerance', { ...square, heldTolerance: -1 }, 'heldTolerance is -1; write a number of at least 0'],
    ['a value that is none', { ...square, held: { own: 3 } }, 'held.own is 3; write a function (point) => …'],
    ['a function without a value', result(undefined), 'line 2 gives undefined at point 0; return a number, or a list'],
    ['a text', result('4'), 'line 2 gives “4” at point 0'],
    [
      'no numbers',
      { ...square, lines: result([]).lines.slice(1).concat(result([]).lines.slice(1)) },
      'line 1 gives [] at',
    ],
    ['a list of lists', result([[4]]), 'line 2 gives [ [ 4 ] ] at point 0'],
    ['an object', 'square', 'square'],
  ])('%s', (_, derivation, message) => {
    expect(() => checkDerivation(derivation as Derivation<number>)).toThrow(message);
  });
});

describe('numbers in prose', () => {
  test.each([
    [0.0433, undefined, '0.0433'],
    [1.514e-10, undefined, '1.51 × 10⁻¹⁰'],
    [22063, 'int', '22\u00a0063'],
    [-0.5, '.2f', '−0.50'],
    [0, 'sci', '0'],
    [1.514e-10, '.1sci', '1.5 × 10⁻¹⁰'],
    [0.928, 'percent', '93\u202f%'],
    [1 / 3, '.4g', '0.3333'],
  ] as const)('%s as %s is %s', (value, as, text) => {
    expect(numberToText(format(value, as))).toBe(text);
  });

  test('are refused where the format would hide digits or is unknown', () => {
    expect(() => format(1.5, 'int')).toThrow('1.5 is not whole');
    expect(() => format(1.5, 'float')).toThrow('no format “float”');
  });

  test('as sci keep their value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (value) => {
        const { digits, exponent } = format(value, '.9sci');
        expect(Math.abs(Number(`${digits}e${exponent}`) / value - 1)).toBeLessThan(1e-9);
      }),
    );
  });
});

test('the code of a line is what its author wrote, types and line breaks included', () => {
  const source = [
    'const sigma = (z: number): number => z;',
    'const named = derivation<P>({ lines: [{ tex: `a`, value: ({ z }: P) => sigma(z) }] });',
    'function last(p: P) {',
    '  return p;',
    '}',
    'export default {',
    "  'two-lines': {",
    '    lines: [',
    '      {',
    '        value: (p) => {',
    '          return sigma(p);',
    '        },',
    '      },',
    '      { value: last },',
    '      { value: make(1, 2) },',
    '    ],',
    '  },',
    '  named,',
    '} satisfies Record<string, Derivation>;',
  ].join('\n');
  expect(lineSources(source, 'two-lines')).toEqual([
    '(p) => {\n  return sigma(p);\n}',
    'function last(p: P) {\n  return p;\n}',
    undefined,
  ]);
  expect(lineSources(source.replaceAll('\n', '\r\n'), 'two-lines')).toEqual(lineSources(source, 'two-lines'));
  expect(lineSources(source, 'named')).toEqual(['({ z }: P) => sigma(z)']);
  expect(lineSources(source, 'none')).toEqual([]);
});

test('the code of a chart is its entry, as it is written', () => {
  const source = `import { defineCharts, lines } from 'x';
const shared = 1;
export default defineCharts<typeof experiment>({
  first: { title: 'One' },
  'the second': {
    title: 'Two', // a comment
    spec: ({ records }) =>
      lines({ data: records as Row[] }),
  },
  third,
});
`;
  expect(entrySource(source, 'first')).toBe("first: { title: 'One' }");
  expect(entrySource(source, 'the second')).toBe(
    "'the second': {\n  title: 'Two', // a comment\n  spec: ({ records }) =>\n    lines({ data: records as Row[] }),\n}",
  );
  expect(entrySource(source.replaceAll('\n', '\r\n'), 'the second')).toBe(entrySource(source, 'the second'));
  expect(entrySource(source, 'fourth')).toBeUndefined();
});
