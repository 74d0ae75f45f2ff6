/** Scanning rules for raw HTML as kramdown reads it: a block element ends at its closing tag and contains no Markdown. */
import { markdownify } from '../blog/liquid-engine.ts';
import { macrosIn } from '../tex/macros.ts';
import { characterRules } from './character-references.ts';
import { liquidRules } from './liquid.ts';
import { mathsRules } from './maths.ts';
import { referenceRules } from './references.ts';
import {
  type Context,
  htmlInLine,
  indexFrom,
  matchAt,
  nextLine,
  type Position,
  type Rule,
  scan,
  startsLine,
  takeSegment,
  withoutPrefix,
} from './scan.ts';
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
  const isVoid = name.toLowerCase() === 'hr';
  if (!isVoid && indexFrom(lowerCase(source), `</${name.toLowerCase()}`, at) < 0) return undefined;
  const tags = new RegExp(`<(/?)${name}\\b[^<>]*?(/?)>`, 'gi');
  tags.lastIndex = at;
  let depth = 0;
  for (let tag = tags.exec(source); tag; tag = tags.exec(source)) {
    if (tag[1]) depth -= 1;
    else if (!tag[2] && !isVoid) depth += 1;
    if (depth <= 0) return tag.index + tag[0].length - at;
  }
  return undefined;
}

const comment: Rule = {
  first: '<',
  take(position, context) {
    if (!position.source.startsWith('<!', position.at)) return undefined;
    // kramdown knows no `<![CDATA[` and shows it.
    if (!position.source.startsWith('<!--', position.at)) return { length: 2, put: position.html ? '&lt;!' : '\\<!' };
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
    const gist = /\bsrc=["']?((?:https?:)?\/\/gist\.github\.com\/[\w/.-]+?)(?:\.js)?(?:[?#][^"'\s>]*)?["'\s]?$/.exec(
      match[2]!.trim(),
    )?.[1];
    if (gist) {
      const url = gist.replace(/^\/\//, 'https://');
      context.note(position.line, 'html', 'code of a gist needs a script; a link to it stands in its place');
      return { length: match[0].length, put: position.html ? `<a href="${url}">${url}</a>` : `[${url}](${url})` };
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
    // Markdown would read a line in a tag that begins with `>` as a quotation.
    const isBroken = !position.html && match[0].includes('\n');
    if (isBroken && /\n[ \t]*\n/.test(match[0])) return undefined;
    if (isBroken && !/\{|&#/.test(match[0]))
      return { length: match[0].length, put: match[0].replace(/\s*\n\s*/g, ' ') };
    if (!/\{|&#/.test(match[0])) return { length: match[0].length, put: match[0], verbatim: true };
    const options = { firstLine: position.line, html: true, before: 'x' };
    return { length: match[0].length, put: scan(match[0], attributeRules, context, options).text, verbatim: true };
  },
};

/** Liquid in an attribute: of what cannot be filled in nothing stays, since it can be no comment there. */
const attributeRules: readonly Rule[] = [...liquidRules, ...characterRules].map(({ first, take }) => ({
  first,
  take(position, context) {
    const pieces = context.pieces.length;
    const taken = take(position, context);
    return taken && context.pieces.length > pieces ? { ...taken, put: '' } : taken;
  },
}));

/** A text without the indentation that all its lines after the first have. */
function dedented(text: string): string {
  const [first, ...others] = text.split('\n');
  const depths = others.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0].length);
  const depth = Math.min(...depths, 1000);
  return [first!.trimStart(), ...others.map((line) => line.slice(Math.min(depth, line.length)))].join('\n');
}

/** The Markdown inside an element whose tags are dropped. */
function markdownInside(source: string, opening: string, position: Position, context: Context): string {
  const inner = dedented(source.slice(opening.length).replace(/<\/[^<>]*>$/, ''));
  const { text } = scan(inner, context.rules, context, { firstLine: position.line });
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}

/** Elements whose content is raw in kramdown, unless an element in it says otherwise. */
const holdsRaw = /^<(?:dl|ol|ul|table|thead|tbody|tfoot|tr|pre|code|textarea|select)(?=[\s/>])/i;
/** Elements whose content kramdown reads as Markdown if the blog or the post says `parse_block_html`. */
const holdsByDefault = new RegExp(
  `^<(?:${[
    'address|applet|article|aside|blockquote|body|button|caption|center|dd|details|div|dt|fieldset|figcaption|figure|footer',
    'form|h[1-6]|header|hgroup|legend|li|main|map|menu|nav|noscript|object|p|section|summary|td|th',
  ].join('|')})(?=[\\s/>])`,
  'i',
);

/** Whether kramdown reads Markdown in an element; `isInside` another one that it reads as HTML, it asks for that itself. */
function holdsMarkdown(opening: string, { parsesBlocks }: Context, isInside: boolean): boolean {
  if (holdsRaw.test(opening)) return false;
  const asked = /\bmarkdown=["']?(0|1|block|span)/.exec(opening)?.[1];
  if (asked !== undefined) return asked !== '0';
  return parsesBlocks && holdsByDefault.test(opening) && (!isInside || /^<d[dt]/i.test(opening));
}

/** Within raw HTML, the content of an element with `markdown="1"`, such as a caption, becomes HTML. */
const markdownElement: Rule = {
  first: '<',
  take(position, context) {
    const opening = matchAt(position, /<([a-zA-Z][\w-]*)\b[^<>]*>/y);
    if (!opening || !holdsMarkdown(opening[0], context, position.at > 0)) return undefined;
    const length = elementLength(position, opening[1]!);
    if (length === undefined) return undefined;
    const source = position.source.slice(position.at, position.at + length);
    const markdown = markdownInside(source, opening[0], position, context).replace(
      /(?<!\\)\[\^([^\]\s]+)\](?!:)/g,
      (written, name: string) =>
        addSegment(context.pieces, { kind: 'footnote', name, line: position.line, source: written }),
    );
    const html = markdownify(`\n\n${markdown}\n\n`).trim();
    const isOneParagraph = html.lastIndexOf('<p>') === 0 && html.endsWith('</p>');
    const inner = isOneParagraph ? html.slice('<p>'.length, -'</p>'.length) : html;
    const tag = opening[0].replace(/\s*\bmarkdown=(?:"[^"]*"|'[^']*'|\w+)/, '');
    return { length, put: `${tag}${inner}</${opening[1]}>` };
  },
};

/** Elements that mean nothing around their Markdown, being there for the old theme. */
const wrapper =
  /^(?:address|article|aside|body|center|div|fieldset|footer|form|header|html|main|nav|object|p|section)$/i;

/** What stands for a tag that is left out: nothing, or the end of the paragraph above. */
function blankFor({ source, at, before }: Position): string {
  const above = source.slice(0, Math.max(0, at - before.length - 1));
  const isBelowText = /^[ \t>]*$/.test(before) && /[^\s>]/.test(above.slice(above.lastIndexOf('\n') + 1));
  return isBelowText ? `\n${before}` : '';
}

/** A block element becomes one segment; with `markdown="1"` the tags of most are dropped, and its content is scanned as Markdown. */
const element: Rule = {
  first: '<',
  take(position, context) {
    if (position.html || !startsLine(position.before)) return undefined;
    const closing = matchAt(position, /<\/([a-zA-Z][\w-]*)\s*>/y);
    if (closing && blockTags.test(closing[1]!)) {
      context.note(position.line, 'look', `${closing[0]} closes nothing and is left out`);
      return { length: closing[0].length, put: blankFor(position) };
    }
    const opening = matchAt(position, /<([a-zA-Z][\w-]*)\b[^<>]*>/y);
    if (!opening || !blockTags.test(opening[1]!)) return undefined;
    const length = elementLength(position, opening[1]!);
    if (length === undefined) {
      context.note(position.line, 'look', `<${opening[1]}> is never closed and is left out; what follows stays`);
      return { length: opening[0].length, put: blankFor(position) };
    }
    const source = position.source.slice(position.at, position.at + length);
    const written = withoutPrefix(source, position.before);
    if (holdsMarkdown(opening[0], context, false) && wrapper.test(opening[1]!)) {
      if (opening[0].includes('='))
        context.note(position.line, 'look', `${opening[0]} is left out around its Markdown, which stays`);
      const text = markdownInside(written, opening[0], position, context);
      const lines = text === '' ? [] : text.split('\n');
      const above = /[^>\s]/.test(position.before) ? [] : ['', ''];
      return { length, put: [...above, ...lines, '', ''].join(`\n${nextLine(position.before)}`) };
    }
    const { text: html } = scan(written, htmlRules, context, { firstLine: position.line, html: true });
    const prefix = nextLine(position.before).trimEnd();
    const token = addSegment(context.pieces, { kind: 'html', html, line: position.line, source });
    return { length, put: `${token}\n${prefix}\n${nextLine(position.before)}` };
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

/** Two hyphens before a word, as of `--help`: kramdown leaves those in HTML as they are, the site makes a dash of them. */
const hyphens: Rule = {
  first: '-',
  take(position, context) {
    const match = /(?:^|[\s(>])$/.test(position.before) ? matchAt(position, /--(?=[a-z])/iy) : null;
    return match ? takeSegment(context, position, 2, { kind: 'hyphens' }) : undefined;
  },
};

/** An element in a line in which kramdown reads no Markdown. */
const rawSpan: Rule = {
  first: '<',
  take(position, context) {
    if (position.html) return undefined;
    const opening = matchAt(position, /<(code|kbd|samp|var|svg|math)(?=[\s>])[^<>]*>/iy);
    if (!opening || opening[0].endsWith('/>')) return undefined;
    const [tag, name] = opening as unknown as [string, string];
    const start = position.at + tag.length;
    const end = indexFrom(lowerCase(position.source), `</${name.toLowerCase()}>`, start);
    if (end < 0) return undefined;
    const isForeign = /^(?:svg|math)$/i.test(name);
    const inner = position.source.slice(start, end);
    // One within another ends with the outer one, and in a text nothing goes over an empty line.
    if (isForeign ? inner.toLowerCase().includes(`<${name.toLowerCase()}`) : /\n[ \t>]*\n/.test(inner))
      return undefined;
    const flat = withoutPrefix(inner, position.before).replace(/\s*\n\s*/g, ' ');
    const options = { firstLine: position.line, html: true, before: 'x' };
    const { text } = scan(flat, [comment, ...liquidRules, ...characterRules, hyphens], context, options);
    const first = startsLine(position.before)
      ? addSegment(context.pieces, { kind: 'text', text: '', line: position.line, source: '' })
      : '';
    // As in code between backticks, a bar in it ends no cell.
    const isCell = /^[ \t>]*\|/.test(position.before);
    const written = isCell ? htmlInLine(text).replace(/(?<!\\)\|/g, '\\|') : htmlInLine(text);
    const put = `${first}${tag.replace(/\s*\n\s*/g, ' ')}${written}</${name}>`;
    return { length: end + name.length + 3 - position.at, put };
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
  ...characterRules,
  hyphens,
];

/** The rules for raw HTML in Markdown. */
export const rawHtmlRules: readonly Rule[] = [comment, script, ...referenceRules, element, rawSpan, spanAtStart, tag];
