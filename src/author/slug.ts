/** Names of files and addresses: lower-case ASCII words joined by hyphens. */

/** The rule for the address of a post, in words. */
export const slugRule = 'small letters a–z, digits and single hyphens, a letter or digit at either end';

/** Does `name` keep the rule? */
export const isSlug = (name: string): boolean => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);

const folded: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i', þ: 'th' };

/** The nearest name that keeps the rule: `Dérivées: ça marche!` → `derivees-ca-marche`; empty if nothing is left. */
export const toSlug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđłıþ]/g, (letter) => folded[letter]!)
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
