/** The scripts of the guide's part on several machines run as they stand there, without the services that start them. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { differences, filesOf } from '../../src/cli/verify/compare.ts';
import { ended } from '../helpers/child.ts';
import { repository } from '../helpers/files.ts';
import { measured, smallBlog } from '../helpers/small-blog.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { sweep } from '../lab/queue-helpers.ts';

const guide = readFileSync(join(repository, 'posts/guide-machines.mdx'), 'utf8');

/** The one block of code in that language whose text has `part`. */
function block(language: string, part: string): string {
  const blocks = [...guide.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gm)];
  const found = blocks.filter(([, lang, code]) => lang === language && code!.includes(part));
  expect(found).toHaveLength(1);
  return found[0]![2]!;
}

const scripts = Object.fromEntries(
  ['experiments', 'build'].map((name) => [name, `node ${join(repository, 'src/cli/main.ts')} ${name}`]),
);

/** A blog with a sweep, whose `npm run` is this repository's. */
const blog = () =>
  smallBlog({
    'package.json': JSON.stringify({ private: true, type: 'module', scripts }),
    'experiments/sweep.ts': sweep(16, 1),
  });

const shell = (script: string, cwd: string, env: Readonly<Record<string, string>> = {}) =>
  ended(spawn('bash', ['-c', script], { cwd, env: { ...process.env, ...env } }));

test('the Slurm script: an array of jobs leaves nothing to run', async () => {
  const script = block('bash', '#SBATCH');
  const [, count = ''] = /--array=1-(\d+)/.exec(script)!;
  const [, threads = ''] = /--cpus-per-task=(\d+)/.exec(script)!;
  const root = blog();
  for (let i = 1; i <= Number(count); i++) {
    const env = {
      SLURM_SUBMIT_DIR: root,
      SLURM_ARRAY_TASK_ID: String(i),
      SLURM_ARRAY_TASK_COUNT: count,
      SLURM_CPUS_PER_TASK: threads,
    };
    const { code, output } = await shell(script, temporaryFolder({}), env);
    expect(code, output).toBe(0);
  }
  expect((await measured(root, 'experiments', '--times', 'times.json')).output).toContain('sweep: 16 cached');
  expect(Object.keys(JSON.parse(readFileSync(join(root, 'times.json'), 'utf8')).sweep)).toHaveLength(16);
  expect(readdirSync(root).filter((name) => name.startsWith('times.'))).toEqual(['times.json']);
});

test('the configuration of nginx is the one that is tested as a store', () => {
  const tested = readFileSync(join(repository, 'tests/fixtures/nginx-store.conf'), 'utf8');
  expect(block('nginx', 'map')).toBe(tested);
});

type Step = { uses?: string; run?: string; if?: string; with?: Readonly<Record<string, string>> };
type Workflow = {
  jobs: Readonly<
    Record<'slice' | 'build', { strategy?: { matrix: { slice: readonly number[] } }; steps: readonly Step[] }>
  >;
};

test('the workflow: slices on machines of their own, then a build that runs no task', async () => {
  const { jobs } = parse(block('yaml', 'matrix')) as Workflow;
  const artifacts = temporaryFolder({});

  /** Runs the steps of a job in a fresh checkout; artifacts are folders. */
  async function job(steps: readonly Step[], slice: number | undefined): Promise<string> {
    const root = blog();
    let printed = '';
    for (const step of steps) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow
      const fill = (text: string) => text.replaceAll('${{ matrix.slice }}', String(slice));
      if (step.run === 'npm ci') continue;
      if (step.run !== undefined) {
        const { code, output } = await shell(fill(step.run), root, { ASTRO_TELEMETRY_DISABLED: '1' });
        expect(code, output).toBe(0);
        printed += output;
      } else if (step.uses!.startsWith('actions/upload-artifact@'))
        cpSync(join(root, step.with!.path!), join(artifacts, fill(step.with!.name!)), { recursive: true });
      else if (step.uses!.startsWith('actions/download-artifact@')) {
        const target = join(root, step.with!.path!);
        mkdirSync(target, { recursive: true });
        for (const name of readdirSync(artifacts).filter((each) => each.startsWith(step.with!.pattern!.slice(0, -1))))
          cpSync(join(artifacts, name), target, { recursive: true });
      } else expect(step.uses).toMatch(/^actions\/(?:checkout|setup-node)@/);
    }
    return printed;
  }

  for (const slice of jobs.slice.strategy!.matrix.slice) await job(jobs.slice.steps, slice);
  expect(await job(jobs.build.steps, undefined)).toContain('sweep: 16 fetched');
  const alone = blog();
  expect((await measured(alone, 'build')).code).toBe(0);
  expect(differences(filesOf(join(artifacts, 'site')), filesOf(join(alone, 'dist')))).toEqual([]);
});
