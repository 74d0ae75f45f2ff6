/** Scanning rules for maths in kramdown and MathJax: dollars, brackets, environments and equation references. */
import { withoutRawTags } from './code.ts';
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

const blankLine = /\n[ \t>]*\n/;

/** Undoes kramdown's escapes, as MathJax sees the TeX. Kramdown unescapes `\{` and `\}` too, but TeX needs them. */
const afterKramdown = (tex: string): string => tex.replace(/\\([\\.*_+`<>()[\]!:|"'=-])/g, '$1');

/** Tells TeX between two dollars from the text between two prices; `next` is the character after the second dollar. */
function looksLikeTex(inner: string, next: string | undefined): boolean {
  const text = inner.trim();
  if (text === '' || blankLine.test(inner) || /\d/.test(next ?? '')) return false;
  if (/[\\^_={}]/.test(text)) return true;
  const longest = Math.max(0, ...(text.match(/[A-Za-z]+/g) ?? []).map((word) => word.length));
  return /[A-Za-z\d]/.test(text) && longest <= (/\s/.test(text) ? 1 : 2);
}

function formula(tex: string, display: boolean, length: number, position: Position, context: Context): RuleMatch {
  const quoted = /^[ \t]*>/.test(position.before);
  const lines = quoted ? tex.replace(/^[ \t]*>[ \t]?/gm, '') : tex;
  return takeSegment(context, position, length, { kind: 'maths', tex: withoutRawTags(lines), display });
}

/** Whether the line above is blank, a heading, an attribute list or a fence, or the text starts here. */
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
 * kramdown's `$$ … $$`: a display where it is a whole block, else inline. Marks on lines of their own inside a paragraph are
 * taken as a display too: kramdown sets it inline, but the author meant a block.
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

/** `\$ … \$`, which reaches MathJax as `$ … $`, and `$ … $` itself. */
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

/** `\begin{align} … \end{align}` outside of dollars, which MathJax sets as a display. */
const environment: Rule = {
  first: '\\',
  take(position, context) {
    const match = matchAt(
      position,
      /\\begin\{((?:equation|align|gather|multline|alignat|eqnarray|split|cases|[bpvBV]?matrix)\*?)\}[\s\S]*?\\end\{\1\}/y,
    );
    if (!match || blankLine.test(match[0])) return undefined;
    // Four backslashes: the author doubled every backslash for kramdown.
    const tex = match[0].includes('\\\\\\\\') ? afterKramdown(match[0]) : match[0];
    return formula(tex, true, match[0].length, position, context);
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

export const mathsRules: readonly Rule[] = [doubleDollar, brackets, singleDollar, environment, reference];
