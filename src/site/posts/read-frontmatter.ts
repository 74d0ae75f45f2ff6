/** Parses and validates a post's front matter, and reports every problem with line and column. */
import type { SchemaContext } from 'astro:content';
import { z } from 'astro/zod';
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { nearestName } from '../../lab/did-you-mean.ts';
import { messageOf } from '../../lab/errors.ts';
import { invisibleCharacters, unpairedDirections } from '../markdown/invisible-characters.ts';
import { type Frontmatter, fields, frontmatterSchema } from './frontmatter-schema.ts';

/** The location of a field's value, or of its name if `key`: `posts/x.mdx:3:1`. */
type Place = (path: readonly PropertyKey[], key?: boolean) => string;

/** `fields`: as written, undefined if they cannot be parsed. `post`: validated, undefined if there are `problems`. */
export type FrontmatterResult = {
  readonly fields: Readonly<Record<string, unknown>> | undefined;
  readonly post: Frontmatter | undefined;
  readonly problems: readonly string[];
  readonly place: Place;
};

const example = '---\ntitle: A title\ndate: 2026-11-22\n---';

/** Front matter by Astro's rule: the opening line, the content. */
const frontmatterBlock = /^(\uFEFF?(?:\s*\n)?---[^\S\n]*\r?\n)([\s\S]*?)(?<=\n)---/;

// Astro resolves images when it builds; here they stay paths.
const stub = { image: () => z.string() } as unknown as SchemaContext;
const schema = frontmatterSchema(stub);

/** Field names by the field that they are in; '' is the top level. */
const fieldNames: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(fields(stub)),
  series: ['title', 'part'],
  image: ['src', 'alt', 'credit', 'link'],
  author: ['name', 'url'],
  authors: ['name', 'url'],
  notation: ['tex', 'meaning', 'shape'],
};

/** Examples for messages about a missing field or a value of another type. */
const examples: Readonly<Record<string, string>> = {
  title: 'title: A title',
  date: 'date: 2026-11-22',
  tags: 'tags: [one, two]',
  categories: 'categories: [one, two]',
  author: 'author: A name',
  authors: 'authors: [A name, Another]',
  image: 'image: { src: ./x.png, alt: What it shows }',
  series: 'series: A title, or series: { title: A title, part: 1 }',
  draft: 'draft: true',
  share: 'share: false',
  redirectFrom: 'redirectFrom: [/2020/01/08/old/]',
  notation: 'notation: [{ tex: v, meaning: outgoing weights of a unit }]',
};

const typeNames: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false', array: 'a list' };

/** A value as JSON for messages; YAML aliases can make it circular. */
function quoteValue(value: unknown): string {
  if (typeof value === 'string') return `“${value}”`;
  try {
    return JSON.stringify(value);
  } catch {
    return 'what contains itself';
  }
}

/** A zod issue as messages, one for each unknown field; `key`: whether to locate the field's name, not its value. */
function describeIssue(
  issue: z.core.$ZodIssue,
  fields: unknown,
): { path: PropertyKey[]; key: boolean; text: string }[] {
  const { path } = issue;
  const name = path.filter((part) => typeof part === 'string').join('.');
  const form = examples[name] ? `: write ${examples[name]}` : '';
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const known = fieldNames[name] ?? [];
      const guess = nearestName(key, known);
      const choice = guess === undefined ? `there are ${known.join(', ')}` : `did you mean "${guess}"?`;
      return {
        path: [...path, key],
        key: true,
        text: `unknown field "${path.length ? `${name}.` : ''}${key}"; ${choice}`,
      };
    });
  const found = path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], fields);
  if (issue.code === 'invalid_type')
    return found === undefined
      ? [{ path, key: true, text: `${name} is missing${form}` }]
      : [
          {
            path,
            key: false,
            text: `${name}: expected ${typeNames[issue.expected] ?? 'fields'}, found ${quoteValue(found)}${form}`,
          },
        ];
  const isSentence = /^(?:is|says) /.test(issue.message);
  const value = issue.code === 'custom' || issue.code === 'too_small' ? '' : `, found ${quoteValue(found)}`;
  return [{ path, key: isSentence, text: `${name}${isSentence ? '' : ':'} ${issue.message}${value}` }];
}

/** Advice for the commonest errors of the YAML parser, by its code. */
const advice: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  DUPLICATE_KEY: 'a field stands twice; keep one of them',
  BLOCK_AS_IMPLICIT_KEY: 'a text with a colon stands in quotation marks, title: "One: two"',
  MULTIPLE_DOCS: 'a line --- or ... ends the front matter; leave it out, or end the front matter there',
  MISSING_CHAR: 'a field is written name: value, a list [one, two], a text with special characters in quotation marks',
};

/** Reads the front matter of the post `text`; `file` is the name used in locations. */
export function readFrontmatter(text: string, file: string): FrontmatterResult {
  const nowhere: Place = () => `${file}:1:1`;
  const failure = (problem: string): FrontmatterResult => ({
    fields: undefined,
    post: undefined,
    problems: [`${file}:1:1: ${problem}`],
    place: nowhere,
  });
  const [, opening = '', source] = frontmatterBlock.exec(text) ?? [];
  if (source === undefined) {
    const start = text.replace(/^\uFEFF/, '').trimStart();
    if (/^\uFFFD|\0/.test(start)) return failure('the file is no UTF-8; save it as UTF-8');
    if (start.startsWith('+++')) return failure(`front matter in TOML; write it in YAML:\n${example}`);
    if (start.startsWith('---')) return failure('the front matter is not closed; end it with a line ---');
    return failure(`there is no front matter; begin the post with\n${example}`);
  }

  const lines = new LineCounter();
  const linesBefore = opening.split('\n').length - 1;
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line + linesBefore}:${col}`;
  };
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, schema: 'core', stringKeys: true });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    return {
      ...failure(''),
      problems: faults.map(
        ({ pos, message, code }) =>
          `${at(pos[0])}: ${[...(code === 'MULTIPLE_DOCS' ? [] : [message]), advice[code]].filter(Boolean).join('; ')}`,
      ),
    };
  const lost: string[] = [];
  visit(document, {
    Scalar: (_, { value, range, type }) => {
      const [from = 0, to = 0] = range ?? [];
      const [, space, words] = /^([ \t]*)(#\S.*)/.exec(source.slice(to)) ?? [];
      if (type === 'PLAIN' && words !== undefined)
        lost.push(
          `${at(to + space!.length)}: ${words}: a comment in YAML, which would be lost; a text with # stands in quotation marks, a comment has a space after #`,
        );
      const [inSource] = invisibleCharacters(source.slice(from, to));
      for (const { problem } of invisibleCharacters(String(value)))
        lost.push(`${at(from + (inSource?.offset ?? 0))}: ${problem}`);
      for (const { offset, problem } of unpairedDirections(source.slice(from, to), false))
        lost.push(`${at(from + offset)}: ${problem}`);
    },
  });
  if (lost.length > 0) return { ...failure(''), problems: [...new Set(lost)] };
  const root = document.contents;
  if (root !== null && !isMap(root)) return failure(`the front matter has no fields; write it as\n${example}`);

  // Only `draft` and `share` are not text: keep others as written, since a title may be 1984 and a tag 1.10.
  visit(document, {
    Scalar: (key, scalar, path) => {
      const pair = path.at(-1);
      const isBoolean = path.length === 3 && isPair(pair) && ['draft', 'share'].includes(String(pair.key));
      if (key !== 'key' && !isBoolean && typeof scalar.value !== 'string' && scalar.value !== null)
        scalar.value = scalar.source ?? String(scalar.value);
    },
  });
  let fields: Record<string, unknown>;
  try {
    fields = (document.toJS() ?? {}) as Record<string, unknown>;
  } catch (error) {
    return failure(messageOf(error));
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

  // Fields without a value, such as `tags:`, count as missing.
  const withoutEmpty = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, withoutEmpty(each)]])),
        )
      : value;
  const given = withoutEmpty(fields) as Record<string, unknown>;
  const parsed = schema.safeParse(given);
  const problems = (parsed.error?.issues ?? [])
    .flatMap((issue) => describeIssue(issue, given))
    .map(({ path, key, text }) => `${place(path, key)}: ${text}`);
  return { fields: given, post: parsed.data, problems, place };
}
