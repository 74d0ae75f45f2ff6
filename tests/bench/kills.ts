/** `npm run bench -- kills [N]`: kills N commands of a small blog at random moments and looks at what each leaves behind. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../src/engine/index.ts';
import { type Command, coin, command, copyOf, goodProject, lay } from '../hostile/project.ts';

/** A build for so many runs of experiments, which take a tenth of its time. */
const RUNS_A_BUILD = 4;
const SEEDS = 100;

/** All files below a folder, by path, as text of their bytes. */
function filesBelow(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')]));
}

const editions = ['The first edition.', 'The second edition.'] as const;
const write = (root: string, edition: string): void =>
  lay(root, { 'posts/edition.mdx': `---\ntitle: Edition\ndate: 2026-01-03\n---\n\n${edition}\n` });

/** Takes a command to its end. Throws what it said if it failed. */
async function finished(root: string, name: Command): Promise<number> {
  const start = performance.now();
  const { code, output } = await command(root, name);
  strictEqual(code, 0, output);
  return performance.now() - start;
}

/**
 * The site is always one of the editions, whole, or waits beside its place for the next build; results are those of an
 * undisturbed run; after the last kill all is as if there had been none. Throws AssertionError where that does not hold.
 */
export async function kills(times: number): Promise<void> {
  const good = await goodProject();
  lay(good, {
    'experiments/coin.ts': coin(
      'mean: ({ records }) => records[0]!.mean,\n each: ({ records }) => records.map((r) => r.mean),',
    ).replace('seeds: 2', `seeds: ${SEEDS}`),
  });
  const root = copyOf(good);
  try {
    const runTakes = await finished(good, 'experiments');
    const results = filesBelow(join(good, '.measured/cache'));
    const sites: Record<string, string>[] = [];
    let buildTakes = 0;
    for (const edition of editions) {
      write(good, edition);
      buildTakes = await finished(good, 'build');
      sites.push(filesBelow(join(good, 'dist')));
    }

    write(root, editions[0]);
    await finished(root, 'experiments');
    await finished(root, 'build');
    const random = createRandom(20_261_128);
    const left = { killed: 0, ended: 0, beside: 0 };
    for (let turn = 0; left.killed < times; turn++) {
      const building = turn % (RUNS_A_BUILD + 1) === 0;
      if (building) write(root, editions[random.integer(2)]!);
      else if (random.integer(10) === 0) rmSync(join(root, '.measured/cache'), { recursive: true, force: true });
      const most = Math.ceil(random.uniform(1, building ? buildTakes : runTakes));
      const { code } = await command(root, building ? 'build' : 'experiments', [], most);
      left[code === -1 ? 'killed' : 'ended']++;
      const names = readdirSync(root);
      if (names.includes('dist')) {
        const now = filesBelow(join(root, 'dist'));
        ok(
          sites.some((site) => JSON.stringify(site) === JSON.stringify(now)),
          `kill ${left.killed}: dist is no edition`,
        );
      } else {
        ok(
          names.some((name) => name.endsWith('.previous')),
          `kill ${left.killed}: there is no site`,
        );
        left.beside++;
      }
    }
    await finished(root, 'experiments');
    await command(root, 'experiments', ['--prune']);
    deepStrictEqual(filesBelow(join(root, '.measured/cache')), results);
    write(root, editions[1]);
    await finished(root, 'build');
    deepStrictEqual(filesBelow(join(root, 'dist')), sites[1]);
    deepStrictEqual(
      readdirSync(root).filter((name) => name.startsWith('.dist')),
      [],
    );
    console.log(
      `${left.killed} commands killed, ${left.ended} ended first; ${left.beside} times the site waited beside its place; all whole, and the same bytes after`,
    );
  } finally {
    for (const folder of [good, root]) rmSync(folder, { recursive: true });
  }
}
