/**
 * Builds the same article with this project, Observable Framework and Astro with vega-embed, and measures build time,
 * transferred bytes and time until readable. The table is written into the README, between its marks.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { findMeasure, type Interval, loadResults, type Results } from '../../src/lab/results/index.ts';
import { longestPost as POST } from '../blog/longest-post.ts';
import { launch } from '../helpers/chromium.ts';
import { repository } from '../helpers/files.ts';
import { writeMarked } from '../helpers/marks.ts';
import { serve } from '../helpers/serve.ts';
import { median } from './engine/median.ts';
import { astro, copyProject, emptyFolder, experiments, run } from './folders.ts';
import { type Article, type Dialect, lastWords, translate } from './peers/article.ts';
import { astroDialect, layOutAstro } from './peers/astro-embed.ts';
import { type Compared, peerBars } from './peers/bars.ts';
import { layOutObservable, observableDialect } from './peers/observable.ts';
import { type Readable, readableWithoutScript, type Visit, visit } from './peers/visit.ts';

const ROUNDS = 3;
const bench = join(repository, 'tests/bench');

type Peer = {
  readonly name: string;
  readonly folder: string;
  readonly page: string;
  readonly programs: readonly (readonly string[])[];
  /** Folders that a build leaves for later ones, except results. */
  readonly caches: readonly string[];
};

/** Lays out this project with one post and the experiments `of` that it shows, with their results. */
function ourSite(folder: string, of: ReadonlySet<string>): Peer {
  const isOther = (file: string) => {
    const [, kind, name] = /^(posts|experiments)\/([^/.]+)\.[^/]*$/.exec(file) ?? [];
    if (kind === 'posts') return name !== POST && name !== 'references';
    return kind === 'experiments' && name !== 'loaders' && !of.has(name!);
  };
  copyProject(folder, (file) => !isOther(file));
  // A build fails at broken links, so the posts that this one links to are added without content.
  const mdx = readFileSync(join(folder, `posts/${POST}.mdx`), 'utf8');
  for (const [, name] of mdx.matchAll(/\(\/posts\/([\w-]+)\//g)) {
    writeFileSync(
      join(folder, `posts/${name}.mdx`),
      `---\ntitle: ${name}\ndescription: Elsewhere.\ndate: 2026-01-01\n---\n\nElsewhere.\n`,
    );
  }
  cpSync(join(repository, '.measured'), join(folder, '.measured'), { recursive: true });
  const caches = ['node_modules', '.astro', '.measured/build-cache', 'dist'];
  return { name: 'Measured', folder, page: `/posts/${POST}/`, programs: [experiments, astro], caches };
}

/** The text of `<Value of="…">`. */
function valuesIn(results: Results): (of: string) => string {
  return (of) => {
    const measure = findMeasure(results, of);
    const value = typeof measure === 'number' ? measure : (measure as Interval).value;
    return String(Number(value.toPrecision(3)));
  };
}

/** Lays out the peers' sites in `folder`, with the Vega-Lite specifications from the build of `ours`. */
function peersOf(
  folder: string,
  mdx: string,
  ours: Peer,
  values: (of: string) => string,
): { peers: Peer[]; article: Article } {
  const title = /^title: (.*)$/m.exec(mdx)![1]!;
  const article = (dialect: Dialect) => translate(mdx, dialect, values);
  const lay = (name: string, dialect: Dialect, specs: string, layOut: (folder: string, text: string) => void) => {
    const { markdown, figures } = article(dialect);
    layOut(join(folder, name), markdown);
    for (const figure of figures) {
      const file = join(folder, name, specs, `${figure}.json`);
      mkdirSync(dirname(file), { recursive: true });
      cpSync(join(ours.folder, 'dist/figures', `${figure}.json`), file);
    }
    return join(folder, name);
  };
  const observable = join(bench, 'node_modules/@observablehq/framework/dist/bin/observable.js');
  return {
    article: article(astroDialect),
    peers: [
      {
        name: 'Observable Framework',
        folder: lay('observable', observableDialect, 'src/specs', (into, text) =>
          layOutObservable(into, title, text, join(bench, 'node_modules')),
        ),
        page: '/',
        programs: [[observable, 'build']],
        caches: ['dist', 'src/.observablehq'],
      },
      {
        name: 'Astro, vega-embed',
        folder: lay('astro', astroDialect, 'public/specs', (into, text) => layOutAstro(into, title, text)),
        page: '/',
        programs: [astro],
        caches: ['node_modules', '.astro', 'dist'],
      },
    ],
  };
}

/** Processor time in seconds of a build without caches, and of the next one. */
function buildTimes({ folder, programs, caches }: Peer): { cold: number; warm: number } {
  const rounds = Array.from({ length: ROUNDS }, () => {
    for (const cache of caches) rmSync(join(folder, cache), { recursive: true, force: true });
    return { cold: run(folder, ...programs).cpu, warm: run(folder, ...programs).cpu };
  });
  return { cold: median(rounds.map(({ cold }) => cold)), warm: median(rounds.map(({ warm }) => warm)) };
}

/** One column of the table. */
async function column(peer: Peer, browser: Browser, readable: Readable): Promise<string[]> {
  const { cold, warm } = buildTimes(peer);
  const site = await serve(join(peer.folder, 'dist'), { encoding: 'br' });
  const visits: Visit[] = [];
  for (let i = 0; i < ROUNDS; i++) visits.push(await visit(browser, site, peer.page, readable));
  const still = await readableWithoutScript(browser, site.origin + peer.page, readable);
  site.close();
  const of = (pick: (each: Visit) => number) => median(visits.map(pick));
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
  const seconds = (value: number) => (value < Infinity ? `${value.toFixed(1)} s` : 'never');
  return [
    peer.name,
    seconds(cold),
    seconds(warm),
    kilobytes(of((each) => each.bytes)),
    kilobytes(of((each) => each.scriptBytes)),
    String(of((each) => each.requests)),
    seconds(of((each) => each.textReadable)),
    seconds(of((each) => each.figuresDrawn)),
    `text ${still.text ? 'yes' : 'no'}, figures ${still.figures ? 'yes' : 'no'}`,
  ];
}

const rows = [
  '',
  'Build, cold (processor time)',
  'Build, warm (processor time)',
  'Over the wire (Brotli)',
  'of which scripts',
  'Requests',
  'Text and formulas readable after',
  'Figures drawn after',
  'Readable with script off',
];

/** The rows of the table that the README shows as bars. */
const compared = (columns: readonly (readonly string[])[]): Compared[] =>
  ['Over the wire (Brotli)', 'Text and formulas readable after', 'Figures drawn after'].map((title) => {
    const cells = columns.map((cell) => [cell[0]!, Number.parseFloat(cell[rows.indexOf(title)]!)] as const);
    const unit = columns[0]![rows.indexOf(title)]!.split(' ')[1]!;
    return { title, unit, values: Object.fromEntries(cells) };
  });

const picture = `<picture>
  <source media="(prefers-color-scheme: dark)" srcset=".github/peers-dark.svg">
  <img alt="Bytes over the wire, and seconds until text and figures can be read, for this project and its peers: the table below as bars" src=".github/peers-light.svg" width="640">
</picture>`;

/** Prints the table and writes it into the README. */
export async function peers(): Promise<void> {
  const folder = emptyFolder('peers');
  const elsewhere = emptyFolder('peers', bench);
  const mdx = readFileSync(join(repository, 'posts', `${POST}.mdx`), 'utf8');
  const of = new Set([...mdx.matchAll(/ of="([\w-]+)/g)].map((hit) => hit[1]!));
  const ours = ourSite(folder, of);
  run(folder, ...ours.programs);
  const { peers: others, article } = peersOf(elsewhere, mdx, ours, valuesIn(await loadResults({ root: folder })));
  const readable = {
    lastWords: lastWords(article.markdown),
    formulas: article.formulas,
    figures: article.figures.length,
  };
  const browser = await launch();
  const columns: string[][] = [];
  for (const peer of [ours, ...others]) columns.push(await column(peer, browser, readable));
  await browser.close();
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = rows.map((name, i) => line([name, ...columns.map((each) => each[i]!)]));
  table.splice(1, 0, line(['---', ...columns.map(() => '---:')]));
  const about = `One article with ${readable.formulas} formulas and ${readable.figures} figures. Chromium ${browser.version()}, CPU slowed 6 times, 1.6 Mbit/s, 150 ms; ${cpus().length} × ${cpus()[0]!.model.trim()}.`;
  console.log(`${about}\n\n${table.join('\n')}`);
  writeMarked(join(repository, 'README.md'), 'bench: peers', `${picture}\n\n${about}\n\n${table.join('\n')}`);
  for (const scheme of ['light', 'dark'] as const)
    writeFileSync(join(repository, `.github/peers-${scheme}.svg`), await peerBars(compared(columns), scheme));
  for (const each of [folder, elsewhere]) rmSync(each, { recursive: true });
}
