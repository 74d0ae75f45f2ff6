/** The words that the site itself says: one file a language, English until another is chosen. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { words as english, type Words } from './languages/en.ts';

export type { Words } from './languages/en.ts';

/** The words of the chosen language, and its BCP 47 tag. */
export let words: Words = english;
export let language = 'en';

/** What stands for `language` if there is no file for it: which there are, and how to add one. */
function missing(language: string, code: string): Error {
  const folder = join(import.meta.dirname, 'languages');
  const known = existsSync(folder) ? readdirSync(folder).map((file) => file.replace('.ts', '')) : [];
  return new Error(
    `src/site/config.ts: language “${language}”: the site has words in ${known.sort().join(', ')}; to add a language, copy src/words/languages/en.ts to src/words/languages/${code}.ts and translate what it says`,
  );
}

/**
 * From now on `words` are those of the language `tag`, in BCP 47: `en-GB` is in the file `en.ts`. Throws an Error that says
 * which languages there are and how to add one.
 */
export async function speak(tag: string): Promise<void> {
  const code = tag.toLowerCase().split('-')[0]!;
  try {
    ({ words } = (await import(`./languages/${code}.ts`)) as { words: Words });
    language = tag;
  } catch (error) {
    // What Node and the bundler say of a file that is not there.
    if (/cannot find module|unknown variable dynamic import/i.test(String(error))) throw missing(tag, code);
    throw error;
  }
}
