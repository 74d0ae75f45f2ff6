/**
 * The colours of every figure: one table, light and dark, from which the style sheet and the marks both come.
 *
 * A mark never carries a literal colour. It carries `var(--name, #fallback)`: the page's style sheet gives the name a
 * value for its light or dark scheme, and a feed reader or a rasteriser, which has no style sheet, uses the fallback
 * (the light value). Series colours stay apart for readers with protanopia, deuteranopia and tritanopia, and reach a
 * contrast of 3:1 on the paper; `tests/figure/palette.test.ts` measures both.
 */

/** Every colour by name: [on light paper, on dark paper]. */
export const colours = {
  paper: ['#fdfcf9', '#15171a'],
  'paper-soft': ['#f4f2ec', '#1e2125'],
  ink: ['#1c1d21', '#e9e6df'],
  'ink-soft': ['#595b63', '#a9a8a3'],
  rule: ['#dedad1', '#34373c'],
  accent: ['#1d5c99', '#86b9ec'],

  c1: ['#1b4f8c', '#7fb4ec'],
  c2: ['#d05a0e', '#f2934f'],
  c3: ['#1c8a78', '#5cc9b0'],
  c4: ['#8e3b7c', '#d797c8'],
  c5: ['#a17c00', '#dcbf52'],
  c6: ['#6b6f78', '#9a9ea6'],

  b1: ['#1b4f8c29', '#7fb4ec33'],
  b2: ['#d05a0e29', '#f2934f33'],
  b3: ['#1c8a7829', '#5cc9b033'],
  b4: ['#8e3b7c29', '#d797c833'],
  b5: ['#a17c0029', '#dcbf5233'],
  b6: ['#6b6f7829', '#9a9ea633'],

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

/** The name of a colour, as CSS has it without the dashes. */
export type ColourName = keyof typeof colours;

/** A colour as a mark carries it: `var(--c1, #1b4f8c)`. */
export const colour = (name: ColourName): string => `var(--${name}, ${colours[name][0]})`;

/** The six series colours in their order of use. */
export const series: readonly string[] = (['c1', 'c2', 'c3', 'c4', 'c5', 'c6'] as const).map(colour);

/** The sequential ramp, low to high, in seven bins. */
export const sequential: readonly string[] = (['s1', 's2', 's3', 's4', 's5', 's6', 's7'] as const).map(colour);

/** The diverging ramp, low to high through the paper's own tone, in seven bins. */
export const diverging: readonly string[] = (['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7'] as const).map(colour);

/** `n` colours of a seven-step ramp, evenly spread and with both ends kept. `n` is 2 to 7. */
export function steps(ramp: readonly string[], n: number): string[] {
  if (!Number.isInteger(n) || n < 2 || n > ramp.length)
    throw new RangeError(`a ramp has 2 to ${ramp.length} steps, not ${n}`);
  return Array.from({ length: n }, (_, i) => ramp[Math.round((i * (ramp.length - 1)) / (n - 1))]!);
}

/** A colour's literal value where no style sheet will be: rasterisers, feeds. */
export const literal = (text: string, scheme: 'light' | 'dark' = 'light'): string =>
  text.replace(/var\(--([a-z0-9-]+), (#[0-9a-f]+)\)/g, (_, name: string, fallback: string) =>
    scheme === 'light' ? fallback : (colours[name as ColourName]?.[1] ?? fallback),
  );
