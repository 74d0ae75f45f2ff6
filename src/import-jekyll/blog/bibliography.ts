/** Collects the entries that imported posts cite, from the BibTeX files of the old blog, for the new blog's `references.bib`. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../../lab/errors.ts';
import { type Bibliography, parseBibliography } from '../../site/citations/bibliography.ts';
import { titleText } from '../../site/posts/title.ts';
import { isFileInside, type OldBlog } from './old-blog.ts';

/** An entry as written. */
type Entry = { readonly type: string; readonly key: string; readonly text: string };

/** The entries of a file by their keys, and its definitions of strings. */
type File = {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly strings: string;
  /** The file as a build reads it; undefined if it would refuse it. */
  readonly whole: Bibliography | undefined;
};

/** Reads the entries of a BibTeX file; what is no entry is passed over. */
function readEntries(text: string): File {
  const entries = new Map<string, Entry>();
  const strings: string[] = [];
  const opening = /@\s*([a-z]+)\s*\{/gi;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    let depth = 1;
    let at = found.index + found[0].length;
    for (; at < text.length && depth > 0; at++) {
      if (text[at] === '\\') at += 1;
      else if (text[at] === '{') depth += 1;
      else if (text[at] === '}') depth -= 1;
      // An entry that is never closed ends where the next begins.
      else if (
        text[at] === '@' &&
        text[at - 1] === '\n' &&
        /^@\s*[a-z]+\s*\{[^\s,{}]+\s*,/i.test(text.slice(at, at + 200))
      )
        break;
    }
    opening.lastIndex = at;
    const type = found[1]!.toLowerCase();
    const whole = text.slice(found.index, at).trim();
    if (type === 'string') strings.push(whole);
    if (depth > 0 || ['string', 'comment', 'preamble'].includes(type)) continue;
    const key = /^@\s*[a-z]+\s*\{\s*([^,\s]+)\s*,/i.exec(whole)?.[1];
    if (key !== undefined && !entries.has(key)) entries.set(key, { type, key, text: whole });
  }
  let whole: Bibliography | undefined;
  try {
    whole = parseBibliography(text, 'references.bib', '.');
  } catch {
    // Its entries are read one by one.
  }
  return { entries, strings: strings.join('\n'), whole };
}

const files = new Map<string, File>();

function fileAt(path: string): File {
  const known =
    files.get(path) ??
    readEntries(
      readFileSync(path, 'utf8')
        .replace(/^\uFEFF/, '')
        .replace(/\r\n?/g, '\n'),
    );
  files.set(path, known);
  return known;
}

/** The BibTeX files that a post cites from: those that it names, else those of the blog. */
export function bibliographyFiles(blog: OldBlog, postFile: string, named: readonly string[]): string[] {
  const scholar = (blog.config.scholar ?? {}) as { source?: unknown; bibliography?: unknown };
  const source = typeof scholar.source === 'string' ? scholar.source.replace(/^\.?\//, '') : '_bibliography';
  const folders = ['assets/bibliography', source, '_bibliography', '', 'assets/bib', 'assets', 'bibliography'];
  const found = named.flatMap((name) => {
    const paths = [join(dirname(postFile), name), ...folders.map((folder) => join(blog.root, folder, name))];
    return [...paths, ...paths.map((path) => `${path}.bib`)]
      .filter((path) => isFileInside(path, blog.root))
      .slice(0, 1);
  });
  if (found.length > 0) return found;
  const own = globSync(['*.bib'], { cwd: join(blog.root, source) }).sort();
  const first = typeof scholar.bibliography === 'string' ? scholar.bibliography : 'references.bib';
  return [...own.filter((name) => name.startsWith(first)), ...own.filter((name) => !name.startsWith(first))].map(
    (name) => join(blog.root, source, name),
  );
}

/** A key that the site's citations can have. */
const cleanKey = (key: string): string => {
  const clean = key.replace(/[^\p{L}\p{N}_:.#$%&+?<>~/-]+/gu, '-').replace(/([:.#$%&+?<>~/-])[:.#$%&+?<>~/-]+/g, '$1');
  return clean.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, '') || 'entry';
};

/** Whether a build can cite an entry of a file. */
function isValid(key: string, { whole }: File): boolean {
  try {
    return whole?.has(key) === true && Boolean(whole.item(key));
  } catch {
    return false;
  }
}

/** The error of the build for an entry; undefined if it can be cited. */
function problemOf(key: string, text: string): string | undefined {
  try {
    parseBibliography(text, 'references.bib', '.').item(key);
    return undefined;
  } catch (error) {
    return messageOf(error).replace(/^references\.bib(?::\d+)*:\s*/, '');
  }
}

/** Names as BibTeX has them, formulas as text. */
function plain(text: string): string {
  const asText = (formula: string) => {
    try {
      return titleText(formula);
    } catch {
      return formula;
    }
  };
  return text
    .replace(
      /family=([^,{}]+),\s*given=([^,{}]+)(?:,\s*prefix=([^,{}]+))?(?:,\s*\w+=[^,{}]*?)*(?=\s+and\s|\s*[}"])/g,
      (_, family: string, given: string, prefix = '') =>
        [`${prefix.trim()} ${family.trim()}`.trim(), given.trim()].join(', '),
    )
    .replace(/\band(?:\s+and)+\b/g, 'and')
    .replace(/([{"])\s*and\s+|\s+and\s*(?=["}])/g, '$1')
    .replace(/(?<!\\)\$[^$]+\$/g, asText);
}

/** An entry without the TeX that the site does not know; the problem if it stays invalid. */
function mended(key: string, text: string, strings: string): { text: string } | { problem: string } {
  let current = text;
  for (let i = 0; ; i++) {
    const problem = problemOf(key, `${strings}\n${current}`);
    if (problem === undefined) return { text: current };
    const command = /^(\\[A-Za-z]+|\\.)\s?(?: in |of )/.exec(problem)?.[1];
    if (i === 0) {
      current = plain(current);
      continue;
    }
    const next = command
      ? current.replaceAll(new RegExp(`${command.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![A-Za-z])\\s*`, 'g'), '')
      : current;
    if (i > 8 || next === current) return { problem };
    current = next;
  }
}

/** The bibliography of the new blog: what it has, and the entries that posts cite. */
export class Library {
  readonly #own: ReadonlyMap<string, Entry>;
  readonly #ownText: string;
  /** The new entries by their keys: as they stood in the old blog, and as they stand in the new one. */
  readonly #added = new Map<string, { old: string; text: string }>();
  readonly #strings = new Set<string>();
  readonly #keys = new Map<string, { key: string } | { problem: string }>();

  /** `path`: the new blog's `references.bib`, which may be missing. */
  constructor(path: string) {
    this.#ownText = existsSync(path) ? readFileSync(path, 'utf8') : '';
    this.#own = readEntries(this.#ownText).entries;
  }

  /** The key by which a post cites an entry of its files; or why it cannot. */
  cite(key: string, paths: readonly string[]): { key: string } | { problem: string } {
    const id = `${key}\0${paths.join('\0')}`;
    const known = this.#keys.get(id) ?? this.#find(key, paths);
    this.#keys.set(id, known);
    return known;
  }

  #find(key: string, paths: readonly string[]): { key: string } | { problem: string } {
    for (const path of paths) {
      const file = fileAt(path);
      const { entries } = file;
      const entry =
        entries.get(key) ?? [...entries.values()].find((each) => each.key.toLowerCase() === key.toLowerCase());
      if (entry) return this.#add(entry, file);
    }
    const own = this.#own.get(key);
    if (own) return { key };
    return {
      problem:
        paths.length === 0
          ? 'the bibliography of the post is not there'
          : 'the bibliography of the old blog has no such entry',
    };
  }

  #add(entry: Entry, file: File): { key: string } | { problem: string } {
    const { entries, strings } = file;
    const wanted = cleanKey(entry.key);
    const parent = /\b(?:crossref|xref)\s*=\s*[{"]\s*([^}"]+?)\s*[}"]/i.exec(entry.text)?.[1];
    const above = parent === undefined ? undefined : entries.get(parent);
    if (above && above !== entry) this.#add(above, file);
    for (let n = 1; ; n++) {
      const key = n === 1 ? wanted : `${wanted}-${n}`;
      const text = entry.text.replace(/^(@\s*[a-z]+\s*\{\s*)[^,\s]+/i, (_, start: string) => start + key);
      const taken = this.#textOf(key);
      if (taken !== undefined && taken.replace(/\s+/g, '') !== text.replace(/\s+/g, '')) continue;
      if (taken !== undefined) return { key };
      const needed = strings.split('\n').filter(Boolean).join('\n');
      const result = isValid(entry.key, file) ? { text } : mended(key, above ? `${text}\n${above.text}` : text, needed);
      if ('problem' in result) return result;
      if (needed) this.#strings.add(needed);
      this.#added.set(key, { old: text, text: above ? text : result.text });
      return { key };
    }
  }

  /** The entry of the new blog with this key, case ignored, as the site does. */
  #textOf(key: string): string | undefined {
    const isSame = (other: string) => other.toLowerCase() === key.toLowerCase();
    for (const [other, { text }] of this.#own) if (isSame(other)) return text;
    for (const [other, { old }] of this.#added) if (isSame(other)) return old;
    return undefined;
  }

  /** The number of new entries. */
  get count(): number {
    return this.#added.size;
  }

  /** The whole file with the new entries. */
  get text(): string {
    const own = this.#ownText.trimEnd();
    return `${[own, ...this.#strings, ...[...this.#added.values()].map(({ text }) => text)].filter(Boolean).join('\n\n')}\n`;
  }
}
