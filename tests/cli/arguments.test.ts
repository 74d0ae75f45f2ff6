/** Arguments that a command would leave out are errors that say what there is. */
import { expect, test, vi } from 'vitest';
import { checkAstroArguments } from '../../src/cli/astro-arguments.ts';
import { runCommand } from '../../src/cli/commands.ts';
import { run } from '../../src/cli/run.ts';
import { takeOption } from '../../src/cli/take-option.ts';
import { verify } from '../../src/cli/verify/verify.ts';
import { LabError } from '../../src/lab/errors.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test.each([
  ['build', ['--bsae', '/b/'], 'build has no option --bsae; did you mean --base?'],
  ['build', ['--adit=2%'], 'build has no option --adit; did you mean --audit?'],
  ['dev', ['--prot', '4000'], 'dev has no option --prot; did you mean --port?'],
  ['preview', ['--jobs-of-mine'], 'preview has no option --jobs-of-mine; there are --root, --config, --site'],
  ['build', ['posts/x'], 'build posts/x: build takes options only; one post alone is --single posts/x'],
  ['dev', ['4000'], 'dev 4000: dev takes options only'],
  ['build', ['--site', '--base', '/b/'], '--site needs a value'],
  ['build', ['--base='], '--base needs a value'],
  ['dev', ['--port', 'four'], '--port needs a number such as 4321: four'],
  ['dev', ['--force=yes'], '--force takes no value; leave yes out'],
  ['build', ['--watch'], 'build has no option --watch'],
])('%s %j is an error', (command, args, message) => {
  expect(() => checkAstroArguments(command, args)).toThrow(LabError);
  expect(() => checkAstroArguments(command, args)).toThrow(message);
});

test.each([
  ['build', ['--site', 'https://a.example', '--base=/b/', '--outDir', 'out', '--out-dir', 'out', '--silent']],
  ['dev', ['--host', '--port', '0', '--open', '/posts/', '--no-open', '--verbose', '--ignore-lock', '--ignoreLock']],
  ['preview', ['stop']],
  ['check', ['--watch', '--minimumSeverity', 'hint', '--root', 'x', '-y']],
])('%s %j is none', (command, args) => {
  expect(() => checkAstroArguments(command, args)).not.toThrow();
});

test.each(['-h', '--help'])('%s of a command prints how commands are called', async (help) => {
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await run(['dev', help]);
  expect(printed).toHaveBeenCalledWith(expect.stringContaining('measured COMMAND'));
  printed.mockRestore();
});

test('an option that is read before others stands once', () => {
  expect(() => takeOption(['--single', 'a', '--single=b'], 'single')).toThrow('--single stands twice; give it once');
});

test('verify refuses what it does not know, without a stack', async () => {
  await expect(verify(['--agianst', 'x'], '/nowhere')).rejects.toThrow(LabError);
  await expect(verify(['x'], '/nowhere')).rejects.toThrow('verify takes --against ADDRESS, --site ADDRESS');
});

test.each([
  [['new', 'blog', 'b', '--dry-run'], 'new blog has no option --dry-run'],
  [['new', 'post', 'B', '--force'], 'new post has no option --force'],
  [['new', 'experiment', 'b', '--name', 'c'], 'new experiment has no option --name'],
  [['import', 'old', '--name', 'c'], 'import has no option --name'],
])('%j begins nothing', async (words, message) => {
  const root = temporaryFolder({});
  const said: string[] = [];
  const code = await runCommand(words, { root, today: '2026-11-22', print: (line) => void said.push(line) });
  expect([code, said.join('\n')]).toEqual([1, expect.stringContaining(message)]);
});
