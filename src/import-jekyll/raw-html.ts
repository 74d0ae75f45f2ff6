/** Scanning rules for raw HTML as kramdown reads it: a block element ends at its closing tag and contains no Markdown. */
import { liquidRules } from './liquid.ts';
import { mathsRules } from './maths.ts';
import { matchAt, type Position, type Rule, scan, startsLine, takeSegment } from './scan.ts';
import { addSegment } from './text-segments.ts';

const blockTags =
  /^(?:address|article|aside|audio|blockquote|body|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|html|iframe|legend|li|main|menu|nav|noframes|object|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video)$/i;

/** Characters from an opening tag to the end of its closing tag, nested tags of that name counted. */
function elementLength({ source, at }: Position, name: string): number | undefined {
  const tags = new RegExp(`<(/?)${name}\\b[^<>]*?(/?)>`, 'gi');
  tags.lastIndex = at;
  let depth = 0;
  for (let tag = tags.exec(source); tag; tag = tags.exec(source)) {
    if (tag[1]) depth -= 1;
    else if (!tag[2] && name.toLowerCase() !== 'hr') depth += 1;
    if (depth <= 0) return tag.index + tag[0].length - at;
  }
  return undefined;
}

const comment: Rule = {
  first: '<',
  take(position, context) {
    if (!position.source.startsWith('<!--', position.at)) return undefined;
    const match = matchAt(position, /<!--([\s\S]*?)-->/y);
    if (match) {
      const text = match[1]!.trim();
      const isExcerptMark = text === '' || text === 'more';
      return isExcerptMark
        ? { length: match[0].length, put: '' }
        : takeSegment(context, position, match[0].length, { kind: 'comment', text });
    }
    context.note(position.line, 'an HTML comment <!-- is never closed by -->; it stays as text');
    return { length: 4, put: position.html ? '&lt;!--' : '\\<!--' };
  },
};

/** MathJax's `<script type="math/tex">` is maths; every other script and style sheet is left out with a note. */
const script: Rule = {
  first: '<',
  take(position, context) {
    const match = matchAt(position, /<(script|style)\b([^>]*)>([\s\S]*?)<\/\1\s*>/iy);
    if (!match) return undefined;
    if (/type=["']?math\/tex/.test(match[2]!)) {
      const tex = match[3]!.replace(/^% <!\[CDATA\[|%\]\]>$/g, '');
      const display = /mode=display/.test(match[2]!);
      return takeSegment(context, position, match[0].length, { kind: 'maths', tex, display });
    }
    context.note(
      position.line,
      `<${match[1]!.toLowerCase()}> is left out: a page of Measured runs and styles nothing of its own`,
    );
    return { length: match[0].length, put: '' };
  },
};

/** A block element becomes one segment; with `markdown="1"` its tags are dropped and its content is scanned as Markdown. */
const element: Rule = {
  first: '<',
  take(position, context) {
    if (position.html || !startsLine(position.before)) return undefined;
    const closing = matchAt(position, /<\/([a-zA-Z][\w-]*)\s*>/y);
    if (closing && blockTags.test(closing[1]!)) {
      context.note(position.line, `${closing[0]} closes nothing and is left out`);
      return { length: closing[0].length, put: '' };
    }
    const opening = matchAt(position, /<([a-zA-Z][\w-]*)\b[^<>]*>/y);
    if (!opening || !blockTags.test(opening[1]!)) return undefined;
    const length = elementLength(position, opening[1]!);
    if (length === undefined) {
      context.note(position.line, `<${opening[1]}> is never closed and is left out; what follows stays`);
      return { length: opening[0].length, put: '' };
    }
    const source = position.source.slice(position.at, position.at + length);
    if (/\bmarkdown=["']?(?:1|block|span)/.test(opening[0])) {
      context.note(position.line, `${opening[0]} is left out around its Markdown, which stays`);
      const inner = source.slice(opening[0].length).replace(/<\/[^<>]*>$/, '');
      const { text } = scan(inner.replace(/^[ \t]+/gm, ''), context.rules, context, { firstLine: position.line });
      return { length, put: `\n\n${text.trim()}\n\n` };
    }
    const { text: html } = scan(source, htmlRules, context, { firstLine: position.line, html: true });
    const prefix = position.before.replace(/[^>]/g, ' ').trimEnd();
    const token = addSegment(context.pieces, { kind: 'html', html, line: position.line, source });
    return { length, put: `${token}\n${prefix}\n${position.before.replace(/[^> \t]/g, ' ')}` };
  },
};

/**
 * A line that begins with an inline tag is a paragraph in kramdown. CommonMark would read raw HTML up to the next blank
 * line, so an empty segment is put before the tag.
 */
const spanAtStart: Rule = {
  first: '<',
  take(position, context) {
    if (position.html || !startsLine(position.before)) return undefined;
    const match = matchAt(position, /<\/?([a-zA-Z][\w-]*)(?=[\s/>])/y);
    if (!match || blockTags.test(match[1]!)) return undefined;
    const token = addSegment(context.pieces, { kind: 'text', text: '', line: position.line, source: '' });
    return { length: match[0].length, put: token + match[0] };
  },
};

const htmlRules: readonly Rule[] = [comment, script, ...liquidRules, ...mathsRules];

export const rawHtmlRules: readonly Rule[] = [comment, script, element, spanAtStart];
