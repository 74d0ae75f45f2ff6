/** `npm run new`: writes a start under a good name where nothing stands yet. */
import { lstatSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { experimentRule, isExperimentName, newExperiment } from './new-experiment.ts';
import { newPost } from './new-post.ts';
import { isSlug, slugRule, toSlug } from './slug.ts';

/** A command that cannot be followed: what was expected, what was found, what would be right. */
export class AuthorError extends Error {
  override name = 'AuthorError';
}

/** Longest name of a file without its ending; file systems end at 255 bytes. */
const longest = 100;

function checkName(kind: string, name: string, valid: boolean, rule: string, near: string): void {
  if (valid && name.length <= longest) return;
  const close = near.slice(0, longest).replace(/-$/, '');
  const hint = close && close !== name ? `; did you mean ${close}?` : '';
  throw new AuthorError(`${JSON.stringify(name)} cannot name ${kind}: expected at most ${longest} of ${rule}${hint}`);
}

/** Writes files, all or none: an existing one is never written over. `texts` by path relative to `root`. */
async function writeAll(root: string, texts: ReadonlyMap<string, string>): Promise<string[]> {
  const paths = [...texts.keys()];
  // A link that leads nowhere is something too.
  const taken = paths.find((path) => lstatSync(join(root, path), { throwIfNoEntry: false }));
  if (taken) throw new AuthorError(`${taken} exists and is left alone; choose another name`);
  for (const [path, text] of texts) {
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
 * Starts a post called `title` in `posts/<name>.mdx`; the name follows from the title if omitted. Returns the paths written.
 * Throws AuthorError at a bad name and at a file that exists.
 */
export async function writeNewPost(root: string, title: string, today: string, name?: string): Promise<string[]> {
  const words = title.replace(/\s+/g, ' ').trim();
  if (!words) throw new AuthorError('expected a title, found none: npm run new -- post "How units differ"');
  const slug = name ?? toSlug(words).slice(0, longest).replace(/-$/, '');
  if (!slug) {
    throw new AuthorError(
      `no letter a–z or digit in ${JSON.stringify(words)} to make a file name of; give one: --name how-units-differ`,
    );
  }
  checkName('a post', slug, isSlug(slug), slugRule, toSlug(slug));
  return writeAll(root, new Map([[`posts/${slug}.mdx`, newPost(words, today)]]));
}

/** Starts an experiment and its charts. Returns the paths written. Throws AuthorError as above. */
export async function writeNewExperiment(root: string, name: string): Promise<string[]> {
  checkName('an experiment', name, isExperimentName(name), experimentRule, toSlug(name).replace(/^[^a-z]+/, ''));
  const { experiment, charts } = newExperiment(name);
  return writeAll(
    root,
    new Map([
      [`experiments/${name}.ts`, experiment],
      [`experiments/${name}.charts.ts`, charts],
    ]),
  );
}
