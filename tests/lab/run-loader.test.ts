/** Loaders write data files through their standard output; one that fails leaves the file as it was. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ended } from '../helpers/child.ts';
import { repository, textsBelow } from '../helpers/files.ts';
import { measured } from '../helpers/small-blog.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { waitFor } from './dev-site.ts';
import { makeData } from './loaders.ts';

const hasProgram = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const folder = 'experiments/data';
const file = `${folder}/x.csv`;

/** A project with loaders in `experiments/data`, by name. */
const project = (loaders: Readonly<Record<string, string>>): string =>
  temporaryFolder({
    'package.json': '{ "type": "module" }',
    ...Object.fromEntries(Object.entries(loaders).map(([name, text]) => [`${folder}/${name}`, text])),
  });
const read = (root: string, path = file): string => readFileSync(join(root, path), 'utf8');

describe('a loader', () => {
  test.each([
    ['py', 'import sys\nprint("a,b")\nsys.stdout.write("1,2\\n")', hasProgram('python3')],
    ['js', "const rows = ['a,b', '1,2'];\nconsole.log(rows.join('\\n'));", true],
    ['ts', "const rows: readonly string[] = ['a,b', '1,2'];\nconsole.log(rows.join('\\n'));", true],
    ['sh', 'echo a,b\necho 1,2', true],
    ['R', 'cat("a,b\\n1,2\\n")', hasProgram('Rscript')],
  ])('may end in .%s', async (ending, text, isInstalled) => {
    if (!isInstalled) return;
    const root = project({ [`x.csv.${ending}`]: text });
    expect(await makeData(root)).toEqual({
      good: true,
      said: `${file}: ${file}.${ending} runs\n${file}: written, 8 bytes`,
    });
    expect(read(root)).toBe('a,b\n1,2\n');
    expect(await makeData(root)).toEqual({ good: true, said: `${file}: up to date` });
  });

  test('may write JSON, gzipped bytes, or more than fits into a pipe, into any folder below', async () => {
    const root = project({
      'deep/x.json.sh': `echo '{ "a": 1 }'`,
      'x.csv.gz.js': `import { gzipSync } from 'node:zlib';\nprocess.stdout.write(gzipSync('a\\n1\\n'));`,
      'x.csv.js': `process.stdout.write('a\\n' + '1234567\\n'.repeat(200_000));`,
    });
    expect((await makeData(root)).good).toBe(true);
    expect(read(root, `${folder}/deep/x.json`)).toBe('{ "a": 1 }\n');
    expect(gunzipSync(readFileSync(join(root, folder, 'x.csv.gz'))).toString()).toBe('a\n1\n');
    expect(read(root)).toHaveLength(1_600_002);
  });

  test('runs in the folder of the project, in a fixed locale and zone, with nothing to read', async () => {
    const root = project({ 'x.csv.sh': 'echo pwd,locale,zone\necho "$(pwd),$LC_ALL,$TZ"\ncat' });
    expect((await makeData(root)).good).toBe(true);
    expect(read(root)).toBe(`pwd,locale,zone\n${root},C.UTF-8,UTC\n`);
  });

  test('is waited for with all that it started', async () => {
    const root = project({ 'x.csv.sh': 'echo a\n(sleep 0.3; echo 1) &' });
    await makeData(root);
    expect(read(root)).toBe('a\n1\n');
  });

  test('that changed nothing in the file says so', async () => {
    const root = project({ 'x.csv.sh': 'echo a' });
    await makeData(root);
    expect((await makeData(root, '--force')).said).toMatch(/x\.csv: the same, 2 bytes$/);
  });
});

describe('the old file stays, with an error that names the loader, if it', () => {
  test.each([
    [
      'fails half-way',
      'sh',
      'echo a,b\necho 1,\nexit 3',
      /x\.csv\.sh failed with exit code 3; what it said stands above/,
    ],
    ['writes nothing', 'sh', 'true', /x\.csv\.sh wrote nothing to standard output/],
    ['writes no table', 'sh', 'echo a,b\necho 1', /x\.csv\.sh wrote what cannot be read: .*x\.csv: line 2: 1 cells/],
    ['writes no text', 'sh', "printf 'a\\n\\377\\n'", /x\.csv\.sh wrote what cannot be read: .*x\.csv: .*utf-8/],
    ['is killed', 'sh', 'echo a\nkill -9 $$', /x\.csv\.sh was ended by SIGKILL/],
  ])('%s', async (_, ending, text, message) => {
    const root = project({ [`x.csv.${ending}`]: text, 'x.csv': 'old\n1\n', 'y.csv.sh': 'echo b' });
    const { good, said } = await makeData(root);
    expect(good).toBe(false);
    expect(said).toMatch(message);
    expect(read(root)).toBe('old\n1\n');
    // The others are made.
    expect(read(root, `${folder}/y.csv`)).toBe('b\n');
    expect(Object.keys(JSON.parse(read(root, 'experiments/loaders.json')))).toEqual([`${folder}/y.csv`]);
    expect(readdirSync(join(root, '.measured'))).toEqual([]);
  });

  test('takes longer than it may, with all that it started', async () => {
    const root = project({ 'x.csv.sh': 'echo a\nsleep 1000 | cat', 'x.csv': 'old\n' });
    const { good, said } = await makeData(root, '--time-limit', '0.2');
    expect(good).toBe(false);
    expect(said).toMatch('x.csv.sh took more than 0.2 seconds: give it more with --time-limit');
    expect(read(root)).toBe('old\n');
  });

  test('cannot be run, since its program is not installed', async () => {
    const root = project({ 'x.csv.py': 'print("a")', 'x.csv': 'old\n' });
    const main = join(repository, 'src/cli/main.ts');
    const { code, output } = await ended(spawn(process.execPath, [main, 'data'], { cwd: root, env: { PATH: root } }));
    expect(code).toBe(1);
    expect(output).toMatch('x.csv.py needs python3, which is not installed');
    expect(read(root)).toBe('old\n');
  });
});

test('what a loader says to standard error is shown', async () => {
  const root = project({ 'x.csv.sh': 'echo step 1 >&2\nexit 1' });
  const { code, output } = await measured(root, 'data');
  expect(code).toBe(1);
  expect(output).toMatch(/step 1\n.*x\.csv\.sh failed with exit code 1/);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the loader and what it started, and runs no other',
  async (signal) => {
    const root = project({ 'x.csv.sh': 'echo a\nsleep 1000 &\necho $! >started\nwait', 'y.csv.sh': 'echo b' });
    const child = spawn(process.execPath, [join(repository, 'src/cli/main.ts'), 'data'], { cwd: root });
    onTestFinished(() => void child.kill('SIGKILL'));
    const end = ended(child);
    const started = Number(
      await waitFor(
        () => textsBelow(root).started?.trim() || undefined,
        () => 'not started',
      ),
    );
    child.kill(signal);
    const { code, output } = await end;
    expect(code).toBe(1);
    expect(output).toMatch(/x\.csv\.sh was stopped/);
    // A process that has ended may be listed until its parent looks.
    const state = () =>
      spawnSync('ps', ['-o', 'stat=', '-p', String(started)])
        .stdout.toString()
        .trim();
    await waitFor(() => /^Z?$/.test(state()[0] ?? '') || undefined, state);
    expect(readdirSync(join(root, folder)).sort()).toEqual(['x.csv.sh', 'y.csv.sh']);
  },
);

describe('the files that are made', () => {
  test('are those named, by the file or its loader', async () => {
    const root = project({ 'x.csv.sh': 'echo a', 'y.csv.sh': 'echo b', 'z.csv.sh': 'echo c' });
    const { said } = await makeData(root, file, `./${folder}/y.csv.sh`);
    expect(said).not.toMatch('z.csv');
    expect(
      readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.csv'))
        .sort(),
    ).toEqual(['x.csv', 'y.csv']);
  });

  test.each([
    [`${folder}/y.csv`, /^experiments\/data\/y\.csv has no loader \(.*y\.csv\.py, \.ts, .*did you mean .*x\.csv\?$/],
    ['../x.csv', /^\.\.\/x\.csv lies outside of the project$/],
    ['--frce', /--frce/],
    ['--time-limit=soon', /--time-limit needs seconds, at most 2000000: soon/],
  ])('are no others: %s', async (argument, message) => {
    const root = project({ 'x.csv.sh': 'echo a' });
    await expect(makeData(root, argument)).rejects.toThrow(message);
  });

  test('are not what is beside them: helpers, types, other files', async () => {
    const root = project({ 'helper.ts': 'x', 'x.d.csv.ts': 'x', 'x.csv.md': 'x', 'x.test.py': 'x', 'x.csv': 'a\n' });
    expect(await makeData(root)).toEqual({ good: true, said: '' });
  });

  test('have one loader', async () => {
    const root = project({ 'x.csv.sh': 'echo a', 'x.csv.ts': 'console.log(1)' });
    expect(await makeData(root)).toEqual({
      good: false,
      said: `${file}.ts and ${file}.sh both make ${file}: keep one of them`,
    });
  });

  test('have a loader of the project', async () => {
    const root = project({ 'x.csv': 'a\n' });
    const outside = temporaryFolder({ 'x.sh': 'echo a' });
    symlinkSync(join(outside, 'x.sh'), join(root, `${file}.sh`));
    expect((await makeData(root)).said).toBe(`${file}.sh leads out of the project, so others would not have it`);
  });
});
