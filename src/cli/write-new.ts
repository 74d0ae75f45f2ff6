/** `npm run new`: writes the files of a new post or experiment after checking its name; never overwrites a file. */
import { lstatSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { experimentRule, isExperimentName, newExperiment } from './new-experiment.ts';
import { newPost } from './new-post.ts';
import { isSlug, slugRule, toSlug } from './slug.ts';

/** An error in what the author asked for; the message says what was expected, what was found and what would be right. */
export class AuthorError extends Error {
  override name = 'AuthorError';
}

/** Most characters of a file name without its extension; file systems allow 255 bytes. */
const maxLength = 100;

function checkName(kind: string, name: string, valid: boolean, rule: string, suggestion: string): void {
  if (valid && name.length <= maxLength) return;
  const close = suggestion.slice(0, maxLength).replace(/-$/, '');
  const hint = close && close !== name ? `; did you mean ${close}?` : '';
  throw new AuthorError(`${JSON.stringify(name)} cannot name ${kind}: expected at most ${maxLength} of ${rule}${hint}`);
}

/** Writes `texts`, by path relative to `root`. Throws AuthorError before it writes anything if one of the paths exists. */
export async function writeAll(root: string, texts: Readonly<Record<string, string>>): Promise<string[]> {
  const paths = Object.keys(texts);
  // lstat, since a broken symbolic link counts as existing.
  const taken = paths.find((path) => lstatSync(join(root, path), { throwIfNoEntry: false }));
  if (taken) throw new AuthorError(`${taken} exists and is left alone; choose another name`);
  for (const [path, text] of Object.entries(texts)) {
    try {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text, { flag: 'wx' });
    } catch (error) {
      throw new AuthorError(`${path} cannot be written: ${(error as Error).message}`);
    }
  }
  return paths;
}

/**
 * Writes a new post called `title` to `posts/<name>.mdx`; the name is derived from the title if omitted. Returns the paths written.
 * Throws AuthorError if the name is not valid or the file exists.
 */
export async function writeNewPost(root: string, title: string, today: string, name?: string): Promise<string[]> {
  const words = title.replace(/\s+/g, ' ').trim();
  if (!words) throw new AuthorError('expected a title, found none: npm run new -- post "How units differ"');
  const slug = name ?? toSlug(words).slice(0, maxLength).replace(/-$/, '');
  if (!slug) {
    throw new AuthorError(
      `no letter a–z or digit in ${JSON.stringify(words)} to make a file name of; give one: --name how-units-differ`,
    );
  }
  checkName('a post', slug, isSlug(slug), slugRule, toSlug(slug));
  return writeAll(root, { [`posts/${slug}.mdx`]: newPost(words, today) });
}

/** Writes a new experiment and its charts. Returns the paths written. Throws AuthorError as `writeNewPost` does. */
export async function writeNewExperiment(root: string, name: string): Promise<string[]> {
  checkName(
    'an experiment',
    name,
    isExperimentName(name),
    experimentRule,
    toSlug(name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')).replace(/^[^a-z]+/, ''),
  );
  const { experiment, charts } = newExperiment(name);
  return writeAll(root, { [`experiments/${name}.ts`]: experiment, [`experiments/${name}.charts.ts`]: charts });
}
