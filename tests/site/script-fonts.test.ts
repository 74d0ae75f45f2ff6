/** Fonts set in the configuration: found in their packages, subset to the pages' characters, used in figures and social images. */

import { convert } from 'fontverter';
import { Blob, Face } from 'harfbuzzjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { socialPng } from '../../src/figure/social-image.ts';
import { type FontFace, faceFor, loadFonts, registeredFonts, registerFonts } from '../../src/figure/text/font.ts';
import { textWidth } from '../../src/figure/text/metrics.ts';
import { createOutliner } from '../../src/figure/text/outline.ts';
import { glyphsOf, runsOf } from '../../src/figure/text/shape.ts';
import { fontFaces, unicodeRange } from '../../src/site/fonts/font-faces.ts';
import { loadFontFaces } from '../../src/site/fonts/font-packages.ts';
import { scriptStyles } from '../../src/site/fonts/script-fonts.ts';

const root = new URL('../fixtures/scripts/', import.meta.url).pathname;
const names = ['NotoSansJP-400', 'NotoSansJP-600', 'NotoSansArabic'].map((name) => `./fonts/${name}.woff2`);

test('faces of a style sheet: family, first source, weights, slant, characters', () => {
  const css = `@media screen{a{b:c}}@font-face{font-family:'Noto X';font-weight:100 900;src:url(./x.woff2) format('woff2'),url(./x.woff);unicode-range:U+41,U+50-5F,u+30??}
    @font-face{font-family:Y;font-style:italic;font-weight:bold;src:url("y.ttf")}@font-face{font-family:Z;src:local(Z)}`;
  const [x, y, ...others] = fontFaces(css);
  const characters = [
    [0x41, 0x41],
    [0x50, 0x5f],
    [0x3000, 0x30ff],
  ];
  expect(x).toEqual({ family: 'Noto X', url: './x.woff2', italic: false, weight: [100, 900], characters });
  expect(y).toMatchObject({ family: 'Y', url: 'y.ttf', italic: true, weight: [700, 700] });
  expect(others).toEqual([]);
  expect(unicodeRange([0x43, 0x41, 0x42, 0x1f680])).toBe('U+41-43,U+1F680');
});

test('style and weight are read from a font file', async () => {
  const [light, heavy, arabic] = await loadFontFaces(names, root);
  expect([light!.weight, heavy!.weight, arabic!.weight]).toEqual([
    [400, 400],
    [600, 600],
    [400, 700],
  ]);
  expect(light!.family).toBe(heavy!.family);
  const at = (text: string, weight: number) => faceFor([light!, heavy!, arabic!], text.codePointAt(0)!, weight);
  expect([at('化', 400), at('化', 600), at('م', 600), at('한', 400)]).toEqual([light, heavy, arabic, undefined]);
});

test.each([
  [
    '@fontsource/none-such',
    /“@fontsource\/none-such” is not installed; run npm install --save-exact @fontsource\/none-such/,
  ],
  ['./fonts/none.ttf', /“\.\/fonts\/none\.ttf” is no file of the blog/],
  ['vega/none.css', /“vega\/none\.css” is not in the package vega/],
  ['./posts', /“\.\/posts” has no upright font/],
  ['zod', /“zod” has no upright font/],
])('%s is no font', async (name, message) => {
  await expect(loadFontFaces([name], root)).rejects.toThrow(message);
});

test('of a whole package, regular and semibold are used', async () => {
  const faces = await loadFontFaces(['source-sans'], root);
  expect(faces.map(({ weight }) => weight[0])).toEqual([400, 600]);
});

describe('with the fonts of the fixture', () => {
  let faces: FontFace[] = [];
  const before = registeredFonts();
  beforeAll(async () => {
    faces = await loadFontFaces(names, root);
    registerFonts({ text: faces, figures: faces });
    await loadFonts('初期化の対称性 التماثل');
  });
  afterAll(() => registerFonts(before));

  test('text is as wide as the letters of these fonts, joined where they join', () => {
    expect(textWidth('初期化', 10)).toBe(30);
    const apart = [...'التماثل'].reduce((sum, letter) => sum + textWidth(letter, 10), 0);
    expect(textWidth('التماثل', 10)).toBeGreaterThan(0);
    expect(textWidth('التماثل', 10)).toBeLessThan(0.9 * apart);
  });

  test('Arabic letters have their contextual forms, right to left', () => {
    const [run] = runsOf('ببب', 400);
    const { glyphs } = glyphsOf({ ...run!, font: run!.font! });
    expect(new Set(glyphs.map(({ id }) => id)).size).toBeGreaterThan(1);
    const missing = new Set<string>();
    expect(createOutliner(missing)('بب (AB)', 10, 600, 0, 0)).not.toBe('');
    expect([...missing]).toEqual([]);
  });

  test('a social image draws titles in them, and reports characters that it lacks', async () => {
    const image = (title: string) => socialPng({ title, site: 'Site' });
    const [plain, drawn] = [await image('x'), await image('初期化の対称性')];
    expect(drawn.missing).toEqual([]);
    expect(Buffer.from(drawn.png).equals(Buffer.from(plain.png))).toBe(false);
    expect((await image('التماثل 🚀 한')).missing).toEqual(['🚀', '한']);
  });

  test('a page refers to the fonts it uses, subset to its characters; other pages to none', async () => {
    const written = new Map<string, Buffer>();
    const write = (name: string, bytes: Buffer): string => {
      const address = `/fonts/${written.size}-${name}`;
      written.set(address, bytes);
      return address;
    };
    const pages = [[...'abc初期化'], [...'abc'], [...'初التماثل']];
    const [first, none, third] = await scriptStyles(pages, [[0x20, 0x7e]], write);
    expect(none).toBe('');
    expect(fontFaces(first!).map(({ weight }) => weight[0])).toEqual([400, 600]);
    expect(first).toContain(`unicode-range:${unicodeRange([...'初期化'].map((one) => one.codePointAt(0)!))}`);
    expect(first).toContain(`--font-figure:"Source Sans 3","${faces[0]!.family}"`);
    expect(fontFaces(third!)).toHaveLength(3);
    for (const { url, characters } of fontFaces(first!)) {
      const has = new Face(new Blob(await convert(written.get(url)!, 'truetype'))).collectUnicodes();
      expect([...has]).toEqual([...'初期化'].map((one) => one.codePointAt(0)!).sort((a, b) => a - b));
      expect(characters).not.toEqual([]);
    }
  });

  test('a subset Arabic font still joins its letters', async () => {
    let bytes: Uint8Array = new Uint8Array();
    await scriptStyles([[...'ب']], [], (_, cut) => {
      bytes = cut;
      return '/x.woff2';
    });
    const face = new Face(new Blob(await convert(bytes, 'truetype')));
    expect(face.getTableFeatureTags('GSUB')).toEqual(expect.arrayContaining(['init', 'medi', 'fina']));
  });
});
