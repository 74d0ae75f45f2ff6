/** `references.bib`: read once for all posts beside it; each entry becomes CSL when a post cites it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CSL, plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { VFile } from 'vfile';
import { withLineFeeds } from '../lab/line-ends.ts';
import { nearest } from '../lab/nearest.ts';
import { where } from '../math/index.ts';

/** The bibliography's file, beside the posts that cite from it. */
export const bibliographyName = 'references.bib';

/** Stands for the name that `and others` is; a noncharacter, which no name holds. */
export const others = '\uFDD4';

/** What is wrong with the bibliography; the message begins with the place, `posts/references.bib:12:3`. */
export class BibliographyError extends Error {}

type Place = { line: number; column: number };

/** An entry as the grammar reads it: its fields hold TeX. */
type Entry = { type: string; label: string; properties: Record<string, string | number> };

/** The entries of a file by key. */
export type Bibliography = {
  keys: readonly string[];
  has: (key: string) => boolean;
  /** The entry as CSL. Throws BibliographyError at what cannot be read. */
  item: (key: string) => CSL;
};

type Grammar = {
  '@bibtex/text': (text: string) => Entry[];
  '@biblatex/entries+list': (entries: readonly Entry[]) => CSL[];
};
/** citation-js: TeX to Unicode and fields to CSL. Its types know no data formats of plugins. */
const data = plugins.input.data as <T extends keyof Grammar>(
  input: Parameters<Grammar[T]>[0],
  format: T,
) => ReturnType<Grammar[T]>;

const { constants } = plugins.config.get('@bibtex');
Object.assign(constants.commands, { LaTeX: 'LaTeX', LaTeXe: 'LaTeX2ε', TeX: 'TeX', BibTeX: 'BibTeX', slash: '/' });
constants.argumentCommands.href = (url: string, text: string) => `${text} (${url})`;

const names = ['author', 'editor', 'translator', 'bookauthor'];
const addresses = ['url', 'doi', 'eprint', 'file'];
/** What reference managers export and no list of references shows. */
const unseen = ['abstract', 'annotation', 'annote', 'file', 'keywords', 'note'];
const spaces: Readonly<Record<string, string>> = { ',': '\u202F', ';': ' ', ':': ' ', ' ': ' ' };

/** Control symbols of spacing as characters; in addresses TeX's escapes as what they stand for. */
function prepared(field: string, tex: string): string {
  if (addresses.includes(field)) {
    const address = tex.trim().replace(/\\([_%#&~{}])/g, '$1');
    return field === 'doi' ? address.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '') : address;
  }
  const text = tex.replace(/\\([,;: !/@-])/g, (_, symbol: string) => spaces[symbol] ?? '');
  return names.includes(field) ? text.replace(/(\s)and\s+others\s*$/i, `$1and {${others}}`) : text;
}

/** The pieces of `tex` between matches of `separator` outside of braces. */
function split(tex: string, separator: RegExp): string[] {
  let depth = 0;
  const flat = [...tex].map((character) => {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    return depth > 0 ? '\0'.repeat(character.length) : character;
  });
  const pieces: string[] = [];
  let from = 0;
  for (const match of flat.join('').matchAll(separator)) {
    pieces.push(tex.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...pieces, tex.slice(from)];
}

/** What is wrong with a list of names. */
function nameProblem(tex: string): string | undefined {
  for (const name of split(tex, /\s+and\s+/gi)) {
    if (name.trim() === '') return 'a name is missing beside “and”';
    if (split(name, /,/g).length > 3)
      return `“${name.trim()}” is one name with too many commas; write “and” between names`;
  }
  return undefined;
}

/** The first TeX that nothing could read: a command, a brace. */
function leftover(value: unknown): string | undefined {
  if (typeof value === 'string') return /\\(?:[a-z]+|.)?|[{}]/i.exec(value)?.[0];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, each] of Object.entries(value)) {
    const found = ['id', 'citation-key', 'URL', 'DOI'].includes(name) ? undefined : leftover(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Accents on i and j lie on dotless letters in TeX. */
function composed<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value)
      .replace(/ı(?=\p{M})/gu, 'i')
      .replace(/ȷ(?=\p{M})/gu, 'j')
      .normalize('NFC'),
  );
}

/** A corporate author is a name without parts. */
function polished(item: CSL): CSL {
  const whole = composed(item);
  for (const role of ['author', 'editor', 'translator'] as const) {
    const people = whole[role];
    if (people) whole[role] = people.map((name) => (name.family && !name.given ? asLiteral(name) : name));
  }
  return whole;
}

function asLiteral({ family, 'non-dropping-particle': particle }: NonNullable<CSL['author']>[number]) {
  return { literal: [particle, family].filter(Boolean).join(' ') };
}

const words: Readonly<Record<string, string>> = {
  lbrace: '{',
  rbrace: '}',
  equals: '=',
  comma: ',',
  quote: '"',
  at: '@',
};

/** Reads the text of a bibliography. Throws BibliographyError. */
function read(text: string, path: string, cwd: string): Bibliography {
  const file = new VFile({ path, cwd });
  const point = (offset: number): Place => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: before.at(-1)!.length + 1 };
  };
  const stop: (at: Place | undefined, problem: string) => never = (at, problem) => {
    throw new BibliographyError(`${where(file, at)}: ${problem}`);
  };
  let entries: Entry[];
  try {
    entries = data(text, '@bibtex/text');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, reason, line, column] = /^([\s\S]*?) at line (\d+) col (\d+)/.exec(message) ?? [];
    const place = line === undefined ? undefined : { line: Number(line), column: Number(column) };
    const said = (reason ?? message).replace(/"(\w+)"/g, (whole, name) => (words[name] ? `“${words[name]}”` : whole));
    stop(
      place,
      `this is no BibTeX: ${said.replace('EOF', 'the end of the file')}; is a brace, a quote or a comma missing before?`,
    );
  }

  const starts = new Map<Entry, number>();
  const byKey = new Map<string, Entry>();
  const folded = new Map<string, Entry>();
  const opening = /@\s*(\w+)\s*[{(]\s*([^,\s]+)\s*,/g;
  let open = opening.exec(text);
  for (const entry of entries) {
    while (open && (open[2] !== entry.label || open[1]!.toLowerCase() !== entry.type)) open = opening.exec(text);
    starts.set(entry, open?.index ?? 0);
    open = opening.exec(text);
    const earlier = folded.get(entry.label.toLowerCase());
    if (earlier) {
      const place = where(file, point(starts.get(earlier)!));
      stop(point(starts.get(entry)!), `a second entry “${entry.label}”, after ${place}; rename or remove one of them`);
    }
    folded.set(entry.label.toLowerCase(), entry);
    byKey.set(entry.label, entry);
  }

  const place = (entry: Entry, field?: string): Place => {
    const start = starts.get(entry)!;
    const found = field === undefined ? null : new RegExp(`\\b${field}\\s*=`, 'i').exec(text.slice(start));
    return point(start + (found?.index ?? 0));
  };
  /** The entry with what nothing shows left out, and those it refers to. */
  const ready = (entry: Entry, seen: Set<string>): Entry[] => {
    seen.add(entry.label);
    const properties: Entry['properties'] = {};
    for (const [field, value] of Object.entries(entry.properties)) {
      if (unseen.includes(field)) continue;
      const tex = prepared(field, String(value));
      const macro =
        value === ''
          ? new RegExp(`\\b${field}\\s*=\\s*([a-z_][\\w:+-]*)`, 'i').exec(text.slice(starts.get(entry)))
          : null;
      if (macro)
        stop(place(entry, field), `${field} = ${macro[1]}: no such @string; write {${macro[1]}} for the word itself`);
      const problem = names.includes(field) ? nameProblem(tex) : undefined;
      if (problem) stop(place(entry, field), `${field} of ${entry.label}: ${problem}`);
      properties[field] = tex;
    }
    const parents = [entry.properties.crossref, entry.properties.xref].flatMap((key) => {
      const parent = byKey.get(String(key));
      return parent && !seen.has(parent.label) ? ready(parent, seen) : [];
    });
    return [{ ...entry, properties }, ...parents];
  };
  const convert = (entry: Entry): CSL => {
    let item: CSL | undefined;
    const family = ready(entry, new Set());
    try {
      [item] = data(family, '@biblatex/entries+list');
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).split(/ at line |\n/)[0];
      const field = Object.keys(family[0]!.properties).find((name) =>
        fails({ ...entry, properties: { [name]: family[0]!.properties[name]! } }),
      );
      stop(
        place(entry, field),
        `${[field, entry.label].filter(Boolean).join(' of ')} cannot be read: ${reason}; is a brace missing?`,
      );
    }
    const strange = leftover(item);
    if (strange !== undefined) {
      const field = Object.keys(entry.properties).find((name) => String(entry.properties[name]).includes(strange));
      stop(
        place(entry, field),
        `${strange} in ${[field, entry.label].filter(Boolean).join(' of ')}: this TeX is not known here; write the character itself`,
      );
    }
    return polished(item!);
  };
  const items = new Map<string, CSL>();
  return {
    keys: [...byKey.keys()],
    has: (key) => byKey.has(key),
    item: (key) => {
      const entry = byKey.get(key)!;
      const item = items.get(key) ?? convert(entry);
      items.set(key, item);
      return item;
    },
  };
}

function fails(entry: Entry): boolean {
  try {
    data([entry], '@biblatex/entries+list');
    return false;
  } catch {
    return true;
  }
}

/** A bibliography of nothing. */
export const noBibliography: Bibliography = { keys: [], has: () => false, item: () => ({ type: 'document', id: '' }) };
const latest = new Map<string, { text: string; bibliography: Bibliography }>();

/** The text of the bibliography beside `post`; empty if there is none. */
export function bibliographyText(post: string): string {
  const path = join(dirname(post), bibliographyName);
  return existsSync(path) ? withLineFeeds(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) : '';
}

/** The bibliography beside the post, read anew only if its text has changed. Throws BibliographyError. */
export function bibliographyOf({ path: post, cwd }: VFile): Bibliography {
  const path = join(dirname(post), bibliographyName);
  const text = bibliographyText(post);
  if (text.trim() === '') return noBibliography;
  const known = latest.get(path);
  if (known?.text === text) return known.bibliography;
  const bibliography = read(text, path, cwd);
  latest.set(path, { text, bibliography });
  return bibliography;
}

/** The key that a misspelt one most likely meant. */
export const nearestKey = (key: string, { keys }: Bibliography): string | undefined => nearest(key, keys);

/** What to say of a key that the bibliography lacks. */
export function unknown(key: string, { path, cwd }: VFile, bibliography: Bibliography): string {
  const guess = nearestKey(key, bibliography);
  const name = where(new VFile({ path: join(dirname(path), bibliographyName), cwd }), undefined);
  const hint = guess === undefined ? '; for' : `; did you mean @${guess}? For`;
  return `[@${key}]: no such entry in ${name}${hint} the text itself write \\[@${key}]`;
}
