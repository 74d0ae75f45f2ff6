/** `npm run bench -- kills [N]`: kills N commands of a small blog at random moments and checks the state that each leaves. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from '../../src/cli/verify/compare.ts';
import { createRandom } from '../../src/engine/index.ts';
import { filesBelow, writeFiles } from '../helpers/files.ts';
import {
  type Command,
  copyToTempFolder,
  createValidProject,
  pennyExperiment,
  runProjectCommand,
} from '../invalid-input/project.ts';

/** Runs of experiments for each build; a run takes a tenth of a build's time. */
const RUNS_A_BUILD = 4;
const SEEDS = 100;

const editions = ['The first edition.', 'The second edition.'] as const;
const write = (root: string, edition: string): void =>
  writeFiles(root, { 'posts/edition.mdx': `---\ntitle: Edition\ndate: 2026-01-03\n---\n\n${edition}\n` });

/** Runs a command to its end. Returns its time in ms. Throws its output if it fails. */
async function runToEnd(root: string, name: Command): Promise<number> {
  const start = performance.now();
  const { code, output } = await runProjectCommand(root, name);
  strictEqual(code, 0, output);
  return performance.now() - start;
}

/**
 * Throws AssertionError unless, after every kill, `dist` is one of the two editions, complete, or its previous version waits
 * beside it for the next build; and unless the results and pages after the last kill equal those without kills.
 */
export async function kills(times: number): Promise<void> {
  const good = await createValidProject();
  writeFiles(good, {
    'experiments/penny.ts': pennyExperiment(
      'mean: ({ records }) => records[0]!.mean,\n each: ({ records }) => records.map((r) => r.mean),',
    ).replace('seeds: 2', `seeds: ${SEEDS}`),
  });
  const root = copyToTempFolder(good);
  try {
    const runTakes = await runToEnd(good, 'experiments');
    const results = filesBelow(join(good, '.measured/cache'));
    const sites: Map<string, Buffer>[] = [];
    let buildTakes = 0;
    for (const edition of editions) {
      write(good, edition);
      buildTakes = await runToEnd(good, 'build');
      sites.push(filesBelow(join(good, 'dist')));
    }

    write(root, editions[0]);
    await runToEnd(root, 'experiments');
    await runToEnd(root, 'build');
    const random = createRandom(20_261_128);
    const counts = { killed: 0, ended: 0, beside: 0 };
    for (let turn = 0; counts.killed < times; turn++) {
      const building = turn % (RUNS_A_BUILD + 1) === 0;
      if (building) write(root, editions[random.integer(2)]!);
      else if (random.integer(10) === 0) rmSync(join(root, '.measured/cache'), { recursive: true, force: true });
      const most = Math.ceil(random.uniform(1, building ? buildTakes : runTakes));
      const { code } = await runProjectCommand(root, building ? 'build' : 'experiments', [], most);
      counts[code === -1 ? 'killed' : 'ended']++;
      const names = readdirSync(root);
      if (names.includes('dist')) {
        const now = filesBelow(join(root, 'dist'));
        ok(
          sites.some((site) => differences(site, now).length === 0),
          `kill ${counts.killed}: dist is no edition`,
        );
      } else {
        ok(
          names.some((name) => name.endsWith('.previous')),
          `kill ${counts.killed}: there is no site`,
        );
        counts.beside++;
      }
    }
    await runToEnd(root, 'experiments');
    await runProjectCommand(root, 'experiments', ['--prune']);
    deepStrictEqual(differences(results, filesBelow(join(root, '.measured/cache'))), []);
    write(root, editions[1]);
    await runToEnd(root, 'build');
    deepStrictEqual(differences(sites[1]!, filesBelow(join(root, 'dist'))), []);
    deepStrictEqual(
      readdirSync(root).filter((name) => name.startsWith('.dist')),
      [],
    );
    console.log(
      `${counts.killed} commands killed, ${counts.ended} ended first; ${counts.beside} times the site waited beside its place; all whole, and the same bytes after`,
    );
  } finally {
    for (const folder of [good, root]) rmSync(folder, { recursive: true });
  }
}
