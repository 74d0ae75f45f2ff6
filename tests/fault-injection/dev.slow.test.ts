/** When a dev server stops, by any signal, the processes that it started stop too. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createDevSite, startDevServer, waitFor } from '../lab/dev-site.ts';

/** Ids of the child processes of `parent` that run the lab's command line. */
const labsOf = (parent: number): number[] =>
  spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(parent)])
    .stdout.toString()
    .split('\n')
    .filter((line) => line.includes('src/lab/cli/main.ts'))
    .map((line) => Number.parseInt(line, 10));

const isAlive = (pid: number): boolean => {
  // A zombie (state Z) has ended, although its parent has not waited for it.
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]);
  return !/^\s*(?:Z|$)/.test(stdout.toString());
};

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  'pages are served during the first run, and %s leaves no process behind',
  async (signal) => {
    const project = createDevSite();
    project.edit('experiments/sums.ts', 'const weights', 'for (;;);\n    const weights');
    const { address, dev, output } = await startDevServer(project);
    expect(await (await fetch(address)).text()).toContain('["sums",null,false]');
    const [lab] = await waitFor(() => {
      const labs = labsOf(dev.pid!);
      return labs.length > 0 && output().includes('running 12 tasks') ? labs : undefined;
    }, output);
    dev.kill(signal);
    await waitFor(
      () => (isAlive(lab!) ? undefined : true),
      () => `process ${lab} still runs`,
    );
  },
);
