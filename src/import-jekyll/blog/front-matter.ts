/** Splits a Jekyll post into its front matter, YAML or TOML, and its body. */
import { parse as parseToml, TomlError } from 'smol-toml';
import { parseDocument } from 'yaml';
import { messageOf } from '../../lab/errors.ts';
import { positionAt } from '../../lab/text-position.ts';
import { ImportError } from '../import-notes.ts';

/** A value of front matter; scalars are strings, as the author wrote them. */
export type Value = string | Value[] | { readonly [key: string]: Value };

/** A post in its parts. */
export type OldPost = {
  readonly values: ReadonlyMap<string, Value>;
  /** The line of the file where a field stands. */
  readonly lineOf: (key: string) => number;
  readonly body: string;
  /** The line of the file where the body starts. */
  readonly bodyLine: number;
};

/** Decodes bytes to text with `\n` line ends. Throws ImportError if they are not UTF-8 text. */
export function decode(bytes: Uint8Array): string {
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new ImportError(1, `expected text, found a zero byte at ${zero}: is this a binary file?`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    throw new ImportError(1, 'expected UTF-8 text, found other bytes; save the file as UTF-8');
  }
}

/** Converts all scalars in a parsed value to strings. */
function asText(value: unknown): Value {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== 'object') return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner)]));
}

/** Indents the further lines of a value in quotes, which Jekyll reads also at the margin. */
function indentQuoted(text: string): string {
  let quote = '';
  return text
    .split('\n')
    .map((line) => {
      const value = quote ? line : (/^[\w-]+:\s*(["'].*)$/.exec(line)?.[1] ?? '');
      const isInside = quote !== '';
      const mark = quote || value[0] || '';
      const bare = mark === '"' ? value.replace(/\\./g, '') : value;
      const count = mark ? bare.split(mark).length - 1 : 0;
      if (count % 2 === 1) quote = isInside ? '' : mark;
      return isInside ? `  ${line}` : line;
    })
    .join('\n');
}

/** Parses YAML. The failsafe schema reads every scalar as a string: `yes`, `1984` and `2017-05-16` stay as written. */
const parseYaml = (text: string) =>
  parseDocument(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });

function readYaml(text: string): unknown {
  let document = parseYaml(text);
  if (document.errors.length > 0) {
    const mended = parseYaml(indentQuoted(text));
    if (mended.errors.length === 0) document = mended;
  }
  const [error] = document.errors;
  if (error) {
    const line = positionAt(text, error.pos[0]).line + 1;
    throw new ImportError(
      line,
      `the front matter is no YAML: ${error.message}; a value with a colon or a quote needs quotes`,
    );
  }
  try {
    return document.toJS();
  } catch (error) {
    throw new ImportError(1, `the front matter is no YAML: ${messageOf(error)}`);
  }
}

function readToml(text: string): unknown {
  try {
    return parseToml(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new ImportError(error.line + 1, `the front matter is no TOML: ${error.message.split('\n')[0]}`);
  }
}

/** A value as Liquid sees it: `true`, `false` and numbers are no strings. */
export function asLiquid(value: Value): unknown {
  if (Array.isArray(value)) return value.map(asLiquid);
  if (typeof value !== 'string')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asLiquid(each)]));
  if (/^(?:true|false)$/.test(value)) return value === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
}

/** Splits a post. Throws ImportError if it has no front matter or it cannot be parsed. */
export function readOldPost(source: string): OldPost {
  const mark = /^(---|\+\+\+)[ \t]*\n/.exec(source);
  if (!mark) {
    const found = source.trim() === '' ? 'an empty file' : source.split('\n', 1)[0]!.slice(0, 40);
    throw new ImportError(
      1,
      `expected front matter between --- lines, found ${found}; Jekyll publishes no post without it`,
    );
  }
  const end = mark[1] === '---' ? /^(?:---|\.\.\.)[ \t]*(?:\n|$)/m : /^\+\+\+[ \t]*(?:\n|$)/m;
  const rest = source.slice(mark[0].length);
  const closing = end.exec(rest);
  if (!closing)
    throw new ImportError(1, `the front matter is never closed: expected a line ${mark[1]} after its last field`);
  const head = rest.slice(0, closing.index);
  const parsed = mark[1] === '---' ? readYaml(head) : readToml(head);
  const values = asText(parsed);
  if (values !== '' && (typeof values === 'string' || Array.isArray(values))) {
    throw new ImportError(2, 'expected front matter of fields such as title: …, found a single value or a list');
  }
  const lines = head.split('\n');
  return {
    values: new Map(Object.entries(values)),
    lineOf: (key) => lines.findIndex((line) => line.replace(/["']/g, '').trimStart().startsWith(key)) + 2 || 1,
    body: rest.slice(closing.index + closing[0].length),
    bodyLine: lines.length + 2,
  };
}
