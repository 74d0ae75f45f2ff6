/** Scanning rules for raw HTML as kramdown reads it: a block element ends at its closing tag and contains no Markdown. */
import { markdownify } from '../blog/liquid-engine.ts';
import { macrosIn } from '../tex/macros.ts';
import { liquidRules } from './liquid.ts';
import { mathsRules } from './maths.ts';
import { referenceRules } from './references.ts';
import { type Context, indexFrom, matchAt, type Position, type Rule, scan, startsLine, takeSegment } from './scan.ts';
import { addSegment } from './text-segments.ts';

const blockTags =
  /^(?:address|article|aside|audio|blockquote|body|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|html|iframe|legend|li|main|menu|nav|noframes|object|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video)$/i;

/** Attributes of a tag: none holds the end of the tag unless in quotes. */
const attributes = '(?:"[^"<]*"|\'[^\'<]*\'|[^<>"\'])*';
const anyTag = new RegExp(`</?[a-zA-Z][\\w:-]*(?=[\\s/>])${attributes}>`, 'y');

let lowered = { source: '', text: '' };

/** A source in lower case, made once for all places that look for it. */
function lowerCase(source: string): string {
  if (lowered.source !== source) lowered = { source, text: source.toLowerCase() };
  return lowered.text;
}

/** Characters from an opening tag to the end of its closing tag, nested tags of that name counted. */
function elementLength({ source, at }: Position, name: string): number | undefined {
  if (indexFrom(lowerCase(source), `</${name.toLowerCase()}`, at) < 0) return undefined;
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
    const end = indexFrom(position.source, '-->', position.at + 4);
    if (end >= 0) {
      const text = position.source.slice(position.at + 4, end).trim();
      const length = end + 3 - position.at;
      const isExcerptMark = text === '' || text === 'more';
      return isExcerptMark ? { length, put: '' } : takeSegment(context, position, length, { kind: 'comment', text });
    }
    context.note(position.line, 'text', 'an HTML comment <!-- is never closed by -->; it stays as text');
    return { length: 4, put: position.html ? '&lt;!--' : '\\<!--' };
  },
};

/** MathJax's `<script type="math/tex">` is maths; macros in other scripts are kept; all else in them is left out with a note. */
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
    for (const [name, macro] of macrosIn(match[3]!)) context.macros.set(name, { ...macro, line: position.line });
    const isStyle = match[1]!.toLowerCase() === 'style';
    const isSetUp = isStyle || /mathjax|katex|text\/bibliography/i.test(match[0]);
    context.note(
      position.line,
      isSetUp ? 'look' : 'html',
      `<${match[1]!.toLowerCase()}> is left out: a page of Measured runs and styles nothing of its own`,
    );
    return { length: match[0].length, put: '' };
  },
};

/** A tag in a line, whose attributes hold neither formulas nor Markdown, but Liquid. */
const tag: Rule = {
  first: '<',
  take(position, context) {
    const match = matchAt(position, anyTag);
    if (!match) return undefined;
    if (!/[{]/.test(match[0])) return { length: match[0].length, put: match[0], verbatim: true };
    const options = { firstLine: position.line, html: true, before: 'x' };
    return { length: match[0].length, put: scan(match[0], attributeRules, context, options).text, verbatim: true };
  },
};

/** Liquid in an attribute: of what cannot be filled in nothing stays, since it can be no comment there. */
const attributeRules: readonly Rule[] = liquidRules.map(({ first, take }) => ({
  first,
  take(position, context) {
    const pieces = context.pieces.length;
    const taken = take(position, context);
    return taken && context.pieces.length > pieces ? { ...taken, put: '' } : taken;
  },
}));

/** The Markdown inside an element whose tags are dropped. */
function markdownInside(source: string, opening: string, position: Position, context: Context): string {
  const inner = source.slice(opening.length).replace(/<\/[^<>]*>$/, '');
  const { text } = scan(inner.replace(/^[ \t]+(?![ \t]*(?:[-*+]|\d+\.) )/gm, ''), context.rules, context, {
    firstLine: position.line,
  });
  return `\n\n${text.trim()}\n\n`;
}

const holdsMarkdown = (opening: string): boolean => /\bmarkdown=["']?(?:1|block|span)/.test(opening);

/** Within raw HTML, the content of an element with `markdown="1"`, such as a caption, becomes HTML. */
const markdownElement: Rule = {
  first: '<',
  take(position, context) {
    const opening = matchAt(position, /<([a-zA-Z][\w-]*)\b[^<>]*>/y);
    if (!opening || !holdsMarkdown(opening[0])) return undefined;
    const length = elementLength(position, opening[1]!);
    if (length === undefined) return undefined;
    const source = position.source.slice(position.at, position.at + length);
    const markdown = markdownInside(source, opening[0], position, context).replace(
      /(?<!\\)\[\^([^\]\s]+)\](?!:)/g,
      (written, name: string) =>
        addSegment(context.pieces, { kind: 'footnote', name, line: position.line, source: written }),
    );
    const html = markdownify(markdown).trim();
    const isOneParagraph = html.lastIndexOf('<p>') === 0 && html.endsWith('</p>');
    const inner = isOneParagraph ? html.slice('<p>'.length, -'</p>'.length) : html;
    const tag = opening[0].replace(/\s*\bmarkdown=(?:"[^"]*"|'[^']*'|\w+)/, '');
    return { length, put: `${tag}${inner}</${opening[1]}>` };
  },
};

/** Elements that mean something around their Markdown; the tags of others, such as `<div>`, are for the old theme. */
const meaningful = /^(?:details|summary|blockquote|figure|figcaption)$/i;

/** A block element becomes one segment; with `markdown="1"` the tags of most are dropped, and its content is scanned as Markdown. */
const element: Rule = {
  first: '<',
  take(position, context) {
    if (position.html || !startsLine(position.before)) return undefined;
    const closing = matchAt(position, /<\/([a-zA-Z][\w-]*)\s*>/y);
    if (closing && blockTags.test(closing[1]!)) {
      context.note(position.line, 'look', `${closing[0]} closes nothing and is left out`);
      return { length: closing[0].length, put: '' };
    }
    const opening = matchAt(position, /<([a-zA-Z][\w-]*)\b[^<>]*>/y);
    if (!opening || !blockTags.test(opening[1]!)) return undefined;
    const length = elementLength(position, opening[1]!);
    if (length === undefined) {
      context.note(position.line, 'look', `<${opening[1]}> is never closed and is left out; what follows stays`);
      return { length: opening[0].length, put: '' };
    }
    const source = position.source.slice(position.at, position.at + length);
    if (holdsMarkdown(opening[0]) && !meaningful.test(opening[1]!)) {
      context.note(position.line, 'look', `${opening[0]} is left out around its Markdown, which stays`);
      return { length, put: markdownInside(source, opening[0], position, context) };
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
    const whole = tag.take(position, context);
    return { length: whole?.length ?? match[0].length, put: token + (whole?.put ?? match[0]) };
  },
};

/** The rules inside raw HTML. */
export const htmlRules: readonly Rule[] = [
  comment,
  script,
  ...referenceRules,
  markdownElement,
  tag,
  ...liquidRules,
  ...mathsRules,
];

/** The rules for raw HTML in Markdown. */
export const rawHtmlRules: readonly Rule[] = [comment, script, ...referenceRules, element, spanAtStart, tag];
