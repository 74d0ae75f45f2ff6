/** All built pages: valid HTML, working links, no scripts and complete metadata, at the root of a host and under a base path. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toHtml } from 'hast-util-to-html';
import { toString as plainText } from 'hast-util-to-string';
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { waitForSites } from './built.ts';
import { elements, files, type Page, pages } from './files.ts';

const { sites } = await waitForSites();

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'no-inline-style': 'off', // KaTeX and Shiki use style attributes
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'long-title': 'off',
    'doctype-style': 'off',
    'no-implicit-button-type': 'off',
  },
});

describe.each(sites)('under $base', ({ base, dist }) => {
  const all = pages(dist);
  const page = (path: string): Page => all.find((each) => each.path === path)!;

  test('there is a page of every kind, and no draft', () => {
    const paths = all.map(({ path }) => path);
    for (const path of [
      '',
      '404.html',
      'about/',
      'archive/',
      'claims/',
      'notation/',
      'experiments/',
      'experiments/dice/',
      'experiments/dice/source/',
      'posts/everything/',
      'posts/plain/',
      'tags/maths/',
      'tags/testing--more/',
      'categories/journal/',
    ]) {
      expect(paths).toContain(path);
    }
    expect(all.filter(({ html }) => html.includes('Not finished')).map(({ path }) => path)).toEqual([]);
  });

  test('the HTML is valid', async () => {
    for (const { path, html } of all) {
      const report = await validator.validateString(html, path);
      const problems = report.results.flatMap(({ messages }) => messages);
      expect(
        problems.map(
          ({ line, column, ruleId, message, selector }) =>
            `${path}:${line}:${column} ${ruleId}: ${message} (${selector})`,
        ),
      ).toEqual([]);
    }
  });

  test('no link or anchor of the site is broken', () => {
    const broken: string[] = [];
    const ids = new Map(
      all.map(({ path, tree }) => [path, new Set(elements(tree).map(({ properties }) => properties.id))]),
    );
    for (const { path, tree } of all) {
      const from = new URL(base + path, 'https://measured.example');
      for (const { tagName, properties } of elements(tree, 'a', 'link', 'img')) {
        const address = properties.href ?? properties.src;
        const to = new URL(String(address), from);
        if (to.origin !== from.origin) continue;
        const target = decodeURIComponent(to.pathname.slice(base.length));
        const file = join(dist, target);
        const exists =
          to.pathname.startsWith(base) &&
          existsSync(file) &&
          (statSync(file).isFile() || existsSync(join(file, 'index.html')));
        const anchored = to.hash === '' || ids.get(target)?.has(decodeURIComponent(to.hash.slice(1)));
        if (!exists || !anchored) broken.push(`${path}: <${tagName}> ${address}`);
      }
    }
    expect(broken).toEqual([]);
  });

  test('the contents list has the text of the headings, without their links and notes', () => {
    const { tree } = page('posts/everything/');
    const contents = elements(tree, 'details').find(
      ({ properties }) => properties.className?.toString() === 'contents',
    )!;
    const entry = elements({ type: 'root', children: [contents] }, 'a').find(
      ({ properties }) => properties.href === '#h2o-by-hand-and-the-value',
    )!;
    expect(toHtml(entry.children)).toBe('H<sub>2</sub>O, <em>by hand</em>, <code>and</code> the value 3.47');
    const heading = elements(tree, 'h2').find(({ properties }) => properties.id === 'h2o-by-hand-and-the-value')!;
    expect(toHtml(heading)).toContain('aria-label="Link to the section “H2O, by hand, and the value”"');
  });

  test('an address within the site gets the base path, in every way a post can write it', () => {
    const body = page('posts/everything/').html.replace(/^.*?<div class="post-body">/s, '');
    expect(body.match(/<a href="[^"]*claims\/">/g)).toEqual(Array(2).fill(`<a href="${base}claims/">`));
    expect(body.match(/<img src="[^"]*icons[^"]*"/g)).toEqual(
      ['192', '180'].map((size) => `<img src="${base}icons/${size}.png"`),
    );
  });

  test('there is a space between a word and a link after it', () => {
    const stuck = /[\p{L}\p{N},;:]<a (?!class="(?:anchor|claim-mark))[^>]*>/gu;
    for (const { path, html } of all)
      for (const { index, 0: link } of html.matchAll(stuck))
        expect.unreachable(`${path}: ${html.slice(Math.max(0, index - 40), index)}${link}`);
  });

  test('pages run no script, load nothing from elsewhere, and forbid both', () => {
    for (const { path, tree } of all) {
      const policy = elements(tree, 'meta').find(
        ({ properties }) => properties.httpEquiv?.toString() === 'Content-Security-Policy',
      );
      expect(policy?.properties.content, path).toContain("script-src 'none'");
      expect(policy?.properties.content, path).not.toContain('http');
      for (const script of elements(tree, 'script')) expect(script.properties.type, path).toBe('application/ld+json');
      const loads = [
        ...elements(tree, 'img', 'source', 'video', 'audio', 'iframe', 'embed').map(
          ({ properties }) => properties.src ?? properties.srcSet,
        ),
        ...elements(tree, 'link')
          .filter(({ properties }) => String(properties.rel).match(/stylesheet|preload|icon|manifest/))
          .map(({ properties }) => properties.href),
      ];
      for (const address of loads) expect(String(address), path).toMatch(/^\/(?!\/)/);
      const handlers = elements(tree).flatMap(({ properties }) =>
        Object.keys(properties).filter((name) => /^on[A-Z]/.test(name)),
      );
      expect(handlers, path).toEqual([]);
    }
    for (const { path, tree } of all) {
      const styles = elements(tree, 'style').map((style) => plainText(style));
      expect(styles.join(''), path).toContain('@font-face');
      const urls = [...styles.join('').matchAll(/url\(["']?([^"')]*)/g)].map(([, url]) => url!);
      for (const url of urls) {
        expect(url, path).toMatch(/^(\/(?!\/)|data:)/);
        if (url.startsWith('/')) expect(existsSync(join(dist, url.slice(base.length))), `${path}: ${url}`).toBe(true);
      }
    }
    expect(files(dist, '**/*.{css,js,mjs,ttf,woff,map}')).toEqual([]);
  });

  test('text of authors is escaped everywhere', () => {
    const title = 'Everything a post can hold: <b>&amp; "quotes"';
    const { html, tree } = page('posts/everything/');
    expect(plainText(elements(tree, 'h1')[0]!)).toBe(title);
    expect(html).not.toContain('<b>&amp; "quotes"');
    const data = elements(tree, 'script').map((script) => JSON.parse(plainText(script)) as { headline: string });
    expect(data.map(({ headline }) => headline)).toEqual([title]);
    const social = elements(tree, 'meta').find(({ properties }) => properties.property === 'og:title');
    expect(social?.properties.content).toBe(title);
  });

  test('pages have a title, description, address, language and one h1', () => {
    for (const { path, tree } of all) {
      const meta = (name: string) =>
        elements(tree, 'meta').find(({ properties }) => properties.name === name || properties.property === name)
          ?.properties.content;
      expect(String(meta('description')).length, path).toBeGreaterThan(10);
      expect(meta('og:url'), path).toMatch(`https://measured.example${base}`);
      expect(plainText(elements(tree, 'title')[0]!), path).toMatch(/Measured$/);
      expect(elements(tree, 'h1'), path).toHaveLength(1);
      expect(elements(tree, 'html')[0]!.properties.lang, path).toBe('en-GB');
    }
  });
});
