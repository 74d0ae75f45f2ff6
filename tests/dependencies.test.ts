/** Dependencies: lock files have hashes, all imports are declared, CONTRIBUTING explains each; and the publish workflow keeps results. */
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = new URL('..', import.meta.url).pathname;
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

type Lock = { packages: Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }> };

test.each(['.', 'tests/bench', 'tests/mutation'])('every package that %s installs has a hash', (folder) => {
  const { packages } = JSON.parse(read(`${folder}/package-lock.json`)) as Lock;
  // Bundled packages are covered by the hash of the archive that contains them.
  const without = Object.entries(packages).filter(
    ([name, each]) => name !== '' && !(each.integrity ?? each.link ?? each.inBundle),
  );
  expect(without.map(([name]) => name)).toEqual([]);
});

/** Names of the packages that a source imports or resolves, type imports left out. */
function packagesIn(source: string): string[] {
  const statements = source
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    .matchAll(
      /(?:\bimport\s(?!type\b)(?:[^'"`;=]*?\sfrom\s)?|\bexport\s[^'"`;=]*\sfrom\s|\b(?:import|(?<=\.)resolve)\()\s*'([^'.][^']*)'/g,
    );
  return [...statements].map(([, name]) => /^(?:@[^/]+\/)?[^/]+/.exec(name!)![0]);
}

test('every package that the sources import is a dependency, so that `npm ci --omit=dev` installs it', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const files = ['astro.config.mjs', ...globSync('{src,experiments,posts}/**/*.{ts,astro}', { cwd: root })];
  const named = new Set(files.flatMap((file) => packagesIn(read(file))));
  const missing = [...named].filter(
    (name) =>
      !Object.hasOwn(dependencies, name) &&
      name !== 'astro-measured' &&
      !/^(node|astro|virtual):/.test(name) &&
      !builtinModules.includes(name),
  );
  expect(named).toContain('vega');
  expect(missing).toEqual([]);
  // npm scripts run with this version of Node, whichever is installed.
  expect(dependencies).toHaveProperty('node');
});

type Step = {
  uses?: string;
  run?: string;
  if?: string;
  with?: { path?: string; key?: string; 'restore-keys'?: string };
};

test.each(['.github/workflows/publish.yml', 'src/cli/blog-template/_github/workflows/publish.yml'])(
  '%s saves the results of every run, failed ones included',
  (file) => {
    const { steps } = (parse(read(file)) as { jobs: { build: { steps: Step[] } } }).jobs.build;
    const at = (what: RegExp) => steps.findIndex(({ uses, run }) => what.test(uses ?? run ?? ''));
    const [restore, build, save] = [
      at(/^actions\/cache\/restore@/),
      at(/^npm run build/),
      at(/^actions\/cache\/save@/),
    ];
    expect(restore).toBeGreaterThanOrEqual(0);
    expect(build).toBeGreaterThan(restore);
    expect(save).toBeGreaterThan(build);
    // The newest of the same experiments and data, else the newest of all.
    const prefixes = steps[restore]!.with!['restore-keys']!.trim().split('\n');
    expect(prefixes).toEqual([expect.stringContaining("hashFiles('experiments/**')"), 'results-']);
    expect(steps[save]).toMatchObject({ if: 'always()', with: { path: '.measured/cache' } });
    // The key is new in every run; a hash of files alone would not save results that other changes made.
    expect(steps[save]!.with!.key).toContain('github.run_id');
    expect(steps[save]!.with!.key!.startsWith(prefixes[0]!)).toBe(true);
  },
);

test('CONTRIBUTING explains each direct dependency and no other package', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const table = /## What it stands on\n([\s\S]*)/.exec(read('.github/CONTRIBUTING.md'))![1]!;
  const said = [...table.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  expect(said.sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort());
});
