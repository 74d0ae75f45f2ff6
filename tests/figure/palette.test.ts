/** Tests the palette's contrast, its differences for each kind of colour vision, and the style sheet. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type ColourName,
  categories,
  colours,
  diverging,
  resolveColours,
  sequential,
  steps,
} from '../../src/figure/palette.ts';

type Rgb = [r: number, g: number, b: number];

const linear = (byte: number): number =>
  byte <= 10.31475 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4;
const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16))) as Rgb;
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(rgb(a)), luminance(rgb(b))].sort((p, q) => q - p) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** Oklab coordinates (Ottosson 2020), in which distances are approximately perceptual. */
function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Full dichromacy in linear RGB (Machado, Oliveira & Fernandes 2009, severity 1). */
const vision: Record<string, (c: Rgb) => Rgb> = {
  full: (c) => c,
  protanopia: matrix([0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]),
  deuteranopia: matrix([0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881]),
  tritanopia: matrix([1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039]),
};

function matrix(m: number[]): (c: Rgb) => Rgb {
  return ([r, g, b]) => [0, 3, 6].map((i) => Math.max(0, m[i]! * r + m[i + 1]! * g + m[i + 2]! * b)) as Rgb;
}

const series = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'] as const;
const schemes = [0, 1] as const;

test.each(schemes)('series and text stand out from the paper (scheme %i)', (scheme) => {
  const paper = colours.paper[scheme];
  for (const name of series) expect(contrast(colours[name][scheme], paper), name).toBeGreaterThanOrEqual(3);
  for (const name of ['ink', 'ink-soft', 'accent'] as const)
    for (const ground of [paper, colours['paper-soft'][scheme]])
      expect(contrast(colours[name][scheme], ground), name).toBeGreaterThanOrEqual(4.5);
});

test.each(Object.keys(vision))('the first four series differ for readers with %s vision', (kind) => {
  for (const scheme of schemes)
    for (const [i, a] of series.slice(0, 4).entries())
      for (const b of series.slice(0, i)) {
        const [p, q] = [a, b].map((name) => oklab(vision[kind]!(rgb(colours[name][scheme])))) as [Rgb, Rgb];
        expect(Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]), `${a} and ${b}`).toBeGreaterThan(0.1);
      }
});

describe('ten colours for more than six series', () => {
  const many = categories(10).map((each) => /--(q\d+)/.exec(each)![1] as ColourName);
  const apart = (scheme: 0 | 1, see: (c: Rgb) => Rgb): number => {
    const seen = many.map((name) => oklab(see(rgb(colours[name][scheme]))));
    const pairs = seen.flatMap((p, i) => seen.slice(0, i).map((q) => Math.hypot(...p.map((v, k) => v - q[k]!))));
    return Math.min(...pairs);
  };

  test.each(schemes)('stand out from the paper (scheme %i)', (scheme) => {
    for (const name of many) expect(contrast(colours[name][scheme], colours.paper[scheme]), name).toBeGreaterThan(3);
  });

  test.each(Object.keys(vision))('differ for readers with %s vision', (kind) => {
    for (const scheme of schemes) expect(apart(scheme, vision[kind]!)).toBeGreaterThan(0.1);
  });

  test('differ in grey', () => {
    const grey = (c: Rgb): Rgb => [luminance(c), luminance(c), luminance(c)];
    for (const scheme of schemes) expect(apart(scheme, grey)).toBeGreaterThan(0.03);
  });
});

test('the sequential ramp darkens evenly on light paper and lightens on dark, so it reads in grey', () => {
  for (const scheme of schemes) {
    const lightness = (['s1', 's2', 's3', 's4', 's5', 's6', 's7'] as const).map(
      (name) => oklab(rgb(colours[name][scheme]))[0],
    );
    const changes = lightness.slice(1).map((value, i) => (scheme === 0 ? -1 : 1) * (value - lightness[i]!));
    for (const change of changes) expect(change).toBeGreaterThan(0.03);
  }
});

test('the style sheet has exactly these colours', () => {
  const css = readFileSync(new URL('../../src/site/styles/theme.css', import.meta.url), 'utf8');
  for (const [name, [light, dark]] of Object.entries(colours))
    expect(css).toContain(`--${name}: light-dark(${light}, ${dark});`);
});

test('steps keep both ends of a ramp', () => {
  for (let n = 2; n <= 7; n++) {
    const some = steps(sequential, n);
    expect([some.length, some[0], some.at(-1)]).toEqual([n, sequential[0], sequential.at(-1)]);
    expect(new Set(some).size).toBe(n);
  }
  expect(() => steps(diverging, 8)).toThrow('a ramp has 2 to 7 steps, not 8');
});

test('literal colours of either scheme', () => {
  expect(resolveColours('a var(--c1, #2c80c5) b')).toBe('a #2c80c5 b');
  expect(resolveColours('var(--c1, #2c80c5)', 'dark')).toBe(colours.c1[1]);
});
