/**
 * Injection test: hostile strings in front matter, bibliography, CSV, chart labels, file names and measures. All output must
 * be well-formed, without scripts, event handlers and unsafe addresses.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { fromHtml } from 'hast-util-from-html';
import { toString as plainText } from 'hast-util-to-string';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSafeUrl } from '../../src/site/links/safe-url.ts';
import { writeFiles } from '../helpers/files.ts';
import { elements, files, pages } from '../site/pages/files.ts';
import { copyToTempFolder, createValidProject, runProjectCommand } from './project.ts';
import { hostileValues as values } from './values.ts';

const json = JSON.stringify;
/** A value escaped as text of Markdown. */
const escaped = (value: string): string =>
  value.replace(/[\n\r\u2028\u2029\u0085]/g, ' ').replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.codePointAt(0)};`);
/** A value as a title, without dollars and backticks, which are syntax there. */
const titleOf = (value: string): string => value.replace(/[$`]/g, '');
/** A value without the special characters of TeX. */
const tex = (value: string): string => value.replace(/[\\{}%#&$_^~@"]/g, ' ');

const post = (value: string, i: number): string => `---
title: ${json(`T ${titleOf(value)}`)}
description: ${json(value)}
date: 2026-02-${String(i + 1).padStart(2, '0')}
author: [{ name: ${json(value)}, url: 'https://example.org/?a="><script>alert(1)</script>' }]
tags: [${json(`tag${i} ${value.replaceAll(',', ' ')}`)}]
categories: [${json(`category${i} ${value.replaceAll(',', ' ')}`)}]
image: { src: './a &(b)''.png', alt: ${json(value)}, credit: ${json(value)} }
comments: 'https://example.org/"onload=alert(1)'
canonical: 'https://example.org/]]><script>'
---

## ${escaped(value)}

${escaped(value)} [@hostile${i}], <Value of="penny.m${i}" />, **${escaped(value)}**[^n] [link](<./d &(e)'.csv> "${escaped(value)}").

[^n]: ${escaped(value)}

\`\`\`js title=${json(value.replace(/[`"\\]/g, ''))}
${value.replaceAll('`', '')}
\`\`\`

| ${escaped(value)} | b |
| --- | --- |
| ${escaped(value)} | c |

<Chart of="penny" show="hostile">${escaped(value)}</Chart>
`;

const charts = `import { defineCharts } from 'astro-measured/figure';
import type penny from './penny.ts';

const values: string[] = ${json(values)};

export default defineCharts<typeof penny>({
  hostile: {
    title: ${json(values.join(' '))},
    spec: () => ({
      data: { values: values.map((label, i) => ({ label, i, half: values[i % 8], ['f"<b>&' + "'"]: i })) },
      mark: { type: 'point', tooltip: true },
      encoding: {
        y: { field: 'label', type: 'nominal', title: values[1] },
        x: { field: 'i', type: 'quantitative', title: values[2] },
        color: { field: 'half', type: 'nominal', title: values[4] },
        tooltip: [{ field: 'label', title: values[3] }],
      },
    }),
  },
});
`;

const experiment = `import { z } from 'zod';
import { defineExperiment } from 'astro-measured/lab';

export default defineExperiment({
  question: ${json(values.join(' '))},
  params: { kind: ${json(values)} },
  record: z.object({ text: z.string(), mean: z.number() }),
  run: ({ kind }) => ({ text: kind, mean: kind.length }),
  measures: {
    mean: ({ records }) => records[0]!.mean,
    ${values.map((_, i) => `m${i}: ({ records }) => records[${i}]!.mean,`).join('\n    ')}
  },
});
`;

const bibliography = values
  .map(
    (value, i) =>
      `@article{hostile${i}, title={${tex(value)}}, author={${tex(value).replace(/,| and /g, ' ')}}, journal={${tex(value)}}, publisher={${tex(value)}}, year={2020}, url={https://example.org/?"><script>alert(${i})</script>}}`,
  )
  .join('\n');

const dot = readFileSync(new URL('../fixtures/site/posts/dot.png', import.meta.url));

let root = '';
let dist = '';
beforeAll(async () => {
  const good = await createValidProject();
  root = copyToTempFolder(good);
  rmSync(good, { recursive: true });
  writeFiles(root, {
    'posts/references.bib': `@article{knuth1984, title={Literate Programming}, author={Knuth, D. E.}, year={1984}}\n${bibliography}\n`,
    "posts/a &(b)'.png": dot,
    "posts/d &(e)'.csv": `${values.map((value) => json(value)).join('\n')}\n`,
    'posts/good.mdx': null,
    'experiments/penny.ts': experiment,
    'experiments/penny.charts.ts': charts,
    ...Object.fromEntries(values.map((value, i) => [`posts/p${i}.mdx`, post(value, i)])),
  });
  for (const name of ['experiments', 'build'] as const) {
    const { code, output } = await runProjectCommand(root, name);
    expect(code, output).toBe(0);
  }
  dist = join(root, 'dist');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const read = (file: string): string => readFileSync(join(dist, file), 'utf8');

/** Expects no element that embeds other content, no event handler and no unsafe address. */
function expectHarmless(tree: Parameters<typeof elements>[0], path: string): void {
  for (const { tagName, properties } of elements(tree)) {
    expect(tagName, path).not.toMatch(/^(?:iframe|object|embed|form|base)$/);
    expect(
      Object.keys(properties).filter((name) => /^on/i.test(name)),
      `${path} <${tagName}>`,
    ).toEqual([]);
    for (const name of ['href', 'xLinkHref', 'cite'])
      if (properties[name] !== undefined)
        expect(isSafeUrl(String(properties[name])), `${path} ${properties[name]}`).toBe(true);
    expect(String(properties.src ?? ''), path).not.toMatch(/evil|^x$|javascript/);
    expect(String(properties.style ?? ''), path).not.toMatch(/evil|javascript/);
  }
}

test('each post is built, with its own title', () => {
  const all = pages(dist);
  for (const [i, value] of values.entries()) {
    const page = all.find(({ path }) => path === `posts/p${i}/`)!;
    expect(plainText(elements(page.tree, 'h1')[0]!).replace(/\s+/g, ' ').trim()).toBe(
      `T ${titleOf(value)}`.replace(/\s+/g, ' ').trim(),
    );
  }
});

test('pages have no script, no handler, no unsafe address; their JSON-LD parses', () => {
  for (const { path, tree } of pages(dist)) {
    for (const script of elements(tree, 'script')) {
      expect(script.properties.type, path).toBe('application/ld+json');
      expect(() => JSON.parse(plainText(script)), path).not.toThrow();
    }
    expectHarmless(tree, path);
    const styles = elements(tree, 'style').map((style) => plainText(style));
    expect(styles.join(''), path).not.toMatch(/evil\.example|alert\(/);
  }
});

test('feeds, sitemaps and drawings are well-formed, and run nothing', () => {
  const all = files(dist, '**/*.{xml,svg}');
  expect(all.some((file) => file.endsWith('.svg'))).toBe(true);
  for (const file of all) {
    const text = read(file);
    expect(XMLValidator.validate(text), file).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the test looks for them
    expect(text, file).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    if (file.endsWith('.svg'))
      expect(text, file).not.toMatch(/<script|<[^>]*\son\w+\s*=\s*["'][^>]*>|<img|<foreignObject/i);
  }
});

test('JSON files parse, and the HTML in the JSON feed is harmless', () => {
  for (const file of files(dist, '**/*.{json,webmanifest}')) expect(() => JSON.parse(read(file)), file).not.toThrow();
  for (const item of (JSON.parse(read('feed.json')) as { items: { content_html: string }[] }).items)
    expectHarmless(fromHtml(item.content_html, { fragment: true }), 'feed.json');
});
