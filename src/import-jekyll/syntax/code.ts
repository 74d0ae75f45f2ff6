/** Scanning rules for code spans, fences and backslash escapes; code is kept as it is but for Jekyll's `{% raw %}` tags. */
import { positionAt } from '../../lab/text-position.ts';
import {
  type Context,
  endsLine,
  matchAt,
  type Position,
  type Rule,
  type RuleMatch,
  startsLine,
  takeSegment,
} from './scan.ts';

/** Removes `{% raw %}` and `{% endraw %}`, and the whole line where one stands alone. */
export const withoutRawTags = (text: string): string =>
  text.replace(/^[ \t]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n/gm, '').replace(/\{%-?\s*(?:end)?raw\s*-?%\}/g, '');

function warnAboutLiquid(text: string, position: Position, context: Context): void {
  const liquid = position.raw || text.includes('{% raw %}') ? null : /\{\{.*?\}\}|\{%.*?%\}/.exec(text);
  if (!liquid) return;
  const line = position.line + positionAt(text, liquid.index).line - 1;
  context.note(line, 'look', `Jekyll would have filled in ${liquid[0]} inside this code; it is kept as typed`);
}

function keep(text: string, length: number, position: Position, context: Context): RuleMatch {
  warnAboutLiquid(text, position, context);
  return { length, put: withoutRawTags(text), verbatim: true };
}

/** kramdown's language of the block of code above, `{: .language-ruby}`. */
const languageBelow = /^\n[ \t]*\{:[ \t]*\.(?:language-)?([\w+-]+)[^}\n]*\}(?=[ \t]*(?:\n|$))/;

/** A fence, ```` ``` ```` or `~~~`, up to its closing line, and kramdown's `{: .language-ruby}` below. */
const fence: Rule = {
  first: '`~',
  take(position, context) {
    const { source, at, line, before } = position;
    const opening = startsLine(before) ? matchAt(position, /(`{3,}|~{3,})([^\n]*)(?:\n|$)/y) : null;
    const [whole, marks, info] = opening ?? [];
    if (!whole || !marks || info === undefined || (marks[0] === '`' && info.includes('`'))) return undefined;
    const closing = new RegExp(`^[ \\t>]*${marks[0]}{${marks.length},}[ \\t]*$`, 'gm');
    closing.lastIndex = at + whole.length;
    const closed = closing.exec(source);
    if (!closed) {
      context.note(line, 'text', `the code fence ${marks} is never closed; the rest of the post is read as code`);
      return keep(source.slice(at), source.length - at, position, context);
    }
    const end = closed.index + closed[0].length;
    const code = source.slice(at, end);
    const attributes = languageBelow.exec(source.slice(end));
    if (!attributes || info.trim()) return keep(code, code.length, position, context);
    const named = code.replace(marks, `${marks}${attributes[1]}`);
    return keep(named, code.length + attributes[0].length, position, context);
  },
};

/** Whether a line that follows an empty one belongs to a list or a footnote, by the block of text above with less indentation. */
function isInList(above: string): boolean {
  const lines = above.split('\n');
  const marker = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]|^ {0,3}\[\^[^\]]+\]:|^ {0,3}: /;
  const last = lines.findLastIndex((line) => line.trim() !== '' && !/^(?: {4}|\t)/.test(line));
  for (let at = last; at >= 0 && lines[at]!.trim() !== ''; at--) if (marker.test(lines[at]!)) return true;
  return false;
}

/** A block of code by its indentation, which is code in kramdown where no list is above. */
const indented: Rule = {
  first: ' \t',
  take(position, context) {
    const { source, at, before } = position;
    if (before !== '' || !/(?:^\s*|\n[ \t]*\n)$/.test(source.slice(Math.max(0, at - 200), at))) return undefined;
    const match = matchAt(
      position,
      /(?:(?: {4}| {0,3}\t)[^\n]*\S[^\n]*(?:\n|$)(?:[ \t]*\n(?=(?: {4}| {0,3}\t)[^\n]*\S))*)+/y,
    );
    if (!match || isInList(source.slice(Math.max(0, at - 20_000), at))) return undefined;
    const [code] = match;
    const attributes = languageBelow.exec(source.slice(at + code.length - 1, at + code.length + 300));
    if (!attributes || !code.endsWith('\n')) return keep(code, code.length, position, context);
    const marks = '`'.repeat(Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length)) + 1);
    const text = code.replace(/^(?: {4}| {0,3}\t)/gm, '');
    const named = `${marks}${attributes[1]}\n${text}${marks}`;
    return { ...keep(named, code.length - 1 + attributes[0].length, position, context), verbatim: false };
  },
};

/** A code span: a run of backticks up to the next run of the same length in the paragraph. */
const span: Rule = {
  first: '`',
  take(position, context) {
    const match = matchAt(position, /(`+)(?!`)((?:(?!\n[ \t>]*\n)[\s\S])*?[^`])\1(?!`)/y);
    if (match) {
      // In a row of a table kramdown reads a bar in code as code, GFM as the end of the cell.
      const code = /^[ \t>]*\|/.test(position.before) ? match[0].replace(/(?<!\\)\|/g, '\\|') : match[0];
      return keep(code, match[0].length, position, context);
    }
    const run = matchAt(position, /`+/y)!;
    return { length: run[0].length, put: run[0], verbatim: true };
  },
};

/** `\x` is a literal x, `\--` two hyphens. A line break is `\\` in kramdown and `\` in CommonMark. */
const backslash: Rule = {
  first: '\\',
  take(position, context) {
    const { source, at } = position;
    const hyphens = matchAt(position, /\\-\\?-(?![-\\])/y);
    if (hyphens) return takeSegment(context, position, hyphens[0].length, { kind: 'hyphens' });
    if (source.startsWith('\\\\', at) && endsLine(source, at + 2) && at + 2 < source.length)
      return { length: 2, put: '\\' };
    return { length: Math.min(2, source.length - at), put: source.slice(at, at + 2), verbatim: true };
  },
};

/** The rules for code. */
export const codeRules: readonly Rule[] = [indented, fence, span];
/** The rule for escapes, which comes after all others. */
export const escapeRules: readonly Rule[] = [backslash];
