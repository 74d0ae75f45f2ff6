/** Writes counts with the plural form that the language requires: `1 seed`, `2 seeds`. */

/** The forms of a noun by Unicode's plural categories; `other` is used for a category without a form. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** `counting('en')(2, { one: 'seed', other: 'seeds' })` is `2 seeds`. */
export function counting(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => `${count} ${forms[rules.select(count)] ?? forms.other}`;
}
