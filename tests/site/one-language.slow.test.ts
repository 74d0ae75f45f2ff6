/** A blog in a language added by the option `words`: every word on its pages is the author's or one of these. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Element, Nodes } from 'hast';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../helpers/files.ts';
import { createBlog, runProjectCommand } from '../invalid-input/project.ts';
import { pages } from './pages/files.ts';

let root = '';

/** The site's strings are in brackets and the author's text is Greek, so any other letter is untranslated. */
const language = `import { words as english, type Words } from '${repository}/src/i18n/locales/en.ts';

const marked = (value: unknown): unknown => {
  if (typeof value === 'string') return '⟦' + value + '⟧';
  if (typeof value === 'function') return (...given: unknown[]) => marked(value(...given));
  if (Array.isArray(value)) return value.map(marked);
  return Object.fromEntries(Object.entries(value as object).map(([name, each]) => [name, marked(each)]));
};
export const words = { ...(marked(english) as Words), numbers: english.numbers, quotes: english.quotes };
`;

const experiment = `import { z } from 'zod';
import { defineExperiment } from 'astro-measured/lab';

export default defineExperiment({
  question: 'Ποιος ειναι ο μεσος ορος;',
  params: { n: [2, 4] },
  seeds: 2,
  record: z.object({ m: z.number() }),
  run: ({ n }, { seed }) => ({ m: (n + seed) / 2 }),
  measures: { m: ({ records }) => records[0]!.m, l: ({ records }) => records.map((r) => r.m) },
});
`;

const charts = `import { defineCharts } from 'astro-measured/figure';
import type penny from './penny.ts';

const spec = ({ records }: { records: readonly { n: number; m: number }[] }) => ({
  data: { values: records.map(({ n, m }) => ({ n, m })) },
  mark: 'point' as const,
  encoding: { x: { field: 'n', type: 'quantitative' as const }, y: { field: 'm', type: 'quantitative' as const } },
});
export default defineCharts<typeof penny>({
  a: { title: 'Τιτλος', describe: () => 'Περιγραφη.', spec },
  b: { title: 'Καρε', describe: () => 'Περιγραφη.', frames: () => [{ label: 'α', value: 1 }, { label: 'β', value: 2 }], spec },
});
`;

const derivation = `export default {
  αποδειξη: {
    at: (seed: number) => seed,
    lines: [{ tex: '2x', value: (x: number) => 2 * x }, { tex: 'x + x', value: (x: number) => x + x }],
    held: { ω: (x: number) => 2 * x },
  },
};
`;

const post = (date: string) => `---
title: Αναρτηση
date: ${date}
updated: 2026-05-01
tags: [ετικετα]
categories: [κατηγορια]
comments: https://σχολια.example/
---

## Πρωτο

Η τιμη <Value of="penny.m" />.[^1]

<Claim of="penny.m" equals={1} atMost={2} near={{ of: 1, relative: 0.1 }} within={[0, 2]}>Προταση.</Claim>

<Claim of="penny.l" increasing above={0} below={9} atLeast={0}>Προταση.</Claim>

<Chart of="penny" show="a">Λεζαντα.</Chart>

<Frames of="penny" show="b">Λεζαντα, [](#fig-a).</Frames>

<Derivation of="αποδειξη" />

## Δευτερο

> [!NOTE]
> Σημειωση.

> [!CAUTION]
> Προσοχη.

- [x] α
- [ ] β

| α | β |
| - | - |
| 1 | 2 |

[^1]: Υποσημειωση.
`;

const configuration = `import measured from 'astro-measured';
import { words } from './el.ts';

const share = (url, title) => 'mailto:?subject=' + encodeURIComponent(title) + '&body=' + encodeURIComponent(url);
export default {
  site: 'https://measured.example',
  integrations: [
    measured({
      title: 'Ιστολογιο',
      description: 'Περιγραφη.',
      language: 'el',
      words,
      author: { name: 'Συντακτης' },
      repository: { url: 'https://git.example/measured', edit: 'https://git.example/measured/edit/main' },
      notation: [{ title: 'Συμβολα', symbols: [{ tex: 'x', meaning: 'Μια μεταβλητη', code: 'χ' }] }],
      share: { Κοινη: share },
    }),
  ],
};
`;

const files: Readonly<Record<string, string>> = {
  'astro.config.mjs': configuration,
  'el.ts': language,
  'experiments/penny.ts': experiment,
  'experiments/penny.charts.ts': charts,
  'posts/alpha.ts': derivation,
  'posts/beta.ts': derivation,
  'posts/alpha.mdx': post('2026-01-02'),
  'posts/beta.mdx': post('2026-02-03'),
};

beforeAll(async () => {
  root = createBlog(files);
  for (const step of ['experiments', 'build'] as const) {
    const { code, output } = await runProjectCommand(root, step);
    if (code !== 0) throw new Error(output);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Words that stay in every language: names of formats and files, commands, code. */
const names =
  /\b(?:RSS|CSV|JSON|SVG|penny(?:\.charts)?(?:\.ts)?|penny\.[\p{L}]+|npm run experiments|experiments\/|KB|kB)\b|--/gu;
const spokenAttributes = ['aria-label', 'title', 'alt', 'content', 'placeholder', 'data-alt'];
const skippedTags = ['code', 'pre', 'style', 'script', 'annotation', 'math'];

/** The text of a page in order, and the attributes that assistive technology reads. */
function spokenText(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element' && node.type !== 'root') return '';
  const { tagName = '', properties = {} } = node as Partial<Element>;
  if (skippedTags.includes(tagName) || /katex|page-address/.test(String(properties.className))) return ' ';
  const isData =
    tagName === 'meta' && !/description|title|alt|site_name/.test(`${properties.name}${properties.property}`);
  const labels = Object.entries(properties).filter(([name]) =>
    spokenAttributes.includes(name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)),
  );
  // The table of notation is the blog's own content.
  if (tagName === 'table' && String(properties.className).includes('notation')) return ' ';
  return [...(isData ? [] : labels.map(([, value]) => `${value}\n`)), ...node.children.map(spokenText)].join(' ');
}

/** Removes the text in brackets, innermost first. */
function withoutBrackets(text: string): string {
  const without = text.replace(/⟦[^⟦⟧]*⟧/g, '');
  return without === text ? text : withoutBrackets(without);
}

test('every page is in that language', () => {
  const all = pages(join(root, 'dist'));
  expect(all.length).toBeGreaterThan(10);
  const astray = all.flatMap(({ path, tree }) => {
    const text = withoutBrackets(spokenText(tree)).replace(names, ' ');
    return (text.match(/\p{Script=Latin}{2,}/gu) ?? []).map((word) => `${path}: ${word}`);
  });
  expect([...new Set(astray)]).toEqual([]);
});
