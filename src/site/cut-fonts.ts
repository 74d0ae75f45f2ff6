/** Cuts every font of the built site to the characters that its pages draw with it: a third of the bytes. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { fromHtml } from 'hast-util-from-html';
import subsetFont from 'subset-font';
import { characterCollector, katexRules, type MathCharacters } from './used-characters.ts';

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

/** `name.hash.ext` for `bytes`: another name whenever the content is another, so that caches never go stale. */
function hashed(file: string, bytes: Buffer | string): string {
  const [name, ...rest] = basename(file).split('.');
  return `${name}.${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.${rest.at(-1)}`;
}

/** The characters for one font file, `KaTeX_Main-Bold.x.woff2` or one of the site's own. */
function charactersFor(file: string, text: ReadonlySet<string>, math: MathCharacters, families: string[]): Set<string> {
  const [, family, variant] = /^KaTeX_(\w+)-(\w+)/.exec(basename(file)) ?? [];
  if (!family) return new Set([...text, ...ascii]);
  const used = math.get(family);
  const hasRegular = families.includes(`${family}-Regular`);
  return (variant === 'Regular' || !hasRegular ? used?.all : used?.styled) ?? new Set();
}

/** Cuts the fonts below `dist` and gives them, and the style sheets that name them, names by their new content. */
export async function cutFonts(dist: string): Promise<void> {
  const files = (pattern: string) =>
    globSync(pattern, { cwd: dist })
      .map((file) => join(dist, file))
      .sort();
  const styles = files('**/*.css');
  const pages = files('**/*.html');
  const fonts = files('**/*.woff2');
  const { text, math, add } = characterCollector(styles.flatMap((file) => katexRules(readFileSync(file, 'utf8'))));
  for (const page of pages) add(fromHtml(readFileSync(page, 'utf8')));

  const renamed = new Map<string, string>();
  const rename = (file: string, bytes: Buffer | string): void => {
    const name = hashed(file, bytes);
    writeFileSync(file, bytes);
    renameSync(file, join(dirname(file), name));
    renamed.set(basename(file), name);
  };
  const replaced = (source: string) =>
    [...renamed].reduce((result, [from, to]) => result.replaceAll(`/${from}`, `/${to}`), source);

  const families = fonts.map((file) => basename(file).replace(/^KaTeX_|\..*$/g, ''));
  for (const font of fonts) {
    const characters = charactersFor(font, text, math, families);
    if (characters.size === 0) continue; // no page asks for it
    const options = { targetFormat: 'woff2' as const, noLayoutClosure: true };
    rename(font, await subsetFont(readFileSync(font), [...characters].sort().join(''), options));
  }
  for (const file of styles) rename(file, replaced(readFileSync(file, 'utf8')));
  for (const page of pages) writeFileSync(page, replaced(readFileSync(page, 'utf8')));
}

/** Astro integration: cuts the fonts once all pages are written. */
export function fontsToSize(): AstroIntegration {
  return {
    name: 'fonts-to-size',
    hooks: { 'astro:build:done': ({ dir }) => cutFonts(fileURLToPath(dir)) },
  };
}
