/**
 * Subsets every font of the built site to the characters that its pages draw with it, and removes unused fonts. Each page
 * preloads its fonts, so that formulas are laid out only once.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { includesCodePoint } from '../../figure/text/font.ts';
import { normalizeLineEndings } from '../../lab/data-files/line-endings.ts';
import { sha256 } from '../../lab/plan/task-key.ts';
import { cached } from '../output/build-cache.ts';
import {
  createGlyphReader,
  type GlyphUse,
  katexFaceFor,
  katexRules,
  mergeUses,
  otherFontSelectors,
  type PageUse,
} from './collect-glyphs.ts';
import { fontFaces, type StyledFace, type StyleRule, styleRules } from './font-faces.ts';
import { purgeKatexCss } from './purge-katex-css.ts';
import { scriptStyles } from './script-fonts.ts';

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

/** `name.hash.ext` for `bytes`: changes with the content, so that browsers' caches never go stale. */
function hashedName(file: string, bytes: Buffer | string): string {
  const [name, ...rest] = basename(file).split('.');
  return `${name}.${sha256(bytes).slice(0, 8)}.${rest.at(-1)}`;
}

/** The characters of pages by font: `running` with the family `textFamily`, `text` with any of the site's own. */
type DrawnCharacters = GlyphUse & { textFamily: string | undefined };

/** The faces of the style sheets by the names of their files. */
type Faces = ReadonlyMap<string, StyledFace>;

/** KaTeX's name for the face in a font file, `Main-Bold` for `KaTeX_Main-Bold.x.woff2`; undefined for the site's own. */
const katexFaceOf = (file: string): string | undefined => /^KaTeX_(\w+-\w+)/.exec(basename(file))?.[1];

/** The characters that pages draw with one of the font files in `faces`. */
function charactersFor(file: string, drawn: DrawnCharacters, faces: Faces): ReadonlySet<string> {
  const { textFamily, text, running, italic, math } = drawn;
  const face = katexFaceOf(file);
  if (!face) {
    const { family, italic: isItalic, characters } = faces.get(basename(file))!;
    const candidates = isItalic ? [...italic] : [...(family === textFamily ? running : text), ...ascii];
    return new Set(candidates.filter((character) => includesCodePoint(characters, character.codePointAt(0)!)));
  }
  const katexFaces = [...faces.keys()].map(katexFaceOf).filter((each) => each !== undefined);
  return new Set(
    [...math]
      .filter(([asked]) => katexFaceFor(asked, katexFaces) === face)
      .flatMap(([, characters]) => [...characters]),
  );
}

/** A style sheet in a page: Astro inlines them at the end of the head; `<style>` in an attribute's text must not match. */
const styleElement = /(?<=>)<style>((?:(?!<\/?style)[\s\S])*)<\/style>(?=<style>|<\/head>)/g;
const stylesIn = (html: string): string[] => [...html.matchAll(styleElement)].map(([, css]) => css!);

/** Whether a rule that is not KaTeX's sets text in italics. */
const setsItalics = ({ selectors, properties }: StyleRule): boolean =>
  ['font', 'font-style'].some((name) => properties.get(name)?.startsWith('italic')) &&
  !/^(?:@font-face|\.katex)/.test(selectors[0]!);

/** `<link>`s that fetch fonts before the style sheets that name them are parsed. */
const preloads = (addresses: readonly string[]): string =>
  addresses.map((href) => `<link rel="preload" href="${href}" as="font" type="font/woff2" crossorigin>`).join('');

/** Subsets the fonts below `dist`, purges the style sheets in its pages, and renames the fonts by their new content. */
export async function subsetFonts(dist: string): Promise<void> {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((file) => join(dist, file))
    .sort();
  const pages = files.filter((file) => file.endsWith('.html'));
  // One page at a time: a substring of a page's text keeps all of it in memory.
  const distinctSheets = new Set<string>();
  for (const page of pages) for (const css of stylesIn(readFileSync(page, 'utf8'))) distinctSheets.add(css);
  const sheets = [...distinctSheets];
  const styles = sheets.flatMap(styleRules);
  const rules = katexRules(styles);
  const faces: Faces = new Map(sheets.flatMap(fontFaces).map((face) => [basename(face.url), face]));
  const fonts = files.filter((file) => file.endsWith('.woff2') && faces.has(basename(file)));
  const apart = otherFontSelectors(styles);
  const textFamily = sheets.map((css) => /--font-text:\s*"?([^",;}]+)/.exec(css)?.[1]).find(Boolean);
  const read = createGlyphReader(rules, apart);
  const uses: PageUse[] = [];
  // Fonts of closed `<details>` are not preloaded: browsers fetch them when they are opened.
  const unfoldedUses: PageUse[] = [];
  for (const page of pages) {
    const html = readFileSync(page, 'utf8');
    const [all, unfolded] = await cached('use', [rules, apart, html], () => read(html));
    uses.push(all);
    unfoldedUses.push(unfolded);
  }
  const anyTextMayBeItalic = styles.some(setsItalics);
  const drawnCharacters = (used: GlyphUse): DrawnCharacters => ({
    ...used,
    textFamily,
    italic: anyTextMayBeItalic ? used.text : used.italic,
  });
  const used = mergeUses(uses);

  const renamed = new Map<string, string>();
  const rename = (file: string, bytes: Buffer | string): void => {
    const name = hashedName(file, bytes);
    writeFileSync(file, bytes);
    renameSync(file, join(dirname(file), name));
    renamed.set(basename(file), name);
  };
  const withNewNames = (source: string) =>
    source.replace(/(?<=\/)[^/"'()\s]+\.woff2/g, (name) => renamed.get(name) ?? name);

  const unused: string[] = [];
  for (const font of fonts) {
    const characters = charactersFor(font, drawnCharacters(used), faces);
    if (characters.size === 0) {
      unused.push(basename(font));
      rmSync(font);
      continue;
    }
    // Hinting is a fifth of KaTeX's fonts and does little on today's screens; the text fonts have none.
    const options = { targetFormat: 'woff2' as const, noLayoutClosure: true, noHinting: true };
    const original = readFileSync(font);
    const wanted = [...characters].sort().join('');
    const subset = await cached('font', [original.toString('base64'), wanted], async () => {
      const { default: subsetFont } = await import('subset-font');
      return (await subsetFont(original, wanted, options)).toString('base64');
    });
    rename(font, Buffer.from(subset, 'base64'));
  }
  // Preload text fonts first, then KaTeX's. Which labels and code have rarer letters is not known: browsers fetch the
  // fonts of these by their `unicode-range`.
  const isKnown = (file: string) => !/-(?:more|rest)\./.test(file) || faces.get(file)?.family === textFamily;
  const named = sheets.flatMap((css) => [...css.matchAll(/url\(([^)]+\.woff2)\)/g)].map(([, url]) => url!));
  const addresses = [...new Set(named)]
    .filter((address) => !unused.includes(basename(address)) && isKnown(basename(address)))
    .sort((one, other) => Number(katexFaceOf(one) !== undefined) - Number(katexFaceOf(other) !== undefined));
  // Beside the package's own fonts, whose address is known with its base path.
  const beside = fonts.find((font) => katexFaceOf(font) === undefined);
  const write = (name: string, bytes: Buffer): string => {
    const folder = beside === undefined ? join(dist, 'fonts') : dirname(beside);
    const address = beside === undefined ? '/fonts' : dirname(faces.get(basename(beside))!.url);
    const file = hashedName(name, bytes);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), bytes);
    return `${address}/${file}`;
  };
  const own = [...faces.values()]
    .filter(({ url }) => katexFaceOf(url) === undefined)
    .flatMap((face) => face.characters);
  const scripts = await scriptStyles(
    uses.map(({ text }) => text),
    own,
    write,
  );
  const purged = new Map(sheets.map((css) => [css, purgeKatexCss(css, used.classes, unused)]));
  for (const [i, page] of pages.entries()) {
    const html = readFileSync(page, 'utf8');
    const shown = drawnCharacters(mergeUses([unfoldedUses[i]!]));
    const wanted = addresses.filter((address) => charactersFor(address, shown, faces).size > 0);
    let links = preloads(wanted);
    const styled = html.replace(styleElement, (_, css: string) => {
      const style = `${links}<style>${purged.get(css)}</style>`;
      links = '';
      return style;
    });
    const script = scripts[i]!;
    const whole = script === '' ? styled : styled.replace('</head>', () => `<style>${script}</style></head>`);
    writeFileSync(page, withNewNames(whole));
  }
}

const files = fileURLToPath(new URL('./files/', import.meta.url));

/** Copies the licences of the fonts, which must accompany them. */
function copyLicences(dist: string): void {
  mkdirSync(join(dist, 'fonts'), { recursive: true });
  for (const name of readdirSync(files).filter((each) => each.startsWith('LICENSE-')))
    writeFileSync(join(dist, 'fonts', name), normalizeLineEndings(readFileSync(join(files, name), 'utf8')));
}

/** Astro integration: subsets the fonts once all pages are written. */
export function fontSubsetting(): AstroIntegration {
  return {
    name: 'font-subsetting',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const dist = fileURLToPath(dir);
        await subsetFonts(dist);
        copyLicences(dist);
      },
    },
  };
}
