/** Slugs, the names in files and URLs: lower-case ASCII words joined by hyphens. */

/** The rule for a slug, as messages state it. */
export const slugRule = 'small letters a–z, digits and single hyphens, a letter or digit at either end';

export const isSlug = (name: string): boolean => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);

/** Letters that NFKD does not decompose. */
const folded: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i', þ: 'th' };

/** The slug of a text: `Dérivées: ça marche!` → `derivees-ca-marche`; empty if no ASCII letter or digit is left. */
export const toSlug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđłıþ]/g, (letter) => folded[letter]!)
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
