/** The fonts that a blog names for scripts that the bundled ones lack: found at the start, cut to what its pages draw. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { type CodePoints, type FontFace, faceFor, holds, namedFonts, nameFonts } from '../figure/font.ts';
import { sha256 } from '../lab/key.ts';
import { unicodeRange } from './font-faces.ts';
import { facesOf } from './font-packages.ts';
import { made } from './made.ts';

/** Names of fonts for running text and for figures, each as `facesOf` takes them; figures' stand in for missing ones. */
export type FontNames = { readonly text: readonly string[]; readonly figures: readonly string[] };

/** The families of fonts.css, the blog's after the bundled one, and before those that readers have. */
const stacks = {
  text: { property: '--font-text', own: '"Source Serif 4"', last: '"Serif fallback",Georgia,serif' },
  figures: { property: '--font-figure', own: '"Source Sans 3"', last: '"Sans fallback",system-ui,sans-serif' },
  code: { property: '--font-code', own: 'ui-monospace,Menlo,Consolas', last: 'monospace' },
} as const;

/** The features that browsers apply unasked, so that cut fonts still join letters and place marks (OpenType registry). */
const features =
  'abvf abvm abvs akhn blwf blwm blws calt ccmp cfar cjct clig curs dist fina haln half init isol kern liga ljmo locl mark medi med2 mkmk nukt pref pres pstf psts rclt rkrf rlig rphf tjmo vatu vjmo'.split(
    ' ',
  );

/** Letters that stand alone, so that a font of them may be cut into several. */
const isSeparate = (point: number): boolean =>
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u30ff\uff00-\uffef]/u.test(
    String.fromCodePoint(point),
  );

const quoted = (family: string): string => `"${family.replace(/["\\<]/g, '')}"`;
const weightOf = ({ weight: [from, to] }: FontFace): string => (from === to ? `${from}` : `${from} ${to}`);
const rule = (face: FontFace, url: string, format: string, range: string): string =>
  `@font-face{font-family:${quoted(face.family)};src:url(${url}) format("${format}");font-weight:${weightOf(face)};font-display:swap;unicode-range:${range}}`;

/** A custom property that puts the blog's families into the list of `kind`. */
function stack(kind: keyof typeof stacks): string {
  const { property, own, last } = stacks[kind];
  const faces = namedFonts()[kind === 'code' ? 'figures' : kind];
  const families = new Set(faces.map(({ family }) => quoted(family)));
  return `${property}:${[own, ...families, last].join()}`;
}
const stackRule = (): string => `:root{${stack('text')};${stack('figures')};${stack('code')}}`;

/** The code points of `wanted` by the face that draws them, for both weights that pages have. */
function byFace(faces: readonly FontFace[], wanted: Iterable<number>): Map<FontFace, Set<number>> {
  const found = new Map<FontFace, Set<number>>();
  for (const point of wanted) {
    for (const weight of [400, 600]) {
      const face = faceFor(faces, point, weight);
      if (face) found.set(face, (found.get(face) ?? new Set()).add(point));
    }
  }
  return found;
}

/** One face cut to some characters. */
async function cut({ file, weight: [from, to] }: FontFace, digest: string, points: readonly number[]): Promise<Buffer> {
  const wanted = String.fromCodePoint(...[...points].sort((a, b) => a - b));
  const base64 = await made('font', [digest, wanted], async () => {
    const { default: subsetFont } = await import('subset-font');
    const wght = { min: Math.max(from, 400), max: Math.min(to, 700) };
    const variationAxes = wght.min < wght.max && from < to ? { variationAxes: { wght } } : {};
    const options = { targetFormat: 'woff2' as const, noHinting: true, keepFeatures: features, ...variationAxes };
    return (await subsetFont(readFileSync(file), wanted, options)).toString('base64');
  });
  return Buffer.from(base64, 'base64');
}

/** As many letters as one file of a cut font has at most: pages fetch only the files that they draw with. */
const most = 200;

/**
 * The styles that each page needs to draw its `text` with the blog's fonts, beyond what the bundled ones have (`own`);
 * none for most. `write` publishes a file under a name and gives its address.
 */
export async function scriptStyles(
  pages: readonly (readonly string[])[],
  own: readonly CodePoints[],
  write: (name: string, bytes: Buffer) => string,
): Promise<string[]> {
  const fonts = namedFonts();
  const faces = [...new Map([...fonts.text, ...fonts.figures].map((face) => [face.file, face])).values()];
  if (faces.length === 0) return pages.map(() => '');
  const foreign = pages.map((text) => text.map((one) => one.codePointAt(0)!).filter((point) => !holds(own, point)));
  const uses = new Map<number, number>();
  for (const points of foreign) for (const point of points) uses.set(point, (uses.get(point) ?? 0) + 1);
  const drawn = [byFace(fonts.text, uses.keys()), byFace(fonts.figures, uses.keys())];

  const parts: { face: FontFace; url: string; points: Set<number> }[] = [];
  for (const face of faces) {
    const points = [...new Set(drawn.flatMap((each) => [...(each.get(face) ?? [])]))];
    if (points.length === 0) continue;
    // What most pages have comes first, so that the files of rare letters are fetched rarely.
    points.sort((a, b) => uses.get(b)! - uses.get(a)! || a - b);
    const size = points.every(isSeparate) ? most : points.length;
    const digest = sha256(readFileSync(face.file));
    for (let start = 0; start < points.length; start += size) {
      const some = points.slice(start, start + size);
      const name = `${face.family.toLowerCase().replace(/[^a-z\d]+/g, '-')}-${weightOf(face).replace(' ', '-')}.woff2`;
      parts.push({ face, points: new Set(some), url: write(name, await cut(face, digest, some)) });
    }
  }
  return foreign.map((points) => {
    const rules = parts.flatMap((part) => {
      const here = points.filter((point) => part.points.has(point));
      return here.length === 0 ? [] : [rule(part.face, part.url, 'woff2', unicodeRange(here))];
    });
    return rules.length === 0 ? '' : rules.join('') + stackRule();
  });
}

/** Where the dev server has the whole files. */
const devFolder = '/@fonts/';

/** The same for the dev server, which serves whole files. */
export function devScriptStyles(): string {
  const { text, figures } = namedFonts();
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

/** Astro integration: finds the fonts that the blog names, and serves them while it is written. */
export function scriptFonts(names: FontNames): AstroIntegration {
  return {
    name: 'script-fonts',
    hooks: {
      'astro:config:setup': async ({ config }) => {
        const root = fileURLToPath(config.root);
        const figures = await facesOf(names.figures, root);
        const text = names.text.length === 0 ? figures : await facesOf(names.text, root);
        nameFonts({ text, figures: names.figures.length === 0 ? text : figures });
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const [, index] = /\/@fonts\/(\d+)$/.exec(request.url ?? '') ?? [];
          const face = index && [...namedFonts().text, ...namedFonts().figures][Number(index)];
          if (face) response.end(readFileSync(face.file));
          else next();
        });
      },
    },
  };
}
