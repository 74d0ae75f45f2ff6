/**
 * Growth: blogs of 10, 100 and 1000 posts with formulas and two figures each, beside a bare Astro site of the same posts
 * with the drawn figures pasted in; and 10,000 tasks planned and loaded from the cache.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { astro, type Cost, emptyFolder, experiments, run } from './folders.ts';
import { layOutBare } from './scale/bare.ts';
import { layOutBlog } from './scale/blog.ts';

const SIZES = [10, 100, 1000] as const;
const MEBI = 2 ** 20;

/** Figures of a built blog, for the bare site to paste. */
function pasted(blog: string, bare: string): void {
  mkdirSync(join(bare, 'figures'), { recursive: true });
  cpSync(join(blog, 'dist/figures'), join(bare, 'figures'), {
    recursive: true,
    filter: (path) => !/\.\w+$/.test(path) || path.endsWith('.svg'),
  });
}

/** Builds the blog and the bare site, each cold and then warm. */
function grow(posts: number): { blog: Cost; cold: Cost; bare: Cost } {
  const [blog, bare] = [emptyFolder('scale-blog'), emptyFolder('scale-bare')];
  layOutBlog(blog, posts);
  const cold = run(blog, experiments, astro);
  const warm = run(blog, experiments, astro);
  layOutBare(bare, posts);
  pasted(blog, bare);
  run(bare, astro);
  const plain = run(bare, astro);
  for (const folder of [blog, bare]) rmSync(folder, { recursive: true });
  return { blog: warm, cold, bare: plain };
}

/** Ten experiments of a thousand tasks each. */
function tasks(): void {
  const folder = emptyFolder('scale-tasks');
  mkdirSync(join(folder, 'experiments'));
  for (let i = 0; i < 10; i++) {
    writeFileSync(
      join(folder, `experiments/e${i}.ts`),
      `import { z } from 'zod';
import { defineExperiment } from '../../src/lab/define.ts';
export default defineExperiment({
  question: 'How long does it take to look a thousand tasks up?',
  params: { x: Array.from({ length: 100 }, (_, x) => x) },
  seeds: 10,
  record: z.object({ y: z.number() }),
  run: ({ x }, { seed }) => ({ y: ${i} + x * seed }),
  measures: { last: ({ records }) => records.at(-1)!.y },
});
`,
    );
  }
  run(folder, experiments);
  const { seconds, cpu } = run(folder, experiments);
  console.log(
    `10,000 tasks planned and loaded from the cache: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of processor time (limit 3 s)`,
  );
  rmSync(folder, { recursive: true });
}

/** Prints what a post costs at each size, and how that grows. */
export async function scale(): Promise<void> {
  tasks();
  const ms = (seconds: number, posts: number) => `${((1000 * seconds) / posts).toFixed(0)} ms`;
  const size = (bytes: number) => `${(bytes / MEBI).toFixed(0)} MiB`;
  for (const posts of SIZES) {
    const { blog, cold, bare } = grow(posts);
    console.log(
      `${posts} posts: ${ms(blog.cpu, posts)} of processor time a post, ${blog.seconds.toFixed(1)} s, peak ${size(blog.peak)} (cold ${ms(cold.cpu, posts)}); ` +
        `bare Astro ${ms(bare.cpu, posts)}, ${bare.seconds.toFixed(1)} s, peak ${size(bare.peak)}; overhead ${(100 * (blog.cpu / bare.cpu - 1)).toFixed(0)} % (limit 15 %)`,
    );
  }
}
