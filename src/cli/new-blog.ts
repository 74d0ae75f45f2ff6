/** `new blog`: copies the template of a blog into a folder, with its name and where the package comes from. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AuthorError, writeAll } from './write-new.ts';

const template = fileURLToPath(new URL('./blog-template/', import.meta.url));
/** The folder of this package: of its package.json. */
const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

/** What npm wrote of the packages that it installed beside this one. */
type LockFile = { readonly packages: Readonly<Record<string, { readonly resolved?: string } | undefined>> };

/**
 * Where the new blog in `folder` takes the package from, as package.json says it: the tarball or folder that this command
 * was run from, or the registry.
 */
function packageSource(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const modules = dirname(packageFolder);
  if (basename(modules) !== 'node_modules') return `file:${relative(folder, packageFolder)}`;
  try {
    const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as LockFile;
    const from = lock.packages[`node_modules/${basename(packageFolder)}`]?.resolved;
    if (from?.startsWith('file:'))
      return `file:${relative(folder, resolve(dirname(modules), from.slice('file:'.length)))}`;
  } catch {
    // Another package manager, which writes no such file.
  }
  return `^${version}`;
}

/** The title of a blog from its folder's name: `my-blog` → `My blog`. */
const titleOf = (folder: string): string => {
  const words = basename(folder)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  return words === '' ? 'My blog' : words[0]!.toUpperCase() + words.slice(1);
};

/** The name of its package: small letters, digits and hyphens. */
const packageName = (folder: string): string =>
  basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'blog';

/** Writes a blog into the folder `name` below `root`. Returns the paths written; throws AuthorError if the folder has files. */
export async function writeNewBlog(root: string, name: string, today: string): Promise<string[]> {
  const folder = resolve(root, name);
  let entries: string[] = [];
  try {
    entries = readdirSync(folder).filter((entry) => entry !== '.git');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new AuthorError(`${name} is no folder; choose another name`);
  }
  if (entries.length > 0)
    throw new AuthorError(`${name} has files already, such as ${entries[0]}; choose another name`);
  const words: readonly [RegExp, string][] = [
    [/\bNAME\b/g, packageName(folder)],
    [/\bTITLE\b/g, titleOf(folder)],
    [/\bSOURCE\b/g, packageSource(folder)],
    [/\bDATE\b/g, today],
  ];
  const files = globSync('**/*.*', { cwd: template }).concat('_gitignore', '_npmrc').sort();
  const texts = Object.fromEntries(
    files.map((file) => [
      // npm packs no .gitignore and .npmrc, and a package.json would make the template a package of its own.
      file === '_package.json' ? 'package.json' : file.replace(/^_/, '.'),
      words.reduce(
        (text, [word, value]) => text.replace(word, () => value),
        readFileSync(join(template, file), 'utf8'),
      ),
    ]),
  );
  return (await writeAll(folder, texts)).map((path) => join(name, path));
}
