/** How a symbol is written in a message: as TeX, with Greek letters as they are. */
import type { FormulaSymbol } from '../../math/index.ts';

/** The commands of accents, by the sign that KaTeX sets. */
const accents: Readonly<Record<string, string>> = { '^': 'hat', ˉ: 'bar', '~': 'tilde', '˙': 'dot', '⃗': 'vec' };

/** `κ`, `T_{squared}`, `\mathcal{S}`, `\hat{z}`; indices of a layer are left out. */
export function symbolName({ base, sub, sup, primes }: FormulaSymbol): string {
  const [kind, text] = base.includes(' ') ? (base.split(' ') as [string, string]) : ['', base];
  const accent = kind === 'accent' ? Object.keys(accents).find((sign) => text.includes(sign)) : undefined;
  const command = accent ? accents[accent] : kind === 'accent' ? '' : kind;
  const letter = command ? `\\${command}{${text.replace(accent ?? '', '')}}` : text;
  const script = (mark: string, words: string) => (words.length > 1 ? `${mark}{${words}}` : words && mark + words);
  return letter + primes + script('_', sub) + (/^\(/.test(sup) || /^\d/.test(sup) ? '' : script('^', sup));
}
