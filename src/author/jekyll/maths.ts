/** Finds maths in kramdown, however the old blog's MathJax was told to find it. */
import { withoutRawTags } from './code.ts';
import {
  type Context,
  endsLine,
  matchAt,
  type Position,
  type Rule,
  startsLine,
  type Taken,
  takePiece,
} from './scan.ts';

const blankLine = /\n[ \t>]*\n/;

/** kramdown has read its own escapes before MathJax sees the TeX; `\{` and `\}` it takes, and no author meant it to. */
const afterKramdown = (tex: string): string => tex.replace(/\\([\\.*_+`<>()[\]!:|"'=-])/g, '$1');

/** Is `… ` between two dollars TeX, or the text between two prices? */
function looksLikeTex(inner: string, next: string | undefined): boolean {
  const text = inner.trim();
  if (text === '' || blankLine.test(inner) || /\d/.test(next ?? '')) return false;
  if (/[\\^_={}]/.test(text)) return true;
  const longest = Math.max(0, ...(text.match(/[A-Za-z]+/g) ?? []).map((word) => word.length));
  return /[A-Za-z\d]/.test(text) && longest <= (/\s/.test(text) ? 1 : 2);
}

function formula(tex: string, display: boolean, length: number, position: Position, context: Context): Taken {
  const quoted = /^[ \t]*>/.test(position.before);
  const lines = quoted ? tex.replace(/^[ \t]*>[ \t]?/gm, '') : tex;
  return takePiece(context, position, length, { kind: 'maths', tex: withoutRawTags(lines), display });
}

/** Nothing stands before the line but a blank line, a heading, a fence or the start of the text. */
function startsBlock({ source, at, before }: Position): boolean {
  if (/[-*+.)]/.test(before)) return true;
  const above = source.slice(0, Math.max(0, at - before.length - 1));
  const line = above.slice(above.lastIndexOf('\n') + 1);
  return /^[ \t>]*$/.test(line) || /^[ \t]*(?:#|\{:|```|~~~)/.test(line);
}

function endsBlock(source: string, end: number): boolean {
  const below = /^[ \t]*(?:\n([^\n]*))?/.exec(source.slice(end))?.[1] ?? '';
  return /^[ \t>]*$/.test(below) || /^[ \t]*\{:/.test(below);
}

/**
 * kramdown's `$$`: a block where it fills one, else inline. Where the two marks stand on lines of their own inside a paragraph, the
 * author meant a block although kramdown set it inline.
 */
const doubleDollar: Rule = {
  first: '$',
  take(position, context) {
    const { source, at, line, before } = position;
    if (!source.startsWith('$$', at)) return undefined;
    const match = matchAt(position, /\$\$([\s\S]*?)\$\$/y);
    const inner = match?.[1] ?? '';
    if (!match || inner.trim() === '' || blankLine.test(inner.trim())) {
      context.note(line, 'maths $$ is never closed before the end of its paragraph; the dollars stay as text');
      return { length: 2, put: position.html ? '$$' : '\\$\\$' };
    }
    const end = at + match[0].length;
    const fills = startsLine(before) && endsLine(source, end);
    const fenced = /^[ \t]*\n/.test(inner) && /\n[ \t>]*$/.test(inner);
    const display = fills && (fenced || (startsBlock(position) && endsBlock(source, end)));
    return formula(inner, display, match[0].length, position, context);
  },
};

/** `\\( … \\)` and `\\[ … \\]`; in raw HTML, which kramdown leaves alone, `\( … \)` and `\[ … \]`. */
const brackets: Rule = {
  first: '\\',
  take(position, context) {
    const mark = position.html ? '\\\\' : '\\\\\\\\';
    const match =
      matchAt(position, new RegExp(`${mark}(\\()([\\s\\S]+?)${mark}\\)`, 'y')) ??
      matchAt(position, new RegExp(`${mark}(\\[)([\\s\\S]+?)${mark}\\]`, 'y'));
    if (match && !blankLine.test(match[2]!.trim())) {
      const tex = position.html ? match[2]! : afterKramdown(match[2]!);
      return formula(tex, match[1] === '[', match[0].length, position, context);
    }
    const opening = position.html ? null : matchAt(position, /\\\\([([])/y);
    if (!opening) return undefined;
    context.note(
      position.line,
      `maths ${opening[0]} is never closed before the end of its paragraph; it stays as text`,
    );
    return { length: opening[0].length, put: `\\\\\\${opening[1]}` };
  },
};

/** `\$ … \$`, which kramdown hands to MathJax as `$ … $`, and `$ … $` itself. */
const singleDollar: Rule = {
  first: '\\$',
  take(position, context) {
    if (position.html) return undefined;
    const escaped = matchAt(position, /\\\$((?:(?!\\\$)[\s\S])+?)\\\$/y);
    const plain = matchAt(position, /\$((?:\\[\s\S]|[^$`\\])+)\$/y);
    const match = escaped ?? plain;
    if (match && looksLikeTex(match[1]!, position.source[position.at + match[0].length])) {
      return formula(afterKramdown(match[1]!), false, match[0].length, position, context);
    }
    if (escaped) return { length: 2, put: '\\$' };
    return position.source[position.at] === '$' ? { length: 1, put: '\\$' } : undefined;
  },
};

/** `\begin{align} … \end{align}` in the open, which MathJax sets as a display. */
const environment: Rule = {
  first: '\\',
  take(position, context) {
    const match = matchAt(
      position,
      /\\begin\{((?:equation|align|gather|multline|alignat|eqnarray|split|cases|[bpvBV]?matrix)\*?)\}[\s\S]*?\\end\{\1\}/y,
    );
    if (!match || blankLine.test(match[0])) return undefined;
    // An author who doubles the backslashes for kramdown ends a row by four of them.
    const tex = match[0].includes('\\\\\\\\') ? afterKramdown(match[0]) : match[0];
    return formula(tex, true, match[0].length, position, context);
  },
};

/** `\eqref{name}` in the open, which MathJax resolves. */
const reference: Rule = {
  first: '\\',
  take(position, context) {
    const match = matchAt(position, /\\{1,2}((?:eq)?ref\{[^{}\n]*\})/y);
    return match ? formula(`\\${match[1]}`, false, match[0].length, position, context) : undefined;
  },
};

export const mathsRules: readonly Rule[] = [doubleDollar, brackets, singleDollar, environment, reference];
