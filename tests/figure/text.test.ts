import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import advances from '../../src/figure/advances.json' with { type: 'json' };
import { advanceWidths, characters, readFont } from '../../src/figure/font.ts';
import { spread } from '../../src/figure/labels.ts';
import { fitText, textWidth } from '../../src/figure/metrics.ts';
import { written } from '../../src/figure/numbers.ts';
import { outline } from '../../src/figure/outline.ts';
import { lineBreaks } from '../../src/figure/social.ts';
import { logLabel, logTicks, superscript, symlogTicks } from '../../src/figure/ticks.ts';

const known = fc.string({ unit: fc.constantFrom(...Object.keys(advances[400])), maxLength: 30 });

describe('text metrics', () => {
  test.each([400, 600] as const)('the committed widths are those of the font at weight %i', (weight) => {
    expect(advances[weight]).toEqual(advanceWidths(readFont(weight), characters));
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

  test('an unknown character is named', () => {
    expect(() => textWidth('a⊙b', 12)).toThrow('the figure font has no “⊙” (in “a⊙b”)');
  });

  test('outlines are numbers wherever text stands', () => {
    fc.assert(
      fc.property(known, fc.double({ min: -1e3, max: 1e3, noNaN: true }), (text, x) => {
        expect(outline(text, 12, 600, x, 0)).toMatch(/^[MLQCZ0-9 .-]*$/);
      }),
    );
  });

  test('a title breaks between words only', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (words) => {
        expect(lineBreaks(words.join(' '), 46, 400).join(' ')).toBe(words.join(' '));
      }),
    );
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
      const back = written(value, 6)
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

test('labels move apart as little as they must', () => {
  const height = 14;
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 8 }), (wanted) => {
      const placed = spread(wanted, height);
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
