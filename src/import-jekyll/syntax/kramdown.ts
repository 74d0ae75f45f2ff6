/** Scanning rules for syntax that only kramdown has: attribute lists, extensions, heading ids, the contents list, guillemets. */
import {
  type Context,
  endsLine,
  htmlInLine,
  htmlToken,
  indexFrom,
  matchAt,
  type Position,
  type Rule,
  type RuleMatch,
  startsLine,
  takeSegment,
} from './scan.ts';

/** A size in an attribute list: `width="300px"`, `style="width: 50%"`. */
const sizeIn = (inner: string, name: string): string | undefined =>
  new RegExp(`(?:^|[\\s"';])${name}\\s*[=:]\\s*["']?\\s*(\\d+(?:\\.\\d+)?(?:px|%|em|rem|vw)?)`).exec(inner)?.[1];

/** What themes call the callouts of this site: Chirpy's prompts, the notices of Minimal Mistakes, al-folio's blocks. */
const callouts: Readonly<Record<string, string>> = {
  note: 'NOTE',
  info: 'NOTE',
  primary: 'NOTE',
  tip: 'TIP',
  success: 'TIP',
  important: 'IMPORTANT',
  warning: 'WARNING',
  danger: 'CAUTION',
  caution: 'CAUTION',
};
const calloutClass = new RegExp(
  `(?:^|\\s)\\.(?:notice|(?:prompt-|notice--|block-)?(${Object.keys(callouts).join('|')}))(?=\\s|$)`,
);

/** The line above the line of a place that has nothing before it; undefined for any other. */
function lineAbove({ source, at, before }: Position): string | undefined {
  if (!/^[ \t>]*$/.test(before)) return undefined;
  const end = at - before.length - 1;
  return source.slice(source.lastIndexOf('\n', end - 1) + 1, Math.max(0, end));
}

/** Whether a row of a table stands above, to which Markdown would add a line as another row. */
const isBelowRow = (position: Position): boolean => lineAbove(position)?.includes('|') ?? false;

/** What stands in front of a callout's mark: it belongs to the paragraph or the quotation above it, or to the block below. */
function calloutPlace(position: Position): string | undefined {
  const { before } = position;
  const above = before.includes('>') ? undefined : lineAbove(position);
  if (above === undefined) return undefined;
  if (/^[ \t]*>/.test(above)) return `>\n${before}> `;
  return /^[ \t]*(?:[|#`~]|[-*+][ \t]|\d+[.)][ \t])/.test(above) ? undefined : '';
}

/**
 * An id becomes an anchor, since links lead to it, and a theme's callout one of this site; other classes belong to the old
 * theme and are left out.
 */
function attributes(match: string, inner: string, position: Position, context: Context): RuleMatch {
  const id = /(?:^|\s)#([A-Za-z][\w:.-]*)/.exec(inner)?.[1] ?? /(?:^|\s)id=["']([^"']+)["']/.exec(inner)?.[1];
  const width = sizeIn(inner, 'width') ?? sizeIn(inner, 'w');
  const height = sizeIn(inner, 'height') ?? sizeIn(inner, 'h');
  // The size of the image that it follows.
  const above = position.source.slice(Math.max(0, position.at - 200), position.at);
  if ((width || height) && /[)\]>\uE001][ \t]*(?:\n[ \t]*)?$/.test(above)) {
    const size = { kind: 'size', ...(width && { width }), ...(height && { height }) } as const;
    const taken = takeSegment(context, position, match.length, size);
    return id ? { ...taken, put: taken.put + takeSegment(context, position, 0, { kind: 'anchor', id }).put } : taken;
  }
  const name = calloutClass.exec(inner);
  const place = name && endsLine(position.source, position.at + match.length) ? calloutPlace(position) : undefined;
  if (name && place !== undefined) {
    const callout = { kind: 'callout', name: callouts[name[1] ?? 'note']! } as const;
    const { length, put } = takeSegment(context, position, match.length, callout);
    return { length, put: place + put };
  }
  const others = inner
    .replace(/(?:^|\s)(?:#[A-Za-z][\w:.-]*|id=["'][^"']*["'])/g, ' ')
    .replace(/(?:target|rel|data-[\w-]+)=["'][^"']*["']|\.?(?:no_toc|toc|footnotes)\b/g, ' ')
    .trim();
  const numbering = /(?:^|\s)(?:type|start|reversed|value)=/.test(others);
  if (numbering)
    context.note(
      position.line,
      'text',
      `the numbering ${match} of a list is left out; for it write <ol type="a"> and <li>`,
    );
  else if (others)
    context.note(position.line, 'look', `kramdown's attributes ${match} belong to the old theme and are left out`);
  if (!id) return { length: match.length, put: '' };
  const anchor = takeSegment(context, position, match.length, { kind: 'anchor', id });
  return isBelowRow(position) ? { ...anchor, put: `\n${position.before}${anchor.put}` } : anchor;
}

/** `{: .class #id key="value"}` after a block or a span, and `{:name: …}` definitions of them. */
const attributeList: Rule = {
  first: '{',
  take(position, context) {
    const match = matchAt(position, /\{:(?![:/])((?:\\\}|[^\n}]){0,1000})\}/y);
    return match ? attributes(match[0], match[1]!.trim(), position, context) : undefined;
  },
};

/** `parse_block_html` as the options of a post set it; undefined if they do not. */
export function parsesBlocksIn(body: string): boolean | undefined {
  const value = /\{::options\b[^}\n]*\bparse_block_html=["']?(true|false)/.exec(body)?.[1];
  return value === undefined ? undefined : value === 'true';
}

/** `{::nomarkdown} … {:/}` is HTML in which kramdown reads no Markdown; for another format it is not shown. */
function withoutMarkdown(position: Position, context: Context): RuleMatch | undefined {
  const match = matchAt(position, /\{::nomarkdown(?:\s+type=["']?(\w+)["']?)?\s*\}([\s\S]*?)\{:\/(?:nomarkdown)?\}/y);
  if (!match) return undefined;
  const [whole, type = 'html', html] = match;
  if (type !== 'html') return takeSegment(context, position, whole.length, { kind: 'comment', text: html!.trim() });
  const isBlock = startsLine(position.before) && endsLine(position.source, position.at + whole.length);
  const put = isBlock ? htmlToken(html!.trim(), whole, position, context) : htmlInLine(html!);
  return { length: whole.length, put };
}

/** `{::comment} … {:/comment}` becomes a comment; of other extensions the marks are removed and the content stays. */
const extension: Rule = {
  first: '{',
  take(position, context) {
    const isClosed = indexFrom(position.source, '{:/', position.at) >= 0;
    const comment = isClosed && matchAt(position, /\{::comment\}([\s\S]*?)\{:\/(?:comment)?\}/y);
    if (comment)
      return takeSegment(context, position, comment[0].length, { kind: 'comment', text: comment[1]!.trim() });
    const html = isClosed && withoutMarkdown(position, context);
    if (html) return html;
    const mark = matchAt(position, /\{:(?::\w+[^}\n]*|\/\w*)\}/y);
    return mark ? { length: mark[0].length, put: '' } : undefined;
  },
};

/** `## Title {#id}`. */
const headingId: Rule = {
  first: '{',
  take(position, context) {
    const match = matchAt(position, /\{#([A-Za-z][\w:.-]*)\}[ \t]*(?=\n|$)/y);
    const next = position.source.slice(position.at).split('\n', 2)[1] ?? '';
    if (!match || !(/^ {0,3}#/.test(position.before) || /^(?:=+|-+)[ \t]*$/.test(next))) return undefined;
    return takeSegment(context, position, match[0].length, { kind: 'anchor', id: match[1]! });
  },
};

/** `* TOC` with `{:toc}` below is removed: each page of Measured has a contents list. */
const contentsList: Rule = {
  first: '*-+1',
  take(position) {
    if (position.before.trim() !== '') return undefined;
    const match = matchAt(position, /(?:[*+-]|1\.)[ \t]+[^\n]*\n[ \t]*\{:[ \t]*toc[^}\n]*\}/y);
    return match ? { length: match[0].length, put: '' } : undefined;
  },
};

/** `##Title`, a heading unless kramdown is set to be strict. */
const tightHeading: Rule = {
  first: '#',
  take(position) {
    const match = position.before === '' ? matchAt(position, /#{2,6}(?=[^#\s])/y) : null;
    return match ? { length: match[0].length, put: `${match[0]} ` } : undefined;
  },
};

/** `*[HTML]: what it stands for` on a line of its own, below an empty line or another such line. */
const abbreviation: Rule = {
  first: '*',
  take(position, context) {
    const match = /^ {0,3}$/.test(position.before) ? matchAt(position, /\*\[([^\]\n]+)\]:([^\n]*)(?=\n|$)/y) : null;
    const above = position.source.slice(Math.max(0, position.at - 1000), position.at - position.before.length);
    if (!match || !/(?:^|\n[ \t]*\n| {0,3}\*\[[^\]\n]+\]:[^\n]*\n)$/.test(above)) return undefined;
    context.abbreviations.set(match[1]!.trim(), match[2]!.trim());
    return { length: match[0].length, put: '' };
  },
};

/** A `^` alone on its line ends a list or a quotation, so that another begins. */
const endOfBlock: Rule = {
  first: '^',
  take(position, context) {
    if (position.before !== '' || !matchAt(position, /\^[ \t]*(?=\n|$)/y)) return undefined;
    const { length, put } = takeSegment(context, position, 1, { kind: 'text', text: '' });
    return { length, put: `\n${put}\n` };
  },
};

/** `<< words >>` or `<<words>>` in guillemets; at the start of a line `>>` is a quotation in a quotation. */
const guillemets: Rule = {
  first: '<> ',
  take(position) {
    const match = matchAt(position, /<<( ?)|( ?)>>/y);
    if (!match || (match[0].endsWith('>') && startsLine(position.before))) return undefined;
    const space = match[1] || match[2] ? '\u{a0}' : '';
    return { length: match[0].length, put: match[0].endsWith('>') ? `${space}»` : `«${space}` };
  },
};

export const kramdownRules: readonly Rule[] = [
  abbreviation,
  contentsList,
  extension,
  attributeList,
  headingId,
  tightHeading,
  endOfBlock,
  guillemets,
];
