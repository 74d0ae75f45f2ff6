/** Counts with the form of the noun that the language asks for. */

/** The forms of a noun by Unicode's plural categories; `other` serves where a category has none. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** `counting('en')(2, { one: 'seed', other: 'seeds' })` is `2 seeds`. */
export function counting(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => `${count} ${forms[rules.select(count)] ?? forms.other}`;
}
