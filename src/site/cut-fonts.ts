/**
 * Cuts every font of the built site to the characters that its pages draw with it, and what no page draws with goes.
 * A page asks at its start for the fonts that it draws with, so that its formulas are laid out once, in their own letters.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { holds } from '../figure/font.ts';
import { cutStyles } from './cut-styles.ts';
import { fontFaces, type StyledFace } from './font-faces.ts';
import { made } from './made.ts';
import { scriptStyles } from './script-fonts.ts';
import {
  faceFor,
  katexRules,
  type MathCharacters,
  type PageUse,
  setApart,
  together,
  type Used,
  useReader,
} from './used-characters.ts';

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

/** `name.hash.ext` for `bytes`: another name whenever the content is another, so that caches never go stale. */
function hashed(file: string, bytes: Buffer | string): string {
  const [name, ...rest] = basename(file).split('.');
  return `${name}.${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.${rest.at(-1)}`;
}

/** What pages draw, by kind of font: `running` with the family `textFamily`, `text` with any of the site's own. */
type Drawn = {
  textFamily: string | undefined;
  text: ReadonlySet<string>;
  running: ReadonlySet<string>;
  italic: ReadonlySet<string>;
  math: MathCharacters;
};

/** The faces that the style sheets name, by their files' names. */
type Faces = ReadonlyMap<string, StyledFace>;

/** KaTeX's name for the face in a font file, `Main-Bold` for `KaTeX_Main-Bold.x.woff2`; undefined for the site's own. */
const faceIn = (file: string): string | undefined => /^KaTeX_(\w+-\w+)/.exec(basename(file))?.[1];

/** The characters for one of the files that `faces` names. */
function charactersFor(file: string, drawnBy: Drawn, faces: Faces): ReadonlySet<string> {
  const { textFamily, text, running, italic, math } = drawnBy;
  const face = faceIn(file);
  if (!face) {
    const { family, italic: isItalic, characters } = faces.get(basename(file))!;
    const drawn = isItalic ? [...italic] : [...(family === textFamily ? running : text), ...ascii];
    return new Set(drawn.filter((character) => holds(characters, character.codePointAt(0)!)));
  }
  const ofKatex = [...faces.keys()].map(faceIn).filter((each) => each !== undefined);
  return new Set(
    [...math].filter(([asked]) => faceFor(asked, ofKatex) === face).flatMap(([, characters]) => [...characters]),
  );
}

/** A style sheet in a page: Astro inlines all of them, last in the head; an attribute may well speak of `<style>`. */
const styleElement = /(?<=>)<style>((?:(?!<\/?style)[\s\S])*)<\/style>(?=<style>|<\/head>)/g;
const stylesIn = (html: string): string[] => [...html.matchAll(styleElement)].map(([, css]) => css!);

/** Whether a style sheet sets text in italics that its element does not ask for. */
const slantsText = (css: string): boolean =>
  [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].some(
    ([, selectors, body]) => /font(?:-style)?:\s*italic/.test(body!) && !/^(@font-face|\.katex)/.test(selectors!),
  );

/** Links that fetch fonts before the styles are read that name them. */
const preloads = (addresses: readonly string[]): string =>
  addresses.map((href) => `<link rel="preload" href="${href}" as="font" type="font/woff2" crossorigin>`).join('');

/** Cuts the fonts below `dist`, and the styles in its pages, and names the fonts by their new content. */
export async function cutFonts(dist: string): Promise<void> {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((file) => join(dist, file))
    .sort();
  const pages = files.filter((file) => file.endsWith('.html'));
  // One page after the other: what is cut out of a page's text holds all of it.
  const distinct = new Set<string>();
  for (const page of pages) for (const css of stylesIn(readFileSync(page, 'utf8'))) distinct.add(css);
  const sheets = [...distinct];
  const rules = sheets.flatMap(katexRules);
  const faces: Faces = new Map(sheets.flatMap(fontFaces).map((face) => [basename(face.url), face]));
  const fonts = files.filter((file) => file.endsWith('.woff2') && faces.has(basename(file)));
  const apart = setApart(sheets);
  const textFamily = sheets.map((css) => /--font-text:\s*"?([^",;}]+)/.exec(css)?.[1]).find(Boolean);
  const read = useReader(rules, apart);
  // Browsers fetch the fonts of what is folded away when it is opened.
  const readUnfolded = useReader(rules, apart, false);
  const uses: PageUse[] = [];
  const atOnce: PageUse[] = [];
  for (const page of pages) {
    const html = readFileSync(page, 'utf8');
    const use = await made('use', [rules, apart, html], () => [read(html), readUnfolded(html)] as const);
    uses.push(use[0]);
    atOnce.push(use[1]);
  }
  const slants = sheets.some(slantsText);
  const drawnBy = ({ text, running, italic, math }: Used): Drawn => ({
    textFamily,
    text,
    running,
    italic: slants ? text : italic,
    math,
  });
  const used = together(uses);

  const renamed = new Map<string, string>();
  const rename = (file: string, bytes: Buffer | string): void => {
    const name = hashed(file, bytes);
    writeFileSync(file, bytes);
    renameSync(file, join(dirname(file), name));
    renamed.set(basename(file), name);
  };
  const replaced = (source: string) =>
    [...renamed].reduce((result, [from, to]) => result.replaceAll(`/${from}`, `/${to}`), source);

  const unused: string[] = [];
  for (const font of fonts) {
    const characters = charactersFor(font, drawnBy(used), faces);
    if (characters.size === 0) {
      unused.push(basename(font));
      rmSync(font);
      continue;
    }
    // Screens draw the outlines as they are: KaTeX's hints would be a fifth of its fonts, and the text fonts have none.
    const options = { targetFormat: 'woff2' as const, noLayoutClosure: true, noHinting: true };
    const whole = readFileSync(font);
    const wanted = [...characters].sort().join('');
    const cut = await made('font', [whole.toString('base64'), wanted], async () => {
      const { default: subsetFont } = await import('subset-font');
      return (await subsetFont(whole, wanted, options)).toString('base64');
    });
    rename(font, Buffer.from(cut, 'base64'));
  }
  // The text first, then its formulas; rarer letters are left to the browser, which knows them by their `unicode-range`.
  const named = sheets.flatMap((css) => [...css.matchAll(/url\(([^)]+\.woff2)\)/g)].map(([, url]) => url!));
  const addresses = [...new Set(named)]
    .filter((address) => !/-more\./.test(address) && !unused.includes(basename(address)))
    .sort((one, other) => Number(faceIn(one) !== undefined) - Number(faceIn(other) !== undefined));
  const write = (name: string, bytes: Buffer): string => {
    const address = [...faces.values()].find(({ url }) => faceIn(url) === undefined)?.url ?? '/fonts/';
    const file = hashed(name, bytes);
    mkdirSync(join(dist, 'fonts'), { recursive: true });
    writeFileSync(join(dist, 'fonts', file), bytes);
    return `${dirname(address)}/${file}`;
  };
  const own = [...faces.values()].filter(({ url }) => faceIn(url) === undefined).flatMap((face) => face.characters);
  const scripts = await scriptStyles(
    uses.map(({ text }) => text),
    own,
    write,
  );
  const smaller = new Map(sheets.map((css) => [css, cutStyles(css, used.classes, unused)]));
  for (const [i, page] of pages.entries()) {
    const html = readFileSync(page, 'utf8');
    const shown = drawnBy(together([atOnce[i]!]));
    const wanted = addresses.filter((address) => charactersFor(address, shown, faces).size > 0);
    let links = preloads(wanted);
    const styled = html.replace(styleElement, (_, css: string) => {
      const style = `${links}<style>${smaller.get(css)}</style>`;
      links = '';
      return style;
    });
    const script = scripts[i]!;
    const whole = script === '' ? styled : styled.replace('</head>', () => `<style>${script}</style></head>`);
    writeFileSync(page, replaced(whole));
  }
}

/** Astro integration: cuts the fonts once all pages are written. */
export function fontsToSize(): AstroIntegration {
  return {
    name: 'fonts-to-size',
    hooks: { 'astro:build:done': ({ dir }) => cutFonts(fileURLToPath(dir)) },
  };
}
