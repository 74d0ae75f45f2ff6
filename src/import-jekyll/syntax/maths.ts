/** Scanning rules for maths in kramdown and MathJax: dollars, brackets, environments and equation references. */
import { takeDefinitions } from '../tex/macros.ts';
import { withoutRawTags } from './code.ts';
import { afterKramdown, asMathJaxReads, blankLine, isFormula, isProse, looksLikeTex } from './delimiters.ts';
import {
  type Context,
  endsLine,
  indexFrom,
  matchAt,
  type Position,
  type Rule,
  type RuleMatch,
  startsLine,
  takeSegment,
} from './scan.ts';

/** Environments that make lines of their own, also in a line of text, and numbers, which only these have. */
const rows = /\\begin\{(?:align|gather|equation|multline|eqnarray|alignat|flalign)\*?\}|\\tag\*?\s*\{/;

/** Takes a formula, its definitions of macros apart. */
function formula(written: string, display: boolean, length: number, position: Position, context: Context): RuleMatch {
  const quoted = /^[ \t]*>/.test(position.before);
  const lines = quoted ? written.replace(/^[ \t]*>[ \t]?/gm, '') : written;
  const { rest, macros } = takeDefinitions(withoutRawTags(lines));
  for (const [name, macro] of macros) context.macros.set(name, { ...macro, line: position.line });
  const tex = asMathJaxReads(rest);
  if (macros.size > 0 && tex.trim() === '') return { length, put: '' };
  return takeSegment(context, position, length, { kind: 'maths', tex, display: display || rows.test(tex) });
}

/** Whether the line above is blank, a heading, an attribute list or a fence, or the text starts here. */
function startsBlock({ source, at, before }: Position): boolean {
  if (/[-*+.)]/.test(before)) return true;
  const above = source.slice(0, Math.max(0, at - before.length - 1));
  const line = above.slice(above.lastIndexOf('\n') + 1);
  return /^[ \t>]*$/.test(line) || /^[ \t]*(?:#|\{:|```|~~~)/.test(line);
}

function endsBlock(source: string, end: number): boolean {
  const below = /^[ \t]*(?:\n([^\n]*))?/.exec(source.slice(end, end + 2000))?.[1] ?? '';
  return /^[ \t>]*$/.test(below) || /^[ \t]*\{:/.test(below);
}

/** Marks that nothing closed, by context: whether text between later ones is prose then decides if they belong together. */
const rejected = new WeakSet<Context>();

/** Whether a text between two marks is a formula. */
function belongTogether(inner: string, isBlock: boolean, { html }: Position, context: Context): boolean {
  if (inner.trim() === '' || (html && /<\/?(?!br\b)[a-z][^<>]*>/i.test(inner))) return false;
  if (blankLine.test(inner.trim())) return isBlock ? !/\$/.test(inner) : inner.length < 5000 && !isProse(inner);
  return !(rejected.has(context) && isProse(inner));
}

/** Leaves a mark as text. */
function leaveMark(mark: string, put: string, { line }: Position, context: Context): RuleMatch {
  rejected.add(context);
  context.note(line, 'text', `maths ${mark} is never closed before the end of its paragraph; it stays as text`);
  return { length: mark.length, put };
}

/**
 * kramdown's `$$ … $$`: a display where it is a whole block, which may have empty lines, else inline. Marks on lines of
 * their own inside a paragraph are taken as a display too: kramdown sets it inline, but the author meant a block.
 */
const doubleDollar: Rule = {
  first: '$',
  take(position, context) {
    const { source, at, before, html } = position;
    if (!source.startsWith('$$', at)) return undefined;
    const close = indexFrom(source, '$$', at + 2);
    const inner = close < 0 ? '' : source.slice(at + 2, close);
    const end = close + 2;
    const fills = close >= 0 && startsLine(before) && endsLine(source, end);
    const isBlock = fills && startsBlock(position) && endsBlock(source, end);
    if (close < 0 || !belongTogether(inner, isBlock, position, context))
      return leaveMark('$$', html ? '$$' : '\\$\\$', position, context);
    const fenced = /^[ \t]*\n/.test(inner) && /\n[ \t>]*$/.test(inner);
    const display = html || blankLine.test(inner.trim()) || (fills && (fenced || isBlock));
    return formula(inner, display, end - at, position, context);
  },
};

/** `\$$ … $$`, kramdown's inline formula at the start of a block; elsewhere MathJax reads the dollars. */
const escapedDollars: Rule = {
  first: '\\',
  take(position, context) {
    const match = position.html ? null : matchAt(position, /\\\$\$((?:(?!\$\$)[\s\S])+?)\\?\$\$/y);
    if (!match || match[1]!.trim() === '' || blankLine.test(match[1]!)) return undefined;
    return formula(match[1]!, false, match[0].length, position, context);
  },
};

/** `\\( … \\)` and `\\[ … \\]`; in raw HTML, which kramdown leaves alone, `\( … \)` and `\[ … \]`. */
const brackets: Rule = {
  first: '\\',
  take(position, context) {
    const { source, at, html } = position;
    const mark = html ? '\\' : '\\\\';
    const open = source[at + mark.length];
    if (!source.startsWith(mark, at) || (open !== '(' && open !== '[')) return undefined;
    const length = mark.length + 1;
    const close = indexFrom(source, mark + (open === '(' ? ')' : ']'), at + length);
    const inner = close < 0 ? '' : source.slice(at + length, close);
    const isBlock = open === '[' && inner.length < 5000 && blankLine.test(inner) && !isProse(inner);
    if (close >= 0 && inner.trim() !== '' && (isBlock || !blankLine.test(inner.trim()))) {
      const tex = html ? inner : afterKramdown(inner);
      return formula(tex, open === '[', close + length - at, position, context);
    }
    // In raw HTML `\(` may be anything; in Markdown its backslashes are there for MathJax.
    return html ? undefined : leaveMark(source.slice(at, at + length), `\\\\\\${open}`, position, context);
  },
};

/**
 * `\( … \)` and `\[ … \]` in Markdown, of which kramdown leaves the brackets: some blogs take these as delimiters, in all
 * others the author meant a formula if there is TeX between them.
 */
const plainBrackets: Rule = {
  first: '\\',
  take(position, context) {
    const { source, at, html } = position;
    const open = source[at + 1];
    if (html || (open !== '(' && open !== '[')) return undefined;
    const close = indexFrom(source, open === '(' ? '\\)' : '\\]', at + 2);
    const inner = close < 0 || close - at > 5000 ? '' : source.slice(at + 2, close);
    if (!/\\[A-Za-z]{2}|[\^_]/.test(inner) || blankLine.test(inner.trim()) || isProse(inner)) return undefined;
    return formula(afterKramdown(inner), open === '[', close + 2 - at, position, context);
  },
};

/** `\$ … \$`, which reaches MathJax as `$ … $`, and `$ … $` itself. */
const singleDollar: Rule = {
  first: '\\$',
  take(position, context) {
    const { source, at, html, before } = position;
    const escaped = html ? null : matchAt(position, /\\\$((?:(?!\\\$|\n[ \t>]*\n)[\s\S]){1,2000}?)\\\$/y);
    const plain = matchAt(position, /\$((?:\\[\s\S]|[^$`\\])+)\$/y);
    const match = escaped ?? plain;
    if (match) {
      const [inner, next] = [match[1]!, source[at + match[0].length]];
      const sure = context.singleDollars === true && !escaped && !/[A-Za-z\d]$/.test(before);
      const isTex = sure ? isFormula(inner, next) : looksLikeTex(inner, next);
      const crossesTag = /<\/?[a-z][a-z\d-]*(?:\s[^<>]*)?>/i.test(inner);
      if (isTex && !crossesTag)
        return formula(html ? inner : afterKramdown(inner), false, match[0].length, position, context);
    }
    if (html) return undefined;
    if (escaped) return { length: 2, put: '\\$' };
    return source[at] === '$' ? { length: 1, put: '\\$' } : undefined;
  },
};

/** `\begin{align} … \end{align}` outside of dollars, which MathJax sets as a display. */
const environment: Rule = {
  first: '\\',
  take(position, context) {
    const open = matchAt(
      position,
      /\\begin\{((?:equation|align|gather|multline|alignat|flalign|eqnarray|split|cases|[bpvBV]?matrix)\*?)\}/y,
    );
    const close = open ? indexFrom(position.source, `\\end{${open[1]}}`, position.at) : -1;
    if (!open || close < 0) return undefined;
    const written = position.source.slice(position.at, close + open[1]!.length + 6);
    if (blankLine.test(written) && isProse(written)) return undefined;
    // Four backslashes: the author doubled every backslash for kramdown.
    const tex = written.includes('\\\\\\\\') ? afterKramdown(written) : written;
    return formula(tex, true, written.length, position, context);
  },
};

/** `\eqref{name}` outside of a formula, which MathJax resolves. */
const reference: Rule = {
  first: '\\',
  take(position, context) {
    const match = matchAt(position, /\\{1,2}((?:eq)?ref\{[^{}\n]*\})/y);
    return match ? formula(`\\${match[1]}`, false, match[0].length, position, context) : undefined;
  },
};

export const mathsRules: readonly Rule[] = [
  doubleDollar,
  escapedDollars,
  brackets,
  plainBrackets,
  singleDollar,
  environment,
  reference,
];
