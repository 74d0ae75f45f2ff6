/** Generates a blog of many posts, each with prose, formulas, a measured number and two figures. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blogFiles, installPackage } from '../../helpers/blog.ts';
import { writeFiles } from '../../helpers/files.ts';
import { copyProject } from '../folders.ts';

const EXPERIMENTS = 10;
const WORDS =
  'the weights of a layer stay equal while every unit reads the same vector and no gradient tells them apart'.split(
    ' ',
  );

const prose = (post: number, paragraph: number): string =>
  Array.from({ length: 80 }, (_, i) => WORDS[(i * 7 + post * 3 + paragraph) % WORDS.length]).join(' ');

/** The names of a post's two figures, `e3/c17`. */
export const figuresOf = (post: number): readonly [string, string] => {
  const experiment = `e${post % EXPERIMENTS}`;
  const first = 2 * Math.floor(post / EXPERIMENTS);
  return [`${experiment}/c${first}`, `${experiment}/c${first + 1}`];
};

/** The text of a post; `figure` and `value` write the components for a figure and a measured number. */
export function postText(
  post: number,
  figure: (name: string) => string,
  value: (experiment: string) => string,
): string {
  const [one, other] = figuresOf(post);
  const paragraph = (k: number) =>
    `Here $a^{(${k})}_{${post}}$ and $\\delta^{(${k})} = \\sum_j \\Theta_{ij}$: ${prose(post, k)}.`;
  const display = (k: number) =>
    `$$\nz^{(${k})}_i = \\sum_j \\Theta^{(${k})}_{ij} a_j + b_i + \\frac{${post}}{${k + 1}}\n$$`;
  return [
    `---\ntitle: Post ${post}\ndate: ${new Date(Date.UTC(2000, 0, 1 + post)).toISOString().slice(0, 10)}\ntags: [tag-${post % 20}]\n---`,
    ...[1, 2, 3].flatMap((k) => [`## Part ${k}`, paragraph(k), display(k)]),
    figure(one),
    `It was ${value(one.split('/')[0]!)}. ${paragraph(4)}`,
    figure(other),
    ...[5, 6].flatMap((k) => [paragraph(k), display(k)]),
    '',
  ].join('\n\n');
}

const experiment = (i: number): string => `import { z } from 'zod';
import { defineExperiment } from 'astro-measured/lab';
export default defineExperiment({
  question: 'How does sine number ${i} go?',
  params: { rate: [1, 2, 3, 4] },
  seeds: 2,
  record: z.object({ curve: z.array(z.number()) }),
  run: ({ rate }, { seed }) => ({ curve: Array.from({ length: 25 }, (_, x) => Math.sin(${i} + seed + (rate * x) / 10)) }),
  measures: { last: ({ records }) => records.at(-1)!.curve.at(-1)! },
});
`;

const charts = (count: number): string => `import { defineCharts, lines } from 'astro-measured/figure';
const chart = (shift: number) => ({
  title: \`Curves \${shift}\`,
  spec: ({ records, layout }: any) =>
    lines({
      layout,
      data: records
        .filter((row: any) => row.seed === 0)
        .flatMap((row: any) => row.curve.map((y: number, x: number) => ({ x, y: y + shift, rate: String(row.rate) }))),
      x: { field: 'x', title: 'Step' },
      y: { field: 'y', title: 'Value' },
      series: 'rate',
    }),
});
export default defineCharts(Object.fromEntries(Array.from({ length: ${count} }, (_, i) => [\`c\${i}\`, chart(i)])));
`;

/** Pages of the package that the bare site lacks, with their files in `src/site/pages`. */
export const EXTRA_PAGES: readonly { readonly what: string; readonly files: readonly string[] }[] = [
  { what: 'two feeds of whole posts', files: ['rss.xml.ts', 'feed.json.ts'] },
  { what: 'a social image for each post', files: ['og'] },
  { what: 'four files and an editor page for each figure', files: ['figures'] },
  { what: 'pages of experiments and their sources', files: ['experiments'] },
  { what: 'the tested claims', files: ['claims'] },
];

export function removePages(folder: string, parts: typeof EXTRA_PAGES): void {
  for (const file of parts.flatMap(({ files }) => files))
    rmSync(join(folder, 'package/src/site/pages', file), { recursive: true });
}

/** Writes a blog of generated posts and experiments to `folder`, with a copy of the package, from which pages can be removed. */
export function layOutBlog(folder: string, posts: number): void {
  copyProject(join(folder, 'package'), (file) => /^src\/|^package\.json$/.test(file));
  installPackage(folder, join(folder, 'package'));
  writeFiles(folder, blogFiles);
  for (const each of ['posts', 'experiments']) mkdirSync(join(folder, each));
  for (let i = 0; i < EXPERIMENTS; i++) {
    writeFileSync(join(folder, `experiments/e${i}.ts`), experiment(i));
    writeFileSync(join(folder, `experiments/e${i}.charts.ts`), charts(2 * Math.ceil(posts / EXPERIMENTS)));
  }
  for (let i = 0; i < posts; i++) {
    const [figure, value] = [
      (name: string) => `<Chart of="${name.split('/')[0]}" show="${name.split('/')[1]}">Curves.</Chart>`,
      (of: string) => `<Value of="${of}.last" />`,
    ];
    writeFileSync(join(folder, `posts/post-${i}.mdx`), postText(i, figure, value));
  }
}
