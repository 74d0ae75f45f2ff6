/** Parses `references.bib`, once for all posts in its folder, and converts entries to CSL when they are cited. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { type CSL, plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { VFile } from 'vfile';
import { normalizeLineEndings } from '../../lab/data-files/line-endings.ts';
import { nearestName } from '../../lab/did-you-mean.ts';
import { messageOf } from '../../lab/errors.ts';
import { locationInText, locationOf } from '../../math/index.ts';
import { misspeltField, misspeltType, nameFields, valueProblem, writtenFields } from './entry-problems.ts';

/** The name of the bibliography's file, in the folder of the posts that cite it or above. */
const bibliographyName = 'references.bib';

/** Placeholder of `and others` in a list of names; a noncharacter, which no name contains. */
export const othersPlaceholder = '\uFDD4';

/** An error in the bibliography; the message begins with its location, `posts/references.bib:12:3`. */
export class BibliographyError extends Error {}

type Place = { line: number; column: number };

/** A parsed entry, whose fields still hold TeX. */
type Entry = { type: string; label: string; properties: Record<string, string | number> };

/** The entries of a bibliography by key. */
export type Bibliography = {
  keys: readonly string[];
  has: (key: string) => boolean;
  /** The entry as CSL. Throws BibliographyError if a field cannot be read. */
  item: (key: string) => CSL;
};

type Formats = {
  '@bibtex/text': (text: string) => Entry[];
  '@biblatex/entries+list': (entries: readonly Entry[]) => CSL[];
};
/** citation-js's conversion (TeX to Unicode, fields to CSL); its types lack the formats of plugins. */
const convertData = plugins.input.data as <T extends keyof Formats>(
  input: Parameters<Formats[T]>[0],
  format: T,
) => ReturnType<Formats[T]>;

const { constants } = plugins.config.get('@bibtex');
Object.assign(constants.commands, { LaTeX: 'LaTeX', LaTeXe: 'LaTeX2ε', TeX: 'TeX', BibTeX: 'BibTeX', slash: '/' });
constants.argumentCommands.href = (url: string, text: string) => `${text} (${url})`;

const addressFields = ['url', 'doi', 'eprint', 'file'];
/** Fields that reference managers export and no list of references shows. */
const ignoredFields = ['abstract', 'annotation', 'annote', 'file', 'keywords', 'note'];
const spaces: Readonly<Record<string, string>> = { ',': '\u202F', ';': ' ', ':': ' ', ' ': ' ' };

/** Cleans a field's TeX before conversion: spacing commands become characters, and escapes in addresses are resolved. */
function cleanField(field: string, tex: string): string {
  if (addressFields.includes(field)) {
    const address = tex.trim().replace(/\\([_%#&~{}])/g, '$1');
    return field === 'doi' ? address.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '') : address;
  }
  const text = tex.replace(/\\([,;: !/@-])/g, (_, symbol: string) => spaces[symbol] ?? '');
  if (field === 'month') return text.replace(/^([a-z]+)\.$/i, '$1');
  return nameFields.includes(field) ? text.replace(/(\s)and\s+others\s*$/i, `$1and {${othersPlaceholder}}`) : text;
}

/** The first TeX left after conversion, a command or a brace; undefined if there is none. */
function unconvertedTex(value: unknown): string | undefined {
  if (typeof value === 'string') return /\\(?:[a-z]+|.)?|[{}]/i.exec(value)?.[0];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, each] of Object.entries(value)) {
    const found = ['id', 'citation-key', 'URL', 'DOI'].includes(name) ? undefined : unconvertedTex(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Composes accents, which TeX puts on dotless i and j, with their letters (NFC). */
function composeAccents<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value)
      .replace(/ı(?=\p{M})/gu, 'i')
      .replace(/ȷ(?=\p{M})/gu, 'j')
      .normalize('NFC'),
  );
}

/** The item with accents composed, and names without a given name as literal names of organisations. */
function normalizeItem(item: CSL): CSL {
  const normalized = composeAccents(item);
  for (const role of ['author', 'editor', 'translator'] as const) {
    const people = normalized[role];
    if (people) normalized[role] = people.map((name) => (name.family && !name.given ? asLiteral(name) : name));
  }
  return normalized;
}

function asLiteral({ family, 'non-dropping-particle': particle }: NonNullable<CSL['author']>[number]) {
  return { literal: [particle, family].filter(Boolean).join(' ') };
}

const tokenNames: Readonly<Record<string, string>> = {
  lbrace: '{',
  rbrace: '}',
  equals: '=',
  comma: ',',
  quote: '"',
  at: '@',
};

/** Parses a bibliography. Throws BibliographyError. */
export function parseBibliography(text: string, path: string, cwd: string): Bibliography {
  const file = new VFile({ path, cwd });
  const point = (offset: number): Place => locationInText(text, offset, { line: 1, column: 1 });
  const stop: (at: Place | undefined, problem: string) => never = (at, problem) => {
    throw new BibliographyError(`${locationOf(file, at)}: ${problem}`);
  };
  let entries: Entry[];
  try {
    entries = convertData(text, '@bibtex/text');
  } catch (error) {
    const message = messageOf(error);
    const [, reason, line, column] = /^([\s\S]*?) at line (\d+) col (\d+)/.exec(message) ?? [];
    const place = line === undefined ? undefined : { line: Number(line), column: Number(column) };
    const explanation = (reason ?? message).replace(/"(\w+)"/g, (token, name) =>
      tokenNames[name] ? `“${tokenNames[name]}”` : token,
    );
    stop(
      place,
      `this is no BibTeX: ${explanation.replace('EOF', 'the end of the file')}; is a brace, a quote or a comma missing before?`,
    );
  }

  const starts = new Map<Entry, number>();
  const byKey = new Map<string, Entry>();
  const byLowerCaseKey = new Map<string, Entry>();
  const opening = /@\s*(\w+)\s*[{(]\s*([^,\s]+)\s*,/g;
  let open = opening.exec(text);
  for (const entry of entries) {
    while (open && (open[2] !== entry.label || open[1]!.toLowerCase() !== entry.type)) open = opening.exec(text);
    starts.set(entry, open?.index ?? 0);
    open = opening.exec(text);
    const earlier = byLowerCaseKey.get(entry.label.toLowerCase());
    if (earlier) {
      const place = locationOf(file, point(starts.get(earlier)!));
      stop(point(starts.get(entry)!), `a second entry “${entry.label}”, after ${place}; rename or remove one of them`);
    }
    byLowerCaseKey.set(entry.label.toLowerCase(), entry);
    byKey.set(entry.label, entry);
  }

  const place = (entry: Entry, field?: string): Place => {
    const start = starts.get(entry)!;
    const found = field === undefined ? null : new RegExp(`\\b${field}\\s*=`, 'i').exec(text.slice(start));
    return point(start + (found?.index ?? 0));
  };
  /** Stops at a misspelt type or field, a field that stands twice, and a reference to no entry, which would all be left out. */
  const checkNames = (entry: Entry): void => {
    const { type, label } = entry;
    const known = misspeltType(type);
    if (known) stop(place(entry), `@${type}: there is no such type of entry; did you mean @${known}?`);
    const seen = new Set<string>();
    for (const { name, offset } of writtenFields(text, starts.get(entry)!)) {
      if (seen.has(name)) stop(point(offset), `${name} of ${label} stands twice; keep one of them`);
      seen.add(name);
      const guess = misspeltField(name);
      if (guess) stop(point(offset), `${label} has no field ${name}; did you mean ${guess}?`);
    }
    for (const field of ['crossref', 'xref']) {
      const parent = entry.properties[field];
      if (parent === undefined || byKey.has(String(parent))) continue;
      const near = nearestName(String(parent), byKey.keys());
      const hint = near === undefined ? 'leave it out' : `did you mean ${near}?`;
      stop(place(entry, field), `${field} of ${label}: there is no entry ${parent}; ${hint}`);
    }
  };
  /** The entry and those that it refers to, with cleaned fields, without ignored ones. */
  const withParents = (entry: Entry, seen: Set<string>): Entry[] => {
    seen.add(entry.label);
    const properties: Entry['properties'] = {};
    checkNames(entry);
    for (const [field, value] of Object.entries(entry.properties)) {
      if (ignoredFields.includes(field)) continue;
      const tex = cleanField(field, String(value));
      const macro =
        value === ''
          ? new RegExp(`\\b${field}\\s*=\\s*([a-z_][\\w:+-]*)`, 'i').exec(text.slice(starts.get(entry)))
          : null;
      if (macro)
        stop(place(entry, field), `${field} = ${macro[1]}: no such @string; write {${macro[1]}} for the word itself`);
      const problem = valueProblem(field, tex);
      if (problem) stop(place(entry, field), `${field} of ${entry.label}: ${problem}`);
      properties[field] = tex;
    }
    const parents = [entry.properties.crossref, entry.properties.xref].flatMap((key) => {
      const parent = byKey.get(String(key));
      return parent && !seen.has(parent.label) ? withParents(parent, seen) : [];
    });
    return [{ ...entry, properties }, ...parents];
  };
  const convert = (entry: Entry): CSL => {
    let item: CSL | undefined;
    const family = withParents(entry, new Set());
    try {
      [item] = convertData(family, '@biblatex/entries+list');
    } catch (error) {
      const reason = messageOf(error).split(/ at line |\n/)[0];
      const field = Object.keys(family[0]!.properties).find((name) =>
        failsToConvert({ ...entry, properties: { [name]: family[0]!.properties[name]! } }),
      );
      stop(
        place(entry, field),
        `${[field, entry.label].filter(Boolean).join(' of ')} cannot be read: ${reason}; is a brace missing?`,
      );
    }
    const unconverted = unconvertedTex(item);
    if (unconverted !== undefined) {
      const field = Object.keys(entry.properties).find((name) => String(entry.properties[name]).includes(unconverted));
      stop(
        place(entry, field),
        `${unconverted} in ${[field, entry.label].filter(Boolean).join(' of ')}: this TeX is not known here; write the character itself`,
      );
    }
    return normalizeItem(item!);
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

/** Whether an entry cannot be converted. */
function failsToConvert(entry: Entry): boolean {
  try {
    convertData([entry], '@biblatex/entries+list');
    return false;
  } catch {
    return true;
  }
}

/** The empty bibliography. */
export const noBibliography: Bibliography = { keys: [], has: () => false, item: () => ({ type: 'document', id: '' }) };
const parsed = new Map<string, { text: string; bibliography: Bibliography }>();

/** The path of the bibliography of a post: beside it, else the one nearest above, up to `posts/`. */
function bibliographyPath(post: string): string {
  const beside = join(dirname(post), bibliographyName);
  if (!post.split(sep).includes('posts')) return beside;
  for (let folder = dirname(post); ; folder = dirname(folder)) {
    const path = join(folder, bibliographyName);
    if (existsSync(path)) return path;
    if (basename(folder) === 'posts') return beside;
  }
}

/** The text of the bibliography of `post`; empty if there is none. */
export function bibliographyText(post: string): string {
  const path = bibliographyPath(post);
  return existsSync(path) ? normalizeLineEndings(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) : '';
}

/** The bibliography of a post, parsed again only if its text has changed. Throws BibliographyError. */
export function bibliographyOf({ path: post, cwd }: VFile): Bibliography {
  const path = bibliographyPath(post);
  const text = bibliographyText(post);
  if (text.trim() === '') return noBibliography;
  const known = parsed.get(path);
  if (known?.text === text) return known.bibliography;
  const bibliography = parseBibliography(text, path, cwd);
  parsed.set(path, { text, bibliography });
  return bibliography;
}

/** The message for a key that the bibliography lacks. */
export function unknownKeyMessage(key: string, { path, cwd }: VFile, bibliography: Bibliography): string {
  const guess = nearestName(key, bibliography.keys);
  const name = locationOf(new VFile({ path: bibliographyPath(path), cwd }), undefined);
  const hint = guess === undefined ? '; for' : `; did you mean @${guess}? For`;
  return `[@${key}]: no such entry in ${name}${hint} the text itself write \\[@${key}]`;
}
