/** Reports unknown components (capitalised tags), and unknown attributes of known ones: the package's and the blog's own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestName } from '../../lab/did-you-mean.ts';
import { report } from '../../math/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { componentReference } from '../reference/read-reference.ts';
import { sourceFolder } from '../routes.ts';
import { declaredBy } from './expressions.ts';

const packageFolder = fileURLToPath(new URL('../components/', import.meta.url));
const ownFolder = (): string => join(sourceFolder() ?? 'src', 'components');

/** The components in a folder, by name. */
const componentsIn = (folder: string): [name: string, file: string][] =>
  (existsSync(folder) ? readdirSync(folder).sort() : [])
    .filter((file) => /^[A-Z].*\.astro$/.test(file))
    .map((file) => [file.replace('.astro', ''), join(folder, file)]);

/** The names and texts of the blog's own components, on which these checks depend. */
export const ownComponents = (): [name: string, text: string][] =>
  componentsIn(ownFolder()).map(([name, file]) => [name, readFileSync(file, 'utf8')]);

const ofPackage = ['', 'statements'].flatMap((folder) => componentsIn(join(packageFolder, folder)));
/** Those that posts are made of, which the build tells where they stand; the others are parts of pages. */
const ofPosts = ofPackage.filter(([, file]) => componentReference(file).added.includes('at')).map(([name]) => name);

/** What the build adds only after these checks, so that what stands there was written by the author. */
const addedLater = ['preview'];

/** Attributes that the build or Astro itself adds to any component. */
const always = ['at', 'number', 'slot'];

/** The files of the components by name, the blog's own in place of the package's. */
export const knownComponents = (): ReadonlyMap<string, string> => new Map([...ofPackage, ...componentsIn(ownFolder())]);

/** A component's text, and its attributes; of one that does not parse, which Astro reports, any. */
export function readComponent(file: string): ReturnType<typeof componentReference> & { text: string } {
  const text = readFileSync(file, 'utf8');
  try {
    return { ...componentReference(file), text };
  } catch {
    return { entries: [], added: [], open: true, text };
  }
}

/** The attributes of a component; undefined if it takes any. */
function attributesOf(name: string, file: string): { names: string[]; allowed: string[] } | undefined {
  const { entries, added, open } = readComponent(file);
  if (open) return undefined;
  const names = entries.map((entry) => entry.name);
  const before = added.filter((name) => !addedLater.includes(name));
  return { names, allowed: [...names, ...before, ...always, ...(['Chart', 'Frames'].includes(name) ? ['id'] : [])] };
}

/** What to do about a component that is not there. */
function advice(name: string, known: readonly string[], root: string): string {
  const folder = ownFolder();
  const place = relative(root, join(folder, `${name}.astro`)).replaceAll(sep, '/');
  const files = existsSync(folder) ? (readdirSync(folder, { recursive: true }) as string[]).sort() : [];
  const other = files.find(
    (file) =>
      basename(file)
        .replace(/\.[^.]*$/, '')
        .toLowerCase() === name.toLowerCase(),
  );
  if (other !== undefined)
    return `${relative(root, join(folder, other)).replaceAll(sep, '/')} would have to be ${place}`;
  const guess = nearestName(name, known);
  const own = `one of your own stands in ${place}`;
  return guess === undefined ? `there is ${known.join(', ')}; ${own}` : `did you mean <${guess}>? ${own}`;
}

/** Remark plugin. Names the nearest component or attribute in each error. */
export function remarkComponents() {
  return (tree: Root, file: VFile): void => {
    const own = componentsIn(ownFolder());
    const known = knownComponents();
    const declared = declaredBy(tree);
    visit(tree, (node) => {
      if (!isJsxElement(node)) return;
      const { name } = node;
      if (!name || !/^[A-Z]/.test(name) || declared.has(name.split('.')[0]!)) return;
      const component = known.get(name);
      if (component === undefined) {
        const hint = advice(name, [...ofPosts, ...own.map(([each]) => each)], file.cwd);
        report(file, node.position?.start, `<${name}>: no such component; ${hint}`);
        return;
      }
      const attributes = attributesOf(name, component);
      for (const each of attributes ? node.attributes : []) {
        if (each.type !== 'mdxJsxAttribute' || attributes!.allowed.includes(each.name)) continue;
        const { names } = attributes!;
        const guess = nearestName(each.name, names);
        const hint = guess === undefined ? `there are ${names.join(', ') || 'none'}` : `did you mean ${guess}?`;
        report(file, each.position?.start ?? node.position?.start, `<${name}>: no attribute ${each.name}; ${hint}`);
      }
    });
  };
}
