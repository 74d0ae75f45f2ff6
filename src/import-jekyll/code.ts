/** Scanning rules for code spans, fences and backslash escapes; code is kept as it is but for Jekyll's `{% raw %}` tags. */
import { positionAt } from '../lab/text-position.ts';
import { type Context, endsLine, matchAt, type Position, type Rule, type RuleMatch, startsLine } from './scan.ts';

/** Removes `{% raw %}` and `{% endraw %}`, and the whole line where one stands alone. */
export const withoutRawTags = (text: string): string =>
  text.replace(/^[ \t]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n/gm, '').replace(/\{%-?\s*(?:end)?raw\s*-?%\}/g, '');

function warnAboutLiquid(text: string, position: Position, context: Context): void {
  const liquid = position.raw || text.includes('{% raw %}') ? null : /\{\{.*?\}\}|\{%.*?%\}/.exec(text);
  if (!liquid) return;
  const line = position.line + positionAt(text, liquid.index).line - 1;
  context.note(line, `Jekyll would have filled in ${liquid[0]} inside this code; it is kept as typed`);
}

function keep(text: string, length: number, position: Position, context: Context): RuleMatch {
  warnAboutLiquid(text, position, context);
  return { length, put: withoutRawTags(text), verbatim: true };
}

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
      context.note(line, `the code fence ${marks} is never closed; the rest of the post is read as code`);
      return keep(source.slice(at), source.length - at, position, context);
    }
    const end = closed.index + closed[0].length;
    const code = source.slice(at, end);
    const attributes = /^\n[ \t]*\{:[ \t]*\.(?:language-)?([\w+-]+)[^}\n]*\}(?=[ \t]*(?:\n|$))/.exec(source.slice(end));
    if (!attributes || info.trim()) return keep(code, code.length, position, context);
    const named = code.replace(marks, `${marks}${attributes[1]}`);
    return keep(named, code.length + attributes[0].length, position, context);
  },
};

/** A code span: a run of backticks up to the next run of the same length in the paragraph. */
const span: Rule = {
  first: '`',
  take(position, context) {
    const match = matchAt(position, /(`+)(?!`)((?:(?!\n[ \t>]*\n)[\s\S])*?[^`])\1(?!`)/y);
    if (match) return keep(match[0], match[0].length, position, context);
    const run = matchAt(position, /`+/y)!;
    return { length: run[0].length, put: run[0], verbatim: true };
  },
};

/** `\x` is a literal x. A line break is `\\` in kramdown and `\` in CommonMark. */
const backslash: Rule = {
  first: '\\',
  take({ source, at }) {
    if (source.startsWith('\\\\', at) && endsLine(source, at + 2) && at + 2 < source.length)
      return { length: 2, put: '\\' };
    return { length: Math.min(2, source.length - at), put: source.slice(at, at + 2), verbatim: true };
  },
};

export const codeRules: readonly Rule[] = [fence, span];
export const escapeRules: readonly Rule[] = [backslash];
