/** Checks the arguments that go to Astro, which leaves out without a word what it does not know. */
import { nearestName } from '../lab/did-you-mean.ts';
import { LabError } from '../lab/errors.ts';

/** The options of Astro's commands that have a value, that may have one, and that have none. */
const withValue = ['root', 'config', 'site', 'base', 'outDir', 'mode', 'port', 'level'];
const withAny = ['host', 'open', 'allowed-hosts'];
const withNone = ['verbose', 'silent', 'force', 'json', 'version', 'devOutput', 'background', 'ignore-lock', 'follow'];
const ofCheck = ['tsconfig', 'minimumSeverity', 'minimumFailingSeverity'];
const flagsOfCheck = ['watch', 'noSync', 'preserveWatchOutput', 'yes'];

/** The options that a blog's commands take from these arguments before Astro sees them, for hints. */
const taken = ['cache', 'no-cache', 'audit', 'on', 'jobs', 'single'];

/** What may stand after these commands. */
const words: Readonly<Record<string, readonly string[]>> = {
  dev: ['stop', 'status', 'logs'],
  preview: ['stop', 'status', 'logs'],
};

/** Names are written in either way: `outDir`, `out-dir`. */
const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();
const find = (names: readonly string[], name: string): string | undefined =>
  names.find((each) => plain(each) === plain(name));

/** Throws LabError for an option that Astro's `command` does not have, one without its value, and for a word too many. */
export function checkAstroArguments(command: string, args: readonly string[]): void {
  const isCheck = command === 'check';
  const [values, flags] = [isCheck ? [...withValue, ...ofCheck] : withValue, isCheck ? flagsOfCheck : []];
  const all = [...values, ...withAny, ...withNone, ...flags];
  for (let i = 0; i < args.length; i++) {
    const [, name = '', value] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(args[i]!) ?? [];
    const next = args[i + 1]?.startsWith('-') ? undefined : args[i + 1];
    if (name === '') {
      if (words[command]?.includes(args[i]!) || (isCheck && args[i] === '-y')) continue;
      const single = command === 'build' ? '; one post alone is --single posts/x' : '';
      throw new LabError(`${command} ${args.slice(i).join(' ')}: ${command} takes options only${single}`);
    }
    const known = find(all, name) ?? find([...withAny, ...withNone], name.replace(/^no-/, ''));
    if (known === undefined) {
      const guess = nearestName(name, [...all, ...taken]);
      const hint =
        guess === undefined ? `there are ${all.map((each) => `--${each}`).join(', ')}` : `did you mean --${guess}?`;
      throw new LabError(`${command} has no option --${name}; ${hint}`);
    }
    const given =
      value ?? (withValue.includes(known) || withAny.includes(known) || ofCheck.includes(known) ? next : undefined);
    if (value === undefined && given !== undefined) i += 1;
    if (values.includes(known) && (given ?? '') === '')
      throw new LabError(`--${name} needs a value: --${name} ${known === 'port' ? '4321' : '…'}`);
    if (known === 'port' && !/^\d+$/.test(given!)) throw new LabError(`--port needs a number such as 4321: ${given}`);
    if (value !== undefined && !values.includes(known) && !withAny.includes(known))
      throw new LabError(`--${name} takes no value; leave ${value} out`);
  }
}
