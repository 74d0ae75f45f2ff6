/** Generated text in Markdown files, between marks such as `<!-- bench: peers -->` and `<!-- /bench -->`. */
import { readFileSync, writeFileSync } from 'node:fs';

const marksOf = (name: string): [start: string, end: string] => [`<!-- ${name} -->`, `<!-- /${name.split(':')[0]} -->`];

/** A text between the marks of `name`, as it stands in a file. */
export const marked = (name: string, text: string): string => marksOf(name).join(`\n${text}\n`);

/** Replaces the text between the marks of `name` in a file. Throws if they are missing. */
export function writeMarked(file: string, name: string, text: string): void {
  const [start, end] = marksOf(name);
  const all = readFileSync(file, 'utf8');
  const from = all.indexOf(start);
  const to = all.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`${file} lacks ${start} … ${end}`);
  writeFileSync(file, all.slice(0, from) + marked(name, text) + all.slice(to + end.length));
}
