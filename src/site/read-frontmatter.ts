/** The front matter of a post: what it says, and everything that is wrong with it, each at its line. */
import type { SchemaContext } from 'astro:content';
import { z } from 'astro/zod';
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { nearest } from '../lab/nearest.ts';
import { type Frontmatter, frontmatter } from './frontmatter.ts';
import { strayCharacters, strayDirections } from './stray-characters.ts';

/** Where a field stands, `posts/x.mdx:3:1`. */
type Place = (path: readonly PropertyKey[], key?: boolean) => string;

/** `fields` as they are written, undefined if they cannot be read; `post` unless there are `problems`. */
export type Read = {
  readonly fields: Readonly<Record<string, unknown>> | undefined;
  readonly post: Frontmatter | undefined;
  readonly problems: readonly string[];
  readonly place: Place;
};

const example = '---\ntitle: A title\ndate: 2026-11-22\n---';

/** What Astro takes for front matter, and its content. */
const block = /^(\uFEFF?(?:\s*\n)?---[^\S\n]*\r?\n)([\s\S]*?)(?<=\n)---/;

// Astro resolves images while it builds; here their paths are enough.
const schema = frontmatter({ image: () => z.string() } as unknown as SchemaContext);

/** The names of all fields, and of those within one. */
const names: Readonly<Record<string, readonly string[]>> = {
  '': ['title', 'description', 'excerpt', 'author', 'authors', 'date', 'updated', 'modified', 'tags'].concat([
    'categories',
    'image',
    'draft',
    'comments',
    'share',
    'canonical',
  ]),
  image: ['src', 'alt', 'credit', 'link'],
  author: ['name', 'url'],
  authors: ['name', 'url'],
};

/** How a field that is missing or of another type is written. */
const forms: Readonly<Record<string, string>> = {
  title: 'title: A title',
  date: 'date: 2026-11-22',
  tags: 'tags: [one, two]',
  categories: 'categories: [one, two]',
  author: 'author: A name',
  authors: 'authors: [A name, Another]',
  image: 'image: { src: ./x.png, alt: What it shows }',
  draft: 'draft: true',
  share: 'share: false',
};

const kinds: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false', array: 'a list' };

/** A value as JSON; aliases may make one contain itself. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `“${value}”`;
  try {
    return JSON.stringify(value);
  } catch {
    return 'what contains itself';
  }
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], data);
}

/** What is wrong, in words; one problem for each unknown field. */
function described(issue: z.core.$ZodIssue, fields: unknown): { path: PropertyKey[]; key: boolean; text: string }[] {
  const { path } = issue;
  const name = path.filter((part) => typeof part === 'string').join('.');
  const form = forms[name] ? `: write ${forms[name]}` : '';
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const known = names[name] ?? [];
      const guess = nearest(key, known);
      const choice = guess === undefined ? `there are ${known.join(', ')}` : `did you mean "${guess}"?`;
      return {
        path: [...path, key],
        key: true,
        text: `unknown field "${path.length ? `${name}.` : ''}${key}"; ${choice}`,
      };
    });
  const found = valueAt(fields, path);
  if (issue.code === 'invalid_type')
    return found === undefined
      ? [{ path, key: true, text: `${name} is missing${form}` }]
      : [
          {
            path,
            key: false,
            text: `${name}: expected ${kinds[issue.expected] ?? 'fields'}, found ${shown(found)}${form}`,
          },
        ];
  const isSentence = /^(?:is|says) /.test(issue.message);
  const value = issue.code === 'custom' || found === '' ? '' : `, found ${shown(found)}`;
  return [{ path, key: isSentence, text: `${name}${isSentence ? '' : ':'} ${issue.message}${value}` }];
}

/** How to write what the YAML parser most often stops at. */
const advice: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  DUPLICATE_KEY: 'a field stands twice; keep one of them',
  BLOCK_AS_IMPLICIT_KEY: 'a text with a colon stands in quotation marks, title: "One: two"',
  MISSING_CHAR: 'a field is written name: value, a list [one, two], a text with special characters in quotation marks',
};

/** Reads the front matter of the post `text`; `file` is how places name it. */
export function readFrontmatter(text: string, file: string): Read {
  const nowhere: Place = () => `${file}:1:1`;
  const wrong = (problem: string): Read => ({
    fields: undefined,
    post: undefined,
    problems: [`${file}:1:1: ${problem}`],
    place: nowhere,
  });
  const [, opening = '', source] = block.exec(text) ?? [];
  if (source === undefined) {
    const start = text.replace(/^\uFEFF/, '').trimStart();
    if (start.startsWith('+++')) return wrong(`front matter in TOML; write it in YAML:\n${example}`);
    if (start.startsWith('---')) return wrong('the front matter is not closed; end it with a line ---');
    return wrong(`there is no front matter; begin the post with\n${example}`);
  }

  const lines = new LineCounter();
  const shift = opening.split('\n').length - 1;
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line + shift}:${col}`;
  };
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, schema: 'core', stringKeys: true });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    return {
      ...wrong(''),
      problems: faults.map(
        ({ pos, message, code }) => `${at(pos[0])}: ${message}${advice[code] ? `; ${advice[code]}` : ''}`,
      ),
    };
  const strays: string[] = [];
  visit(document, {
    Scalar: (_, { value, range }) => {
      const [from = 0, to = 0] = range ?? [];
      const [inSource] = strayCharacters(source.slice(from, to));
      for (const { problem } of strayCharacters(String(value)))
        strays.push(`${at(from + (inSource?.offset ?? 0))}: ${problem}`);
      for (const { offset, problem } of strayDirections(source.slice(from, to), false))
        strays.push(`${at(from + offset)}: ${problem}`);
    },
  });
  if (strays.length > 0) return { ...wrong(''), problems: [...new Set(strays)] };
  const root = document.contents;
  if (root !== null && !isMap(root)) return wrong(`the front matter has no fields; write it as\n${example}`);

  // Only two fields are not text: a title may be 1984, and a version 1.10.
  visit(document, {
    Scalar: (key, scalar, path) => {
      const pair = path.at(-1);
      const isSwitch = path.length === 3 && isPair(pair) && ['draft', 'share'].includes(String(pair.key));
      if (key !== 'key' && !isSwitch && typeof scalar.value !== 'string' && scalar.value !== null)
        scalar.value = scalar.source ?? String(scalar.value);
    },
  });
  let fields: Record<string, unknown>;
  try {
    fields = (document.toJS() ?? {}) as Record<string, unknown>;
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }

  const place: Place = (path, key = false) => {
    let node: Node | null = root;
    let offset = 0;
    for (const [depth, part] of path.entries()) {
      if (typeof part === 'number' && !isSeq(node)) continue;
      if (isSeq(node)) node = (node.items[Number(part)] as Node | undefined) ?? null;
      else if (isMap(node)) {
        const pair = node.items.find((each) => String(isScalar(each.key) ? each.key.value : each.key) === part);
        if (pair === undefined) break;
        const name = pair.key as Node;
        offset = name.range?.[0] ?? offset;
        if (key && depth === path.length - 1) break;
        node = pair.value as Node | null;
      }
      offset = node?.range?.[0] ?? offset;
    }
    return at(offset);
  };

  // A field without a value says nothing, as in `tags:`.
  const said = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, said(each)]])))
      : value;
  const given = said(fields) as Record<string, unknown>;
  const parsed = schema.safeParse(given);
  const problems = (parsed.error?.issues ?? [])
    .flatMap((issue) => described(issue, given))
    .map(({ path, key, text }) => `${place(path, key)}: ${text}`);
  return { fields: given, post: parsed.data, problems, place };
}
