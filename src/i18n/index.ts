/** The texts of the site in its language: one file a language, English unless another is chosen. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { words as english, type Words } from './locales/en.ts';

export type { Words } from './locales/en.ts';

/** The texts in the chosen language; `language` is its BCP 47 tag. */
export let words: Words = english;
export let language = 'en';

/** The error for a language without a file: says which languages there are and how to add one. */
function missing(language: string, code: string): Error {
  const folder = join(import.meta.dirname, 'locales');
  const known = existsSync(folder) ? readdirSync(folder).map((file) => file.replace('.ts', '')) : [];
  return new Error(
    `src/site/config.ts: language “${language}”: the site has words in ${known.sort().join(', ')}; to add a language, copy src/i18n/locales/en.ts to src/i18n/locales/${code}.ts and translate what it says`,
  );
}

/** Loads the texts of the language `tag`, in BCP 47: `en-GB` uses `en.ts`. Throws an Error if there are none. */
export async function setLanguage(tag: string): Promise<void> {
  const code = tag.toLowerCase().split('-')[0]!;
  try {
    ({ words } = (await import(`./locales/${code}.ts`)) as { words: Words });
    language = tag;
  } catch (error) {
    // The messages of Node and of the bundler for a file that does not exist.
    if (/cannot find module|unknown variable dynamic import/i.test(String(error))) throw missing(tag, code);
    throw error;
  }
}
