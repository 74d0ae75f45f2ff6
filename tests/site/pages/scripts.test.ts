/** Posts in Japanese, Russian, Arabic and Vietnamese: text, fonts and direction in pages, lists, feeds and images. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toString as plainText } from 'hast-util-to-string';
import { describe, expect, test } from 'vitest';
import { fontFaces } from '../../../src/site/fonts/font-faces.ts';
import { waitForSites } from './built.ts';
import { elements, files, pages } from './files.ts';

const { dist, said } = (await waitForSites()).scripts;
const page = (path: string) => pages(dist).find((each) => each.path === path)!;
const stylesOf = (html: string) => [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, css]) => css!).join('');
/** The families of the faces that a page names, without KaTeX's, each with its files. */
function facesOf(path: string): Map<string, string[]> {
  const all = fontFaces(stylesOf(page(path).html)).filter(({ family }) => !family.startsWith('KaTeX'));
  return new Map(
    [...Map.groupBy(all, ({ family }) => family)].map(([family, some]) => [family, some.map(({ url }) => url)]),
  );
}

const posts = [
  ['japanese', '初期化の対称性を破る「乱数」について 🚀', 'ja', undefined],
  ['russian', 'Симметрия и случайные начальные веса', 'ru', undefined],
  ['arabic', 'كسر التماثل (Symmetry) في الشبكات العصبية 2026', 'ar', 'rtl'],
  ['vietnamese', 'Nguyễn Ánh khởi tạo trọng số ngẫu nhiên', 'vi', undefined],
] as const;

describe.each(posts)('the post %s', (name, title, lang, dir) => {
  const { tree, html } = page(`posts/${name}/`);

  test('has its title, language and direction', () => {
    expect(elements(tree, 'h1').map((heading) => plainText(heading))).toEqual([title]);
    expect(elements(tree, 'article')[0]!.properties).toMatchObject({ lang, ...(dir && { dir }) });
    expect(html).toContain(`<meta property="og:locale" content="${lang}">`);
    expect(JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)![1]!).inLanguage).toBe(lang);
  });

  test('is in every list, in both feeds, and has a social image', () => {
    expect(page('').html).toContain(title);
    expect(page('archive/').html).toContain(title);
    expect(readFileSync(join(dist, 'rss.xml'), 'utf8')).toContain(title);
    expect(readFileSync(join(dist, 'feed.json'), 'utf8')).toContain(title);
    expect(statSync(join(dist, `og/${name}.png`)).size).toBeGreaterThan(10_000);
  });

  test('refers only to fonts that it draws with, and all of them exist', () => {
    const faces = [...facesOf(`posts/${name}/`)].flatMap(([, urls]) => urls);
    for (const url of faces) expect(files(dist, '_astro/*')).toContain(url.replace('/blog/', ''));
    expect(faces.some((url) => url.includes('noto-sans-jp'))).toBe(html.includes('初'));
    expect(faces.some((url) => url.includes('noto-sans-arabic'))).toBe(/[\u0600-\u06ff]/.test(html));
  });
});

test('a warning names a post whose social image lacks characters, the characters and the setting', () => {
  expect(said).toMatch(/posts\/japanese\.mdx: its social image leaves out “🚀”.*fonts\.figures/);
  expect(said.match(/social image leaves out/g)).toHaveLength(1);
});

test('text of another direction than its surroundings has a dir attribute, and nothing else has', () => {
  const directions = (path: string) =>
    elements(page(path).tree)
      .filter(({ properties }) => properties.dir !== undefined && !properties.dataFootnotes)
      .map(({ tagName, properties }) => `${tagName} ${properties.dir}`);
  expect(directions('posts/english/').filter((each) => each.startsWith('p '))).toEqual(['p rtl']);
  expect(directions('posts/arabic/').filter((each) => !each.startsWith('a '))).toEqual([
    'article rtl',
    'p ltr',
    'footer ltr',
  ]);
  expect(directions('posts/russian/').filter((each) => !each.startsWith('a '))).toEqual([]);
  expect(directions('')).toContain('a rtl');
});

test('a feed gives the language and direction of each post in its text', () => {
  const { items } = JSON.parse(readFileSync(join(dist, 'feed.json'), 'utf8')) as {
    items: { url: string; language: string; content_html: string }[];
  };
  const wrapper = (name: string) => {
    const item = items.find(({ url }) => url.endsWith(`/${name}/`))!;
    return [item.language, /^<div[^>]*>/.exec(item.content_html)?.[0]];
  };
  expect(wrapper('arabic')).toEqual(['ar', '<div lang="ar" dir="rtl">']);
  expect(wrapper('japanese')).toEqual(['ja', '<div lang="ja" dir="ltr">']);
});

test('right-to-left labels in drawings have a direction, others have none', () => {
  const labels = (name: string) => readFileSync(join(dist, `figures/words/${name}.svg`), 'utf8');
  expect(labels('arabic')).toMatch(/<text[^>]* direction="rtl"[^>]*>الصفة \(ML\)</);
  expect(labels('russian')).not.toContain('direction');
});

test('East Asian lines join without a space, and stress ends at their punctuation', () => {
  const { html } = page('posts/japanese/');
  expect(html).toContain('乱数で始めればこの対称性は破れる');
  expect(html).toContain('<strong>重要。</strong>乱数');
});

test('pages without such text have no styles for it', () => {
  expect(stylesOf(page('about/').html)).not.toMatch(/rtl|:lang|noto/i);
});
