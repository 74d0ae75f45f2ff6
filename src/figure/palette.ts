/**
 * The colour palette of all figures, for light and dark pages. The style sheet declares the same colours.
 *
 * A mark never has a literal colour but `var(--name, #fallback)`: the page's style sheet defines the name for light and
 * dark; feed readers and rasterisers, which have no style sheet, use the fallback (the light value). Series colours
 * differ for readers with protanopia, deuteranopia and tritanopia, and reach a contrast of 3:1 on the paper;
 * `tests/figure/palette.test.ts` measures both.
 */

import { sharedState } from '../lab/shared-state.ts';

/** Every colour by name: [on light paper, on dark paper]. A blog may have another `accent`. */
export const colours = {
  paper: ['#fdfcf9', '#15171a'],
  'paper-soft': ['#f4f2ec', '#1e2125'],
  ink: ['#1c1d21', '#e9e6df'],
  'ink-soft': ['#595b63', '#a9a8a3'],
  rule: ['#dedad1', '#34373c'],
  accent: ['#1d5c99', '#86b9ec'],

  c1: ['#2c80c5', '#67c4f7'],
  c2: ['#cb6143', '#d16941'],
  c3: ['#0e4b23', '#aceecd'],
  c4: ['#77367b', '#f296aa'],
  c5: ['#746002', '#c9c055'],
  c6: ['#6a717a', '#818990'],

  q1: ['#047edf', '#1f99eb'],
  q2: ['#b62f71', '#e58a09'],
  q3: ['#859b01', '#e9c92c'],
  q4: ['#3c0b42', '#0dffd2'],
  q5: ['#936700', '#a97e6c'],
  q6: ['#87201f', '#ad461f'],
  q7: ['#0056bb', '#3c7bac'],
  q8: ['#c56897', '#70c9e4'],
  q9: ['#5e0987', '#ebfb6b'],
  q10: ['#5e0000', '#a6b290'],

  b1: ['#2c80c529', '#67c4f733'],
  b2: ['#cb614329', '#d1694133'],
  b3: ['#0e4b2329', '#aceecd33'],
  b4: ['#77367b29', '#f296aa33'],
  b5: ['#74600229', '#c9c05533'],
  b6: ['#6a717a29', '#81899033'],

  s1: ['#f0f1ea', '#20262b'],
  s2: ['#d3e1e0', '#20384a'],
  s3: ['#aac9d3', '#265271'],
  s4: ['#7babc4', '#3b719b'],
  s5: ['#4c89b0', '#5c95c2'],
  s6: ['#286596', '#8fbde0'],
  s7: ['#113e6b', '#d3e8f7'],

  d1: ['#17457c', '#8fc1f2'],
  d2: ['#5f8fbf', '#5587b8'],
  d3: ['#b7cde1', '#2c4763'],
  d4: ['#f0eee7', '#23262a'],
  d5: ['#f1c9aa', '#65402a'],
  d6: ['#dc8747', '#bb6f36'],
  d7: ['#a34100', '#f5a468'],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

/** The name of a colour: its CSS custom property without the dashes. */
export type ColourName = keyof typeof colours;

/** The accent colour that a blog has chosen, if any. */
const chosen = sharedState<{ accent?: readonly [light: string, dark: string] }>('palette', () => ({}));

/** Sets the accent colour of all later drawings and pages; undefined: that of `colours`. */
export function setAccent(accent: readonly [light: string, dark: string] | undefined): void {
  if (accent) chosen.accent = accent;
  else delete chosen.accent;
}

/** A colour's values: [on light paper, on dark paper]. Throws a `RangeError` for a name that is none. */
export function valuesOf(name: ColourName): readonly [light: string, dark: string] {
  if (!Object.hasOwn(colours, name))
    throw new RangeError(`there is no colour “${name}”; there are ${Object.keys(colours).join(', ')}`);
  return (name === 'accent' ? chosen.accent : undefined) ?? colours[name];
}

/** A colour as marks use it: `var(--c1, #2c80c5)`. */
export const colour = (name: ColourName): string => `var(--${name}, ${valuesOf(name)[0]})`;

/** The six series colours in their order of use. */
export const series: readonly string[] = (['c1', 'c2', 'c3', 'c4', 'c5', 'c6'] as const).map(colour);

/** Ten colours for more than six series. Any two differ by 0.1 in Oklab for each kind of colour vision, and by 0.03 in grey. */
const many: readonly string[] = (['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10'] as const).map(colour);

/** The colours for `n` categories: the six of `series`, or ten for more. */
export const categories = (n: number): readonly string[] => (n <= series.length ? series : many);

/** The sequential ramp, low to high, in seven bins. */
export const sequential: readonly string[] = (['s1', 's2', 's3', 's4', 's5', 's6', 's7'] as const).map(colour);

/** The diverging ramp, low to high, in seven bins; its middle is near the paper's colour. */
export const diverging: readonly string[] = (['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7'] as const).map(colour);

/** `n` colours of a seven-step ramp, evenly spaced, both ends included. Throws a `RangeError` unless `n` is 2 to 7. */
export function steps(ramp: readonly string[], n: number): string[] {
  if (!Number.isInteger(n) || n < 2 || n > ramp.length)
    throw new RangeError(`a ramp has 2 to ${ramp.length} steps, not ${n}`);
  return Array.from({ length: n }, (_, i) => ramp[Math.round((i * (ramp.length - 1)) / (n - 1))]!);
}

/** Replaces each `var(--name, #fallback)` in a text by its literal colour, for rasterisers and feeds without a style sheet. */
export const resolveColours = (text: string, scheme: 'light' | 'dark' = 'light'): string =>
  text.replace(/var\(--([a-z0-9-]+), (#[0-9a-f]+)\)/g, (_, name: string, fallback: string) =>
    scheme === 'light' || !Object.hasOwn(colours, name) ? fallback : valuesOf(name as ColourName)[1],
  );
