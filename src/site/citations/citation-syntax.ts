/**
 * Parses Pandoc's citation syntax: `[see @a, p. 3; also @b]`, `[-@a]` without the author, `@a [p. 3]` as part of a
 * sentence. The text beside a key may be any Markdown; escaped `\[` and `\@` are plain text.
 */
import type { Node, Nodes, PhrasingContent } from 'mdast';
import type { Point } from 'unist';
import type { VFile } from 'vfile';
import { locationInText } from '../../math/index.ts';

declare module 'mdast' {
  interface PhrasingContentMap {
    citation: Citation;
  }
  interface RootContentMap {
    citation: Citation;
  }
}

type Place = Pick<Point, 'line' | 'column'>;

/** A cited work: its key, and the author's text before and after it. */
export type Cite = {
  key: string;
  place: Place | undefined;
  suppressAuthor: boolean;
  prefix: PhrasingContent[];
  suffix: PhrasingContent[];
};

/** Works cited together, in parentheses or, if `narrative`, as part of the sentence. */
export interface Citation extends Node {
  type: 'citation';
  narrative: boolean;
  cites: Cite[];
  place: Place | undefined;
}

/** A token of a block's content: text, a bracket or semicolon, a key, another node, or a parsed citation. */
type Token =
  | { kind: 'text'; value: string }
  | { kind: 'mark'; value: '[' | ']' | ';'; place: Place | undefined }
  | { kind: 'key'; value: string; key: string; suppressAuthor: boolean; place: Place | undefined }
  | { kind: 'node'; node: PhrasingContent }
  | { kind: 'citation'; citation: Citation };

const special = /[[\];@]/g;
/** Escapes, character references and plain special characters in the source. */
const sourceToken = /\\[!-/:-@[-`{-~]|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});|[[\];@]/g;
const references: Readonly<Record<string, string>> = {
  lsqb: '[',
  lbrack: '[',
  rsqb: ']',
  rbrack: ']',
  semi: ';',
  commat: '@',
};
const keyAt = /[\p{L}\p{N}_](?:[:.#$%&\-+?<>~/]?[\p{L}\p{N}_])*/uy;
/** What may precede a key; otherwise the `@` is part of an e-mail address or a word. */
const beforeKey = /(?:^|[\s([{;:,"'“‘„«»「『（【—–/])-?$/u;

/** The character that a source token stands for; `plain` if it is not escaped. */
function decodeToken(token: string): { value: string; plain: boolean } | undefined {
  if (token.length === 1) return { value: token, plain: true };
  if (token.startsWith('\\')) return { value: token[1]!, plain: false };
  const name = token.slice(1, -1);
  const code = name.startsWith('#') ? Number(name.replace(/^#[xX]/, '0x').replace(/^#/, '')) : undefined;
  const value =
    code === undefined ? references[name] : code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined;
  return value === undefined ? undefined : { value, plain: false };
}

/** The location in the source of each unescaped special character of a text, by its offset in the text. */
function unescapedSpecials(
  value: string,
  position: Nodes['position'],
  file: VFile,
  around?: Place,
): Map<number, Place | undefined> {
  const found = [...value.matchAll(special)].map((match) => match.index);
  const all = new Map(found.map((offset) => [offset, position?.start ?? around]));
  if (position?.start.offset === undefined || position.end.offset === undefined) return all;
  const source = String(file.value).slice(position.start.offset, position.end.offset);
  const tokens = [...source.matchAll(sourceToken)].flatMap((match) => {
    const token = decodeToken(match[0]);
    return token && '[];@'.includes(token.value) ? [{ ...token, index: match.index }] : [];
  });
  if (tokens.length !== found.length || tokens.some((token, i) => token.value !== value[found[i]!])) return all;
  let place: Place = position.start;
  let from = 0;
  for (const [i, token] of tokens.entries()) {
    place = locationInText(source.slice(from, token.index), token.index - from, place);
    from = token.index;
    if (token.plain) all.set(found[i]!, place);
    else all.delete(found[i]!);
  }
  return all;
}

/** Splits the content of a block into tokens. */
function tokenize(children: readonly PhrasingContent[], file: VFile, around?: Place): Token[] {
  return children.flatMap((node): Token[] => {
    if (node.type !== 'text') return [{ kind: 'node', node }];
    if (!/[[\];@]/.test(node.value)) return [{ kind: 'text', value: node.value }];
    const tokens: Token[] = [];
    let from = 0;
    const text = (to: number) => {
      if (to > from) tokens.push({ kind: 'text', value: node.value.slice(from, to) });
    };
    const specials = unescapedSpecials(node.value, node.position, file, around);
    for (const [offset, place] of specials) {
      if (offset < from) continue;
      const value = node.value[offset] as '[' | ']' | ';' | '@';
      if (value !== '@') {
        text(offset);
        tokens.push({ kind: 'mark', value, place });
        from = offset + 1;
        continue;
      }
      keyAt.lastIndex = offset + 1;
      const key = keyAt.exec(node.value)?.[0];
      if (key === undefined || !beforeKey.test(node.value.slice(Math.max(0, offset - 2), offset))) continue;
      const suppressAuthor = node.value[offset - 1] === '-' && offset - 1 >= from;
      const bracket = offset - (suppressAuthor ? 2 : 1);
      // After an escaped bracket the key is text too.
      if (node.value[bracket] === '[' && !specials.has(bracket)) continue;
      text(suppressAuthor ? offset - 1 : offset);
      from = offset + 1 + key.length;
      tokens.push({ kind: 'key', value: `${suppressAuthor ? '-' : ''}@${key}`, key, suppressAuthor, place });
    }
    text(node.value.length);
    return tokens;
  });
}

/** Tokens as Markdown content; adjacent text is merged. */
function contentOf(tokens: readonly Token[]): PhrasingContent[] {
  const content: PhrasingContent[] = [];
  for (const token of tokens) {
    const last = content.at(-1);
    if (token.kind === 'node') content.push(token.node);
    else if (token.kind === 'citation') content.push(token.citation);
    else if (last?.type === 'text') last.value += token.value;
    else content.push({ type: 'text', value: token.value });
  }
  return content;
}

const source = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => ('value' in token ? token.value : '…'))
    .join('')
    .trim();

/** Splits tokens at the semicolons outside of inner brackets. */
function splitAtSemicolons(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'mark' && token.value === '[') depth += 1;
    if (token.kind === 'mark' && token.value === ']') depth -= 1;
    if (token.kind === 'mark' && token.value === ';' && depth === 0) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

/** The work cited in a part. Throws SyntaxError unless it has exactly one key. */
function citeOf(part: readonly Token[]): Cite {
  if (part.some(({ kind }) => kind === 'citation'))
    throw new SyntaxError('a citation within a citation; write all works in one pair of brackets, [@a; see @b]');
  const [at, ...others] = part.flatMap(({ kind }, i) => (kind === 'key' ? [i] : []));
  if (at === undefined)
    throw new SyntaxError(`“${source(part)}” cites nothing; write a key, as @key, between the semicolons`);
  if (others.length > 0) throw new SyntaxError(`“${source(part)}” cites two works; write a semicolon between them`);
  const { key, place, suppressAuthor } = part[at] as Token & { kind: 'key' };
  return { key, place, suppressAuthor, prefix: contentOf(part.slice(0, at)), suffix: contentOf(part.slice(at + 1)) };
}

/** An open bracket: its index among the tokens, whether a key follows, and the index of a key directly before it. */
type OpenBracket = { at: number; keyed: boolean; narrative: number | undefined };

/** The index of the key at the end of `tokens`, apart from one space; undefined if there is none. */
function lastKey(tokens: readonly Token[]): number | undefined {
  const last = tokens.at(-1);
  const at = tokens.length - (last?.kind === 'text' && /^[ \n]$/.test(last.value) ? 2 : 1);
  return tokens[at]?.kind === 'key' ? at : undefined;
}

/**
 * The content of a block with its citations as nodes; undefined if it has none. A key outside of brackets is a citation
 * only if `known`, so that `@octocat` stays text. Reports malformed citations, at `around` if the text has no position.
 */
export function parseCitations(
  children: readonly PhrasingContent[],
  file: VFile,
  known: (key: string, place: Place | undefined) => boolean,
  report: (place: Place | undefined, problem: string) => void,
  around?: Place,
): PhrasingContent[] | undefined {
  const tokens: Token[] = [];
  const open: OpenBracket[] = [];
  let found = false;
  /** Replaces the tokens from `from` on by a citation. */
  const cite = (from: number, place: Place | undefined, narrative: boolean, cites: () => Cite[]) => {
    found = true;
    try {
      const citation: Citation = { type: 'citation', narrative, cites: cites(), place };
      tokens.splice(from, tokens.length - from, { kind: 'citation', citation });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      report(place, error.message);
      tokens.splice(from);
    }
  };
  for (const token of tokenize(children, file, around)) {
    if (token.kind === 'key') {
      const inner = open.at(-1);
      if (inner) inner.keyed = true;
    }
    if (token.kind === 'mark' && token.value === '[') {
      const narrative = open.length === 0 ? lastKey(tokens) : undefined;
      open.push({ at: tokens.length, keyed: false, narrative });
    }
    const bracket = token.kind === 'mark' && token.value === ']' ? open.pop() : undefined;
    if (bracket === undefined) {
      tokens.push(token);
      continue;
    }
    const [first = [], ...rest] = splitAtSemicolons(
      tokens.slice(bracket.keyed || bracket.narrative !== undefined ? bracket.at + 1 : tokens.length),
    );
    const spoken = bracket.narrative === undefined ? undefined : (tokens[bracket.narrative] as Token & { kind: 'key' });
    if (spoken && !first.some(({ kind }) => kind === 'key') && known(spoken.key, undefined)) {
      const { key, place, suppressAuthor } = spoken;
      const suffix: PhrasingContent[] = [{ type: 'text', value: ', ' }, ...contentOf(first)];
      cite(bracket.narrative!, place, true, () => [
        { key, place, suppressAuthor, prefix: [], suffix },
        ...rest.map(citeOf),
      ]);
    } else if (bracket.keyed) {
      const { place } = tokens[bracket.at] as Token & { kind: 'mark' };
      cite(bracket.at, place, false, () => [first, ...rest].map(citeOf));
    } else tokens.push(token);
  }
  const content = tokens.map((token, i): Token => {
    if (token.kind !== 'key' || !known(token.key, token.place)) return token;
    const previous = tokens[i - 1];
    if (previous?.kind === 'mark' && previous.value === '[')
      report(previous.place, `this [ before @${token.key} is never closed; write \\[ for the bracket itself`);
    found = true;
    const { key, place, suppressAuthor } = token;
    const one: Cite = { key, place, suppressAuthor, prefix: [], suffix: [] };
    return { kind: 'citation', citation: { type: 'citation', narrative: !suppressAuthor, cites: [one], place } };
  });
  return found ? contentOf(content) : undefined;
}
