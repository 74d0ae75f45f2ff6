/** However a dev server is stopped, nothing that it has started goes on. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { serve, site, until } from '../lab/dev-site.ts';

/** The processes that `parent` has started and that run the lab. */
const labsOf = (parent: number): number[] =>
  spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(parent)])
    .stdout.toString()
    .split('\n')
    .filter((line) => line.includes('src/lab/cli.ts'))
    .map((line) => Number.parseInt(line, 10));

const isAlive = (pid: number): boolean => {
  // A process that nobody has asked for its end has one, though.
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]);
  return !/^\s*(?:Z|$)/.test(stdout.toString());
};

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  'pages are served while a first run goes on, and %s leaves no process behind',
  async (signal) => {
    const project = site();
    project.edit('experiments/sums.ts', 'const weights', 'for (;;);\n    const weights');
    const { address, dev, output } = await serve(project);
    expect(await (await fetch(address)).text()).toContain('["sums",null,false]');
    const [lab] = await until(() => {
      const labs = labsOf(dev.pid!);
      return labs.length > 0 && output().includes('running 12 tasks') ? labs : undefined;
    }, output);
    dev.kill(signal);
    await until(
      () => (isAlive(lab!) ? undefined : true),
      () => `process ${lab} still runs`,
    );
  },
);
