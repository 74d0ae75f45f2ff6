/** Writes TeX macros into the options of `measured({ … })` in the file of a blog's configuration. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../lab/bundle/syntax-tree.ts';
import { argumentOf, configurationFile, propertyOf } from './options.ts';

/** A text as a string of JavaScript. */
const literal = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** The source of a configuration with macros in the options; undefined if these are not written out there. */
export function withMacros(source: string, macros: ReadonlyMap<string, string>): string | undefined {
  const options = argumentOf(parse(source));
  if (options?.type !== 'ObjectExpression') return undefined;
  const written = propertyOf(options, 'macros');
  if (written !== undefined && written.value.type !== 'ObjectExpression') return undefined;
  const at = (written?.value ?? options).start + 1;
  const line = source.slice(source.lastIndexOf('\n', at) + 1, at);
  const indent = `${/^\s*/.exec(line)![0]}  `;
  const entries = [...macros].map(([name, tex]) => `${literal(name)}: ${literal(tex)},`);
  const rest = source.slice(at);
  const end = rest.startsWith('\n') || /^\s*\}/.test(rest) ? '' : `\n${indent}`;
  const put = written
    ? `\n${entries.map((entry) => `${indent}${entry}`).join('\n')}${end}`
    : `\n${indent}macros: {\n${entries.map((entry) => `${indent}  ${entry}`).join('\n')}\n${indent}},${end}`;
  return source.slice(0, at) + put + rest.replace(/^ +(?=\S)/, end === '' ? '$&' : '');
}

/** Adds macros to the configuration of the blog `root`, if `write`. Returns what was done, or is to be done by hand, in lines. */
export function addMacros(root: string, macros: ReadonlyMap<string, string>, write: boolean): string[] {
  const file = configurationFile(root);
  const path = join(root, file);
  const changed = existsSync(path) ? withMacros(readFileSync(path, 'utf8'), macros) : undefined;
  const names = [...macros.keys()].join(' ');
  if (changed === undefined) {
    const entries = [...macros].map(([name, tex]) => `    ${literal(name)}: ${literal(tex)},`);
    return [
      `The posts use macros: write them into the options of measured() in ${file}:`,
      '  macros: {',
      ...entries,
      '  },',
    ];
  }
  if (write) writeFileSync(path, changed);
  return [`${file}: ${write ? 'the option macros has got' : 'the option macros would get'} ${names}.`];
}
