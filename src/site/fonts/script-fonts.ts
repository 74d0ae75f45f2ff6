/** Subsets the blog's own fonts for scripts that the bundled fonts lack, and makes each page's `@font-face` rules. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import {
  type CodePoints,
  type FontFace,
  faceFor,
  includesCodePoint,
  registeredFonts,
  registerFonts,
} from '../../figure/text/font.ts';
import { sha256 } from '../../lab/plan/task-key.ts';
import { cached } from '../output/build-cache.ts';
import { unicodeRange } from './font-faces.ts';
import { loadFontFaces } from './font-packages.ts';

/** Names of fonts for text and for figures, as `facesOf` takes them; if one list is empty, the other is used. */
export type FontNames = { readonly text: readonly string[]; readonly figures: readonly string[] };

/** The font stacks of fonts.css: the blog's families come between `own` (bundled) and `last` (readers' fonts). */
const stacks = {
  text: { property: '--font-text', own: '"Source Serif 4"', last: '"Serif fallback",Georgia,serif' },
  figures: { property: '--font-figure', own: '"Source Sans 3"', last: '"Sans fallback",system-ui,sans-serif' },
  code: { property: '--font-code', own: 'ui-monospace,Menlo,Consolas', last: 'monospace' },
} as const;

/** Features (OpenType registry) that browsers apply by default; subsets keep them to join letters and place marks. */
const features =
  'abvf abvm abvs akhn blwf blwm blws calt ccmp cfar cjct clig curs dist fina haln half init isol kern liga ljmo locl mark medi med2 mkmk nukt pref pres pstf psts rclt rkrf rlig rphf tjmo vatu vjmo'.split(
    ' ',
  );

/** Whether a character never joins its neighbours, so that a font of such may be split into several files. */
const isStandalone = (point: number): boolean =>
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u30ff\uff00-\uffef]/u.test(
    String.fromCodePoint(point),
  );

const quoted = (family: string): string => `"${family.replace(/["\\<]/g, '')}"`;
const weightOf = ({ weight: [from, to] }: FontFace): string => (from === to ? `${from}` : `${from} ${to}`);
const rule = (face: FontFace, url: string, format: string, range: string): string =>
  `@font-face{font-family:${quoted(face.family)};src:url(${url}) format("${format}");font-weight:${weightOf(face)};font-display:swap;unicode-range:${range}}`;

/** The custom property of the font stack `kind` with the blog's families in it. */
function stackProperty(kind: keyof typeof stacks): string {
  const { property, own, last } = stacks[kind];
  const faces = registeredFonts()[kind === 'code' ? 'figures' : kind];
  const families = new Set(faces.map(({ family }) => quoted(family)));
  return `${property}:${[own, ...families, last].join()}`;
}
const stackRule = (): string => `:root{${stackProperty('text')};${stackProperty('figures')};${stackProperty('code')}}`;

/** The code points of `wanted` by the face that draws them, for both weights of pages. */
function pointsByFace(faces: readonly FontFace[], wanted: Iterable<number>): Map<FontFace, Set<number>> {
  const found = new Map<FontFace, Set<number>>();
  for (const point of wanted) {
    for (const weight of [400, 600]) {
      const face = faceFor(faces, point, weight);
      if (face) found.set(face, (found.get(face) ?? new Set()).add(point));
    }
  }
  return found;
}

/** A face subset to the characters `points`; `digest` is the hash of its file. */
async function subsetFace(
  { file, weight: [from, to] }: FontFace,
  digest: string,
  points: readonly number[],
): Promise<Buffer> {
  const wanted = String.fromCodePoint(...[...points].sort((a, b) => a - b));
  const base64 = await cached('font', [digest, wanted], async () => {
    const { default: subsetFont } = await import('subset-font');
    const wght = { min: Math.max(from, 400), max: Math.min(to, 700) };
    const variationAxes = wght.min < wght.max && from < to ? { variationAxes: { wght } } : {};
    const options = { targetFormat: 'woff2' as const, noHinting: true, keepFeatures: features, ...variationAxes };
    return (await subsetFont(readFileSync(file), wanted, options)).toString('base64');
  });
  return Buffer.from(base64, 'base64');
}

/** The most characters in one file of a split font: pages fetch only the files that they need. */
const maxCharactersPerFile = 200;

/**
 * The CSS that each page needs to draw its characters with the blog's fonts, except those that bundled fonts have (`own`);
 * empty for most pages. `write` publishes a file under a name and returns its address.
 */
export async function scriptStyles(
  pages: readonly (readonly string[])[],
  own: readonly CodePoints[],
  write: (name: string, bytes: Buffer) => string,
): Promise<string[]> {
  const fonts = registeredFonts();
  const faces = [...new Map([...fonts.text, ...fonts.figures].map((face) => [face.file, face])).values()];
  if (faces.length === 0) return pages.map(() => '');
  const missing = pages.map((text) =>
    text.map((one) => one.codePointAt(0)!).filter((point) => !includesCodePoint(own, point)),
  );
  const uses = new Map<number, number>();
  for (const points of missing) for (const point of points) uses.set(point, (uses.get(point) ?? 0) + 1);
  const drawn = [pointsByFace(fonts.text, uses.keys()), pointsByFace(fonts.figures, uses.keys())];

  const files: { face: FontFace; url: string; points: Set<number> }[] = [];
  for (const face of faces) {
    const points = [...new Set(drawn.flatMap((each) => [...(each.get(face) ?? [])]))];
    if (points.length === 0) continue;
    // Sorted by how many pages have them, so that files of rare characters are fetched rarely.
    points.sort((a, b) => uses.get(b)! - uses.get(a)! || a - b);
    const size = points.every(isStandalone) ? maxCharactersPerFile : points.length;
    const digest = sha256(readFileSync(face.file));
    for (let start = 0; start < points.length; start += size) {
      const some = points.slice(start, start + size);
      const name = `${face.family.toLowerCase().replace(/[^a-z\d]+/g, '-')}-${weightOf(face).replace(' ', '-')}.woff2`;
      files.push({ face, points: new Set(some), url: write(name, await subsetFace(face, digest, some)) });
    }
  }
  return missing.map((points) => {
    const rules = files.flatMap((part) => {
      const here = points.filter((point) => part.points.has(point));
      return here.length === 0 ? [] : [rule(part.face, part.url, 'woff2', unicodeRange(here))];
    });
    return rules.length === 0 ? '' : rules.join('') + stackRule();
  });
}

/** The path below which the dev server serves the font files. */
const devFolder = '/@fonts/';

/** The same CSS for the dev server, which serves whole files. */
export function devScriptStyles(): string {
  const { text, figures } = registeredFonts();
  const formats: Readonly<Record<string, string>> = { ttf: 'truetype', otf: 'opentype' };
  const rules = [...text, ...figures].map((face, i) => {
    const ending = face.file.split('.').at(-1)!.toLowerCase();
    const range = face.characters
      .map(([first, last]) => `U+${first.toString(16)}${last > first ? `-${last.toString(16)}` : ''}`)
      .join();
    return rule(face, `${devFolder}${i}`, formats[ending] ?? ending, range);
  });
  return rules.length === 0 ? '' : rules.join('') + stackRule();
}

/** Astro integration: loads the fonts that the blog names; the dev server serves their files. */
export function scriptFonts(names: FontNames): AstroIntegration {
  return {
    name: 'script-fonts',
    hooks: {
      'astro:config:setup': async ({ config }) => {
        const root = fileURLToPath(config.root);
        const figures = await loadFontFaces(names.figures, root);
        const text = names.text.length === 0 ? figures : await loadFontFaces(names.text, root);
        registerFonts({ text, figures: names.figures.length === 0 ? text : figures });
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const [, index] = /\/@fonts\/(\d+)$/.exec(request.url ?? '') ?? [];
          const face = index && [...registeredFonts().text, ...registeredFonts().figures][Number(index)];
          if (face) response.end(readFileSync(face.file));
          else next();
        });
      },
    },
  };
}
