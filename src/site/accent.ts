/** The accent colour of a blog: that of the dark theme from that of the light one, and its contrast with the page. */
import { clampChroma, converter, formatHex, parse, wcagContrast } from 'culori';
import { colours } from '../figure/palette.ts';

/** A colour in hexadecimal digits for each theme. */
export type AccentColour = { readonly light: string; readonly dark: string };

/** WCAG 2.2, success criterion 1.4.3: text has a contrast of 4.5:1 with what is behind it. */
const LEAST_CONTRAST = 4.5;

/** The contrast of a colour with the page, or with its soft ground where that is less. */
const contrastOf = (colour: string, theme: 0 | 1): number =>
  Math.min(...(['paper', 'paper-soft'] as const).map((ground) => wcagContrast(colour, colours[ground][theme])));

const oklch = converter('oklch');

/** The accent for both themes: the dark theme's has the same hue, and the least lightness that can be read there. */
export function accentColours(accent: string | AccentColour): AccentColour {
  if (typeof accent !== 'string') return accent;
  const own = oklch(parse(accent)!);
  for (let l = Math.max(own.l, 0.7); l < 1; l += 0.01) {
    const dark = formatHex(clampChroma({ ...own, l }, 'oklch'));
    if (contrastOf(dark, 1) >= LEAST_CONTRAST + 1) return { light: formatHex(own), dark };
  }
  return { light: formatHex(own), dark: '#ffffff' };
}

/** How to write the accent. */
export const accentAdvice = "; write a colour in hexadecimal digits such as '#1d5c99', or { light: '#…', dark: '#…' }";

/** Why a colour cannot be the accent, by theme: it is none, or cannot be read. The text follows the colour. */
export function accentProblems(accent: string | AccentColour): { path: string[]; text: string }[] {
  const written = Object.entries(typeof accent === 'string' ? { light: accent } : accent);
  const pathOf = (theme: string) => (typeof accent === 'string' ? [] : [theme]);
  const wrong = written.filter(([, colour]) => !/^#(?:[\da-f]{3}){1,2}$/i.test(colour));
  if (wrong.length > 0) return wrong.map(([theme]) => ({ path: pathOf(theme), text: accentAdvice }));
  const both = accentColours(accent);
  return (['light', 'dark'] as const).flatMap((theme, i) => {
    // Rounded down, so that no contrast which is too low looks like the least one.
    const contrast = Math.floor(contrastOf(both[theme], i as 0 | 1) * 100) / 100;
    if (contrast >= LEAST_CONTRAST) return [];
    const text = `, whose contrast with the ${theme} page is ${contrast}:1 and must be ${LEAST_CONTRAST}:1; choose a ${theme === 'light' ? 'darker' : 'lighter'} colour`;
    return [{ path: pathOf(theme), text }];
  });
}
