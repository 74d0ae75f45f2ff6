/** Tests text: metrics, outlines, line breaks, writing direction, ticks, number formats and label placement. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spreadApart } from '../../src/figure/compile/separate-labels.ts';
import { logLabel, logTicks, superscript, symlogTicks } from '../../src/figure/compile/ticks.ts';
import { wrapTitle, wrapTitleForced } from '../../src/figure/compile/wrap-title.ts';
import { formatNumber, groupDigits } from '../../src/figure/describe/number-format.ts';
import { escapeXml } from '../../src/figure/svg/markup.ts';
import { directionOf, visualOrder } from '../../src/figure/text/bidi.ts';
import { fitText, textWidth } from '../../src/figure/text/metrics.ts';
import { createOutliner, drawableText } from '../../src/figure/text/outline.ts';
import { runsOf } from '../../src/figure/text/shape.ts';

const letters = fc.constantFrom(...'abcXYZ 0189áßéЖдёαΩđếₙ⁻→', 'e\u0301');
const known = fc.string({ unit: letters, maxLength: 30 });
const any = fc.string({ unit: 'binary', maxLength: 12 });
const both = [400, 600] as const;

describe('text metrics', () => {
  test.each([
    ['Measured', 400, 40.88],
    ['Measured', 600, 41.99],
    ['Симметрия', 600, 50.95],
    ['Nguyễn', 400, 32.05],
  ] as const)('“%s” at weight %i is as wide as the font says', (text, weight, width) => {
    expect(textWidth(text, 10, weight)).toBeCloseTo(width, 9);
  });

  test('a text that was cut fits, one that fits is left alone', () => {
    fc.assert(
      fc.property(known, fc.double({ min: 20, max: 300, noNaN: true }), (text, limit) => {
        const fitted = fitText(text, limit, 12);
        expect(textWidth(fitted, 12)).toBeLessThanOrEqual(limit);
        if (textWidth(text, 12) <= limit) expect(fitted).toBe(text);
      }),
    );
  });

  test('a text that keeps its end is cut at its start', () => {
    expect(fitText('Measured figures', 60, 12, 400, { keeps: 'end' })).toMatch(/^…\w* ?figures$/);
    expect(fitText('Measured figures', 60, 12, 400, { ellipsis: '~' })).toMatch(/^Measured.*~$/);
  });

  test('what is cut is cut between characters, not within one', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(fitText(family.repeat(3), 30, 12)).toBe(`${family}…`);
    expect(fitText('e\u0301'.repeat(4), 20, 12)).toBe('e\u0301…');
  });

  test.each([
    ['初期化', 3],
    ['Ｗ', 1],
    ['한국', 2],
    ['🚀', 1],
    ['👩‍👩‍👧‍👦', 1],
    ['🇯🇵', 1],
    ['葛\u{e0100}', 1],
    ['a\u0301', textWidth('a', 1)],
    ['\u200d\ufe0f', 0],
  ])('of what no font has, “%s” is %d em wide', (text, ems) => {
    expect(textWidth(text, 12)).toBeCloseTo(12 * ems, 9);
  });

  test.each(both)('any text at weight %i has a width and an outline, of numbers only', (weight) => {
    fc.assert(
      fc.property(fc.oneof(known, any), fc.double({ min: -1e3, max: 1e3, noNaN: true }), (text, x) => {
        expect(textWidth(text, 12, weight)).toBeGreaterThanOrEqual(0);
        expect(createOutliner()(text, 12, weight, x, 0)).toMatch(/^[MLQCZ0-9 .-]*$/);
      }),
    );
  });

  test('half a surrogate pair has a width, and is no part of a drawing', () => {
    expect(textWidth('a\ud83d', 10)).toBeGreaterThan(textWidth('a', 10));
    expect(escapeXml('a\ud83d\u0001<')).toBe('a\ufffd\ufffd&lt;');
  });

  test('characters that no font has are reported, the others outlined', () => {
    const missing = new Set<string>();
    const drawn = createOutliner(missing)('a🚀b化', 12, 400, 0, 0);
    expect(drawn).toContain('M');
    expect([...missing]).toEqual(['🚀', '化']);
    expect(drawableText('A ∥ ⟨B⟩ ⪯ C', 600)).toEqual({ text: 'A ∥ ⟨B⟩ ⪯ C', missing: [] });
    expect(drawableText('Launch 🚀 day', 600)).toEqual({ text: 'Launch day', missing: ['🚀'] });
  });
});

describe('a title', () => {
  const within = (limit: number) => (line: string) => textWidth(line, 46, 600) <= limit;
  test('without spaces breaks between words, never before a comma nor after an opening bracket', () => {
    const lines = wrapTitle('初期化の対称性を破る「乱数」について、もう一度、考える', within(300));
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('')).toBe('初期化の対称性を破る「乱数」について、もう一度、考える');
    for (const line of lines) {
      expect(within(300)(line)).toBe(true);
      expect(line).not.toMatch(/^[、」]|「$/);
    }
  });

  test('of one long word is broken where it must be', () => {
    const lines = wrapTitleForced('m'.repeat(40), within(300));
    expect(lines.join('')).toBe('m'.repeat(40));
    expect(lines.every(within(300))).toBe(true);
  });
});

describe('directions', () => {
  test.each([
    ['An English title', 'ltr'],
    ['初期化', 'ltr'],
    ['كسر التماثل (Symmetry)', 'rtl'],
    ['שלום $x$ עולם', 'rtl'],
    ['GPU של', 'ltr'],
    ['2026 🚀', undefined],
    ['', undefined],
  ])('“%s” runs %s', (text, direction) => {
    expect(directionOf(text)).toBe(direction);
  });

  test('words of a line stand in the order in which they are seen', () => {
    const seen = (line: string, base: 'ltr' | 'rtl') => visualOrder(runsOf(line, 400, base)).map(({ text }) => text);
    expect(
      seen('אב cd הו', 'rtl')
        .map((text) => text.trim())
        .filter(Boolean),
    ).toEqual(['הו', 'cd', 'אב']);
    expect(
      seen('ab גד ef', 'ltr')
        .map((text) => text.trim())
        .filter(Boolean),
    ).toEqual(['ab', 'גד', 'ef']);
  });
});

describe('log ticks', () => {
  const decade = fc.integer({ min: -20, max: 20 });
  test('are powers of ten inside the domain, evenly thinned to the number asked for', () => {
    fc.assert(
      fc.property(decade, fc.integer({ min: 2, max: 40 }), fc.integer({ min: 2, max: 10 }), (from, span, most) => {
        const ticks = logTicks(Number(`1e${from}`), Number(`1e${from + span}`), most);
        const powers = ticks.map((tick) => Math.log10(tick));
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(most);
        for (const power of powers) expect(power).toBeCloseTo(Math.round(power), 9);
        expect(Math.min(...powers)).toBeGreaterThanOrEqual(from - 1e-9);
        expect(Math.max(...powers)).toBeLessThanOrEqual(from + span + 1e-9);
      }),
    );
  });

  test('say small domains in steps of 1, 2, 5', () => {
    expect(logTicks(0.03, 0.9, 6)).toEqual([0.05, 0.1, 0.2, 0.5]);
  });

  test('of a symlog axis are the same on both sides of zero', () => {
    const ticks = symlogTicks(-1, 1, 1e-6, 9);
    expect(ticks).toContain(0);
    expect(ticks.map((tick) => -tick || 0).reverse()).toEqual(ticks);
  });

  test('read plainly where they can', () => {
    expect([0.01, 1, 1000].map((tick) => logLabel(tick, 0.01, 1000))).toEqual(['0.01', '1', '1000']);
    expect([1e-10, 1, 5e-7].map((tick) => logLabel(tick, 1e-10, 1))).toEqual(['10⁻¹⁰', '10⁰', '5·10⁻⁷']);
    expect(superscript(-120)).toBe('⁻¹²⁰');
  });
});

test('numbers in words keep their value', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
      const back = formatNumber(value, 6)
        .replace('−', '-')
        .replace(/\u00a0/g, '')
        .replace(/^(-?)10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, '$11·10$2')
        .replace(
          /·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/,
          (_, power: string) => `e${[...power].map((c) => (c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('')}`,
        );
      expect(Math.abs(Number(back) - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value));
    }),
  );
});

test('the sign of a number is no digit of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 4 }), (value, digits) => {
      for (const sign of ['-', '−']) {
        const plain = (value / 7).toFixed(digits);
        expect(groupDigits(sign + plain)).toBe(sign + groupDigits(plain));
      }
    }),
  );
  expect([-1234.5, -12345.5].map((value) => groupDigits(value.toFixed(2)))).toEqual(['-1234.50', '-12\u00a0345.50']);
});

test('labels move apart as little as they must', () => {
  const height = 14;
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 8 }), (wanted) => {
      const placed = spreadApart(wanted, height);
      const sorted = [...placed].sort((a, b) => a - b);
      sorted.slice(1).forEach((y, i) => {
        expect(y - sorted[i]!).toBeGreaterThanOrEqual(height - 1e-9);
      });
      const apart = [...wanted].sort((a, b) => a - b).every((y, i, all) => i === 0 || y - all[i - 1]! >= height);
      if (apart) expect(placed).toEqual(wanted);
      const moved = placed.reduce((sum, y, i) => sum + y - wanted[i]!, 0);
      expect(Math.abs(moved)).toBeLessThan(1e-6);
    }),
  );
});
