/**
 * Pandoc's citation syntax in the text of a post: `[see @a, p. 3; also @b]`, `[-@a]` without the author, `@a [p. 3]` as
 * part of a sentence. What stands beside a key may be any Markdown. An escaped `\[` or `\@` begins nothing.
 */
import type { Node, Nodes, PhrasingContent } from 'mdast';
import type { Point } from 'unist';
import type { VFile } from 'vfile';

declare module 'mdast' {
  interface PhrasingContentMap {
    citation: Citation;
  }
  interface RootContentMap {
    citation: Citation;
  }
}

type Place = Pick<Point, 'line' | 'column'>;

/** One work that is cited, and what the author wrote before and after its key. */
export type Cite = {
  key: string;
  place: Place | undefined;
  suppressAuthor: boolean;
  prefix: PhrasingContent[];
  suffix: PhrasingContent[];
};

/** Works that are cited together, in parentheses or, if `narrative`, as part of the sentence. */
export interface Citation extends Node {
  type: 'citation';
  narrative: boolean;
  cites: Cite[];
  place: Place | undefined;
}

/** A piece of a block's content: words, one of the characters that the syntax is made of, a key, or another node. */
type Atom =
  | { kind: 'text'; value: string }
  | { kind: 'mark'; value: '[' | ']' | ';'; place: Place | undefined }
  | { kind: 'key'; value: string; key: string; suppressAuthor: boolean; place: Place | undefined }
  | { kind: 'node'; node: PhrasingContent }
  | { kind: 'citation'; citation: Citation };

const special = /[[\];@]/g;
/** Escapes and character references as wholes, so that what they stand for is told from what is written plainly. */
const written = /\\[!-/:-@[-`{-~]|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});|[[\];@]/g;
const references: Readonly<Record<string, string>> = {
  lsqb: '[',
  lbrack: '[',
  rsqb: ']',
  rbrack: ']',
  semi: ';',
  commat: '@',
};
const keyAt = /[\p{L}\p{N}_](?:[:.#$%&\-+?<>~/]?[\p{L}\p{N}_])*/uy;
/** What may stand before a key that is no part of an address or a word. */
const before = /(?:^|[\s([{;:,"'“‘„«»「『（【—–/])-?$/u;

/** The special character that a token of the source stands for, and whether it is written plainly. */
function decoded(token: string): { value: string; plain: boolean } | undefined {
  if (token.length === 1) return { value: token, plain: true };
  if (token.startsWith('\\')) return { value: token[1]!, plain: false };
  const name = token.slice(1, -1);
  const code = name.startsWith('#') ? Number(name.replace(/^#[xX]/, '0x').replace(/^#/, '')) : undefined;
  const value =
    code === undefined ? references[name] : code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined;
  return value === undefined ? undefined : { value, plain: false };
}

/** The place of each plainly written special character of a text, by its offset in the text. */
function plain(
  value: string,
  position: Nodes['position'],
  file: VFile,
  around?: Place,
): Map<number, Place | undefined> {
  const found = [...value.matchAll(special)].map((match) => match.index);
  const all = new Map(found.map((offset) => [offset, position?.start ?? around]));
  if (position?.start.offset === undefined || position.end.offset === undefined) return all;
  const source = String(file.value).slice(position.start.offset, position.end.offset);
  const tokens = [...source.matchAll(written)].flatMap((match) => {
    const token = decoded(match[0]);
    return token && '[];@'.includes(token.value) ? [{ ...token, index: match.index }] : [];
  });
  if (tokens.length !== found.length || tokens.some((token, i) => token.value !== value[found[i]!])) return all;
  let { line, column } = position.start;
  let from = 0;
  for (const [i, token] of tokens.entries()) {
    const lines = source.slice(from, token.index).split('\n');
    column = lines.length > 1 ? lines.at(-1)!.length + 1 : column + lines[0]!.length;
    line += lines.length - 1;
    from = token.index;
    if (token.plain) all.set(found[i]!, { line, column });
    else all.delete(found[i]!);
  }
  return all;
}

function atomsOf(children: readonly PhrasingContent[], file: VFile, around?: Place): Atom[] {
  return children.flatMap((node): Atom[] => {
    if (node.type !== 'text') return [{ kind: 'node', node }];
    if (!/[[\];@]/.test(node.value)) return [{ kind: 'text', value: node.value }];
    const atoms: Atom[] = [];
    let from = 0;
    const text = (to: number) => {
      if (to > from) atoms.push({ kind: 'text', value: node.value.slice(from, to) });
    };
    const specials = plain(node.value, node.position, file, around);
    for (const [offset, place] of specials) {
      if (offset < from) continue;
      const value = node.value[offset] as '[' | ']' | ';' | '@';
      if (value !== '@') {
        text(offset);
        atoms.push({ kind: 'mark', value, place });
        from = offset + 1;
        continue;
      }
      keyAt.lastIndex = offset + 1;
      const key = keyAt.exec(node.value)?.[0];
      if (key === undefined || !before.test(node.value.slice(Math.max(0, offset - 2), offset))) continue;
      const suppressAuthor = node.value[offset - 1] === '-' && offset - 1 >= from;
      const bracket = offset - (suppressAuthor ? 2 : 1);
      // What follows an escaped bracket is text, as the bracket is.
      if (node.value[bracket] === '[' && !specials.has(bracket)) continue;
      text(suppressAuthor ? offset - 1 : offset);
      from = offset + 1 + key.length;
      atoms.push({ kind: 'key', value: `${suppressAuthor ? '-' : ''}@${key}`, key, suppressAuthor, place });
    }
    text(node.value.length);
    return atoms;
  });
}

/** The content that atoms are, neighbouring words in one text. */
function contentOf(atoms: readonly Atom[]): PhrasingContent[] {
  const content: PhrasingContent[] = [];
  for (const atom of atoms) {
    const last = content.at(-1);
    if (atom.kind === 'node') content.push(atom.node);
    else if (atom.kind === 'citation') content.push(atom.citation);
    else if (last?.type === 'text') last.value += atom.value;
    else content.push({ type: 'text', value: atom.value });
  }
  return content;
}

const source = (atoms: readonly Atom[]): string =>
  atoms
    .map((atom) => ('value' in atom ? atom.value : '…'))
    .join('')
    .trim();

/** What stands between the semicolons that are in no brackets of their own. */
function partsOf(atoms: readonly Atom[]): Atom[][] {
  const parts: Atom[][] = [[]];
  let depth = 0;
  for (const atom of atoms) {
    if (atom.kind === 'mark' && atom.value === '[') depth += 1;
    if (atom.kind === 'mark' && atom.value === ']') depth -= 1;
    if (atom.kind === 'mark' && atom.value === ';' && depth === 0) parts.push([]);
    else parts.at(-1)!.push(atom);
  }
  return parts;
}

/** The work that a part cites. Throws SyntaxError if it holds no key or several. */
function citeOf(part: readonly Atom[]): Cite {
  if (part.some(({ kind }) => kind === 'citation'))
    throw new SyntaxError('a citation within a citation; write all works in one pair of brackets, [@a; see @b]');
  const [at, ...others] = part.flatMap(({ kind }, i) => (kind === 'key' ? [i] : []));
  if (at === undefined)
    throw new SyntaxError(`“${source(part)}” cites nothing; write a key, as @key, between the semicolons`);
  if (others.length > 0) throw new SyntaxError(`“${source(part)}” cites two works; write a semicolon between them`);
  const { key, place, suppressAuthor } = part[at] as Atom & { kind: 'key' };
  return { key, place, suppressAuthor, prefix: contentOf(part.slice(0, at)), suffix: contentOf(part.slice(at + 1)) };
}

/** An open bracket: where it stands among the atoms, whether a key follows, and the key of a sentence before it. */
type Open = { at: number; keyed: boolean; narrative: number | undefined };

/** The key directly before the end of `atoms`, which one space may follow. */
function keyBefore(atoms: readonly Atom[]): number | undefined {
  const last = atoms.at(-1);
  const at = atoms.length - (last?.kind === 'text' && /^[ \n]$/.test(last.value) ? 2 : 1);
  return atoms[at]?.kind === 'key' ? at : undefined;
}

/**
 * The content of a block with its citations as nodes; undefined if it has none. A key outside of brackets is one only if
 * `known`, so that `@octocat` stays text. Reports brackets that cannot be
 * read, at the place `around` where a text has none of its own.
 */
export function withCitations(
  children: readonly PhrasingContent[],
  file: VFile,
  known: (key: string, place: Place | undefined) => boolean,
  report: (place: Place | undefined, problem: string) => void,
  around?: Place,
): PhrasingContent[] | undefined {
  const atoms: Atom[] = [];
  const open: Open[] = [];
  let found = false;
  /** Puts a citation in place of the atoms from `from`. */
  const cite = (from: number, place: Place | undefined, narrative: boolean, cites: () => Cite[]) => {
    found = true;
    try {
      const citation: Citation = { type: 'citation', narrative, cites: cites(), place };
      atoms.splice(from, atoms.length - from, { kind: 'citation', citation });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      report(place, error.message);
      atoms.splice(from);
    }
  };
  for (const atom of atomsOf(children, file, around)) {
    if (atom.kind === 'key') {
      const inner = open.at(-1);
      if (inner) inner.keyed = true;
    }
    if (atom.kind === 'mark' && atom.value === '[') {
      const narrative = open.length === 0 ? keyBefore(atoms) : undefined;
      open.push({ at: atoms.length, keyed: false, narrative });
    }
    const bracket = atom.kind === 'mark' && atom.value === ']' ? open.pop() : undefined;
    if (bracket === undefined) {
      atoms.push(atom);
      continue;
    }
    const [first = [], ...rest] = partsOf(
      atoms.slice(bracket.keyed || bracket.narrative !== undefined ? bracket.at + 1 : atoms.length),
    );
    const spoken = bracket.narrative === undefined ? undefined : (atoms[bracket.narrative] as Atom & { kind: 'key' });
    if (spoken && !first.some(({ kind }) => kind === 'key') && known(spoken.key, undefined)) {
      const { key, place, suppressAuthor } = spoken;
      const suffix: PhrasingContent[] = [{ type: 'text', value: ', ' }, ...contentOf(first)];
      cite(bracket.narrative!, place, true, () => [
        { key, place, suppressAuthor, prefix: [], suffix },
        ...rest.map(citeOf),
      ]);
    } else if (bracket.keyed) {
      const { place } = atoms[bracket.at] as Atom & { kind: 'mark' };
      cite(bracket.at, place, false, () => [first, ...rest].map(citeOf));
    } else atoms.push(atom);
  }
  const content = atoms.map((atom, i): Atom => {
    if (atom.kind !== 'key' || !known(atom.key, atom.place)) return atom;
    const previous = atoms[i - 1];
    if (previous?.kind === 'mark' && previous.value === '[')
      report(previous.place, `this [ before @${atom.key} is never closed; write \\[ for the bracket itself`);
    found = true;
    const { key, place, suppressAuthor } = atom;
    const one: Cite = { key, place, suppressAuthor, prefix: [], suffix: [] };
    return { kind: 'citation', citation: { type: 'citation', narrative: !suppressAuthor, cites: [one], place } };
  });
  return found ? contentOf(content) : undefined;
}
