/**
 * Scaling benchmark: building blogs of 10, 100 and 1000 posts with formulas and two figures each, compared with a bare Astro
 * site of the same posts with ready-made figures; and planning and loading 10,000 cached tasks.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { blogFiles, installPackage } from '../helpers/blog.ts';
import { writeFiles } from '../helpers/files.ts';
import { median } from './engine/median.ts';
import { astro, type Cost, emptyFolder, experiments, run } from './folders.ts';
import { layOutBare } from './scale/bare.ts';
import { EXTRA_PAGES, layOutBlog, removePages } from './scale/blog.ts';

/** Number of posts, and number of warm builds that are measured. */
const SIZES = [
  [10, 5],
  [100, 3],
  [1000, 1],
] as const;
const MEBI = 2 ** 20;

/** Copies the figures of a built blog to the bare site. */
function copyFigures(blog: string, bare: string): void {
  mkdirSync(join(bare, 'figures'), { recursive: true });
  cpSync(join(blog, 'dist/figures'), join(bare, 'figures'), {
    recursive: true,
    filter: (path) => !/\.\w+$/.test(path) || path.endsWith('.svg'),
  });
}

/** Median of each cost over several builds. */
function medianCost(times: number, build: () => Cost): Cost {
  const costs = Array.from({ length: times }, build);
  const of = (pick: (cost: Cost) => number) => median(costs.map(pick));
  return { seconds: of(({ seconds }) => seconds), cpu: of(({ cpu }) => cpu), peak: of(({ peak }) => peak) };
}

type Growth = {
  readonly cold: Cost;
  readonly warm: Cost;
  /** Warm build of the posts and lists only. */
  readonly posts: Cost | undefined;
  /** The bare site with MDX's default settings, and with `optimize` as in this project. */
  readonly bare: Cost;
  readonly optimized: Cost;
};

/** Builds the blog cold and warm, and the bare site warm. */
function measureSize(posts: number, times: number): Growth {
  const [blog, bare] = [emptyFolder('scale-blog'), emptyFolder('scale-bare')];
  layOutBlog(blog, posts);
  const cold = run(blog, experiments, astro);
  const warm = medianCost(times, () => run(blog, experiments, astro));
  const bares = [false, true].map((optimize) => {
    layOutBare(bare, posts, optimize);
    copyFigures(blog, bare);
    if (posts < 1000) run(bare, astro);
    return medianCost(times, () => run(bare, astro));
  });
  let alone: Cost | undefined;
  if (posts < 1000) {
    removePages(blog, EXTRA_PAGES);
    run(blog, experiments, astro);
    alone = medianCost(times, () => run(blog, experiments, astro));
  }
  for (const folder of [blog, bare]) rmSync(folder, { recursive: true });
  return { cold, warm, posts: alone, bare: bares[0]!, optimized: bares[1]! };
}

/** Measures ten experiments of a thousand tasks each. */
function measureTasks(): void {
  const folder = emptyFolder('scale-tasks');
  installPackage(folder);
  writeFiles(folder, { 'package.json': blogFiles['package.json'] });
  for (let i = 0; i < 10; i++) {
    writeFiles(folder, {
      [`experiments/e${i}.ts`]: `import { z } from 'zod';
import { defineExperiment } from 'astro-measured/lab';
export default defineExperiment({
  question: 'How long does it take to look a thousand tasks up?',
  params: { x: Array.from({ length: 100 }, (_, x) => x) },
  seeds: 10,
  record: z.object({ y: z.number() }),
  run: ({ x }, { seed }) => ({ y: ${i} + x * seed }),
  measures: { last: ({ records }) => records.at(-1)!.y },
});
`,
    });
  }
  run(folder, experiments);
  const { seconds, cpu } = medianCost(3, () => run(folder, experiments));
  console.log(
    `10,000 tasks planned and loaded from the cache: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of processor time (limit 3 s)`,
  );
  rmSync(folder, { recursive: true });
}

/** Prints the cost per post at each size, and the exponent of its growth. */
export async function scale(): Promise<void> {
  measureTasks();
  console.log(
    `Beside the posts and lists that the bare sites have, this project makes ${EXTRA_PAGES.map(({ what }) => what).join(', ')}.`,
  );
  const ms = (seconds: number, posts: number) => `${((1000 * seconds) / posts).toFixed(0)} ms`;
  const size = (bytes: number) => `${(bytes / MEBI).toFixed(0)} MiB`;
  const more = (cost: Cost, than: Cost) => `${(100 * (cost.cpu / than.cpu - 1)).toFixed(0)} %`;
  let previous: (Growth & { readonly size: number }) | undefined;
  for (const [posts, times] of SIZES) {
    const growth = measureSize(posts, times);
    const { cold, warm, posts: alone, bare, optimized } = growth;
    const line = (name: string, cost: Cost, rest = '') =>
      console.log(
        `  ${name}: ${ms(cost.cpu, posts)} of processor time a post, ${cost.seconds.toFixed(1)} s, peak ${size(cost.peak)}${rest}`,
      );
    console.log(`${posts} posts`);
    line('cold', cold);
    line('warm', warm);
    if (alone !== undefined) line('warm, posts and lists alone', alone, `; overhead ${more(alone, bare)}`);
    line('bare Astro', bare, `; overhead ${more(warm, bare)} (limit 15 %)`);
    line('bare Astro, MDX optimized', optimized, `; overhead ${more(warm, optimized)}`);
    if (previous !== undefined) {
      const before = previous;
      const exponent = (pick: (of: Growth) => number) =>
        (Math.log(pick(growth) / pick(before)) / Math.log(posts / before.size)).toFixed(2);
      console.log(
        `  from ${before.size} posts, time grows as n^${exponent((of) => of.warm.cpu)} warm, n^${exponent((of) => of.cold.cpu)} cold, memory as n^${exponent((of) => of.warm.peak)} and n^${exponent((of) => of.cold.peak)} (limit 1; 2 GiB at 1000)`,
      );
    }
    previous = { ...growth, size: posts };
  }
}
