/** Scanning rules for Liquid: it is filled in as Jekyll does; tags of plugins are translated, or become a comment and a note. */
import { withoutRawTags } from './code.ts';
import { shownBy } from './figures.ts';
import { citationKeys } from './references.ts';
import {
  type Context,
  htmlToken,
  indexFrom,
  matchAt,
  type Position,
  type Rule,
  type RuleMatch,
  scanAgain,
  takeSegment,
  withoutPrefix,
} from './scan.ts';

/** Replaces a tag by a comment and adds a note, so that the author can decide. */
function leaveComment(match: string, position: Position, context: Context, why: string): RuleMatch {
  const shown = match.replace(/\s+/g, ' ');
  context.note(
    position.line,
    'liquid',
    `${shown.length > 120 ? `${shown.slice(0, 120)}…` : shown}: ${why}; a comment stands in its place`,
  );
  return takeSegment(context, position, match.length, { kind: 'comment', text: match });
}

/** The text from an opening tag to its `{% end… %}`, inner ones of its name counted: its whole length, and the part between the tags. */
function readBlock(position: Position, name: string, opening: string): { length: number; inner: string } | undefined {
  const { source, at } = position;
  const marks = new RegExp(`\\{%-?\\s*(end)?${name}\\b[^%]*(?:%(?!\\})[^%]*)*%\\}`, 'g');
  marks.lastIndex = at + opening.length;
  if (indexFrom(source, `end${name}`, at) < 0) return undefined;
  let depth = 1;
  for (let mark = marks.exec(source); mark; mark = marks.exec(source)) {
    depth += mark[1] ? -1 : 1;
    const end = mark.index + mark[0].length;
    if (depth === 0) return { length: end - at, inner: source.slice(at + opening.length, mark.index) };
  }
  return undefined;
}

/** `{% highlight ruby linenos %} … {% endhighlight %}` becomes a fence. */
function highlight(opening: string, words: string, position: Position, context: Context): RuleMatch {
  const found = readBlock(position, 'highlight', opening);
  if (!found) {
    context.note(position.line, 'text', `${opening} has no {% endhighlight %}; the rest of the post is read as code`);
  }
  const length = found?.length ?? position.source.length - position.at;
  const inner = found?.inner ?? position.source.slice(position.at + opening.length);
  const code = withoutPrefix(inner, position.before);
  const value = withoutRawTags(code)
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  return takeSegment(context, position, length, { kind: 'code', lang: /^[\w+#.-]+/.exec(words)?.[0] ?? null, value });
}

const blocks = new Set(['if', 'unless', 'for', 'case', 'tablerow', 'capture']);
const single = new Set(['assign', 'increment', 'decrement', 'cycle']);
const formulas = new Set(['katex', 'katexmm', 'latex', 'math', 'mathjax', 'tex']);

/** The part of a post that is filled in, scanned as the rest of it. */
function put(filled: string, length: number, position: Position, context: Context): RuleMatch {
  return { length, put: scanAgain(filled, position, context) };
}

/** An include of the blog, or what it shows where the theme has it. */
function include(words: string, match: string, position: Position, context: Context): RuleMatch {
  const name = words.split(/\s/)[0]!;
  const shown = shownBy(name, words.slice(name.length).trim(), context.fill);
  if (shown?.note) context.note(position.line, 'html', `${match.replace(/\s+/g, ' ')}: ${shown.note}`);
  if (shown) return { length: match.length, put: htmlToken(shown.html, match, position, context) };
  if (/(?:^|[/_-])toc\b/.test(name)) return { length: match.length, put: '' };
  const filled = context.fill.hasInclude(name) ? context.fill.piece(match) : undefined;
  if (filled !== undefined) return put(filled, match.length, position, context);
  return leaveComment(
    match,
    position,
    context,
    context.fill.hasInclude(name) ? 'it cannot be filled in here' : 'the blog has no such include',
  );
}

function tag(name: string, words: string, match: string, position: Position, context: Context): RuleMatch {
  const removed = { length: match.length, put: '' };
  const isEnd = /^(?:end\w+|else|elsif|when|break|continue)$/.test(name);
  if (blocks.has(name)) {
    const found = readBlock(position, name, match);
    const filled = found && context.fill.piece(position.source.slice(position.at, position.at + found.length));
    if (found && filled !== undefined) return put(filled, found.length, position, context);
    return leaveComment(match, position, context, found ? 'only Jekyll can fill this in' : `has no {% end${name} %}`);
  }
  if (single.has(name)) {
    const filled = context.fill.piece(match);
    return filled === undefined
      ? leaveComment(match, position, context, 'only Jekyll can fill this in')
      : { ...removed, put: filled };
  }
  if (formulas.has(name)) {
    const found = readBlock(position, name, match);
    const display =
      /display|block|centred/.test(words) || /\\begin\{(?:align|equation|gather)/.test(found?.inner ?? '');
    if (found) return takeSegment(context, position, found.length, { kind: 'maths', tex: found.inner.trim(), display });
  }
  switch (name) {
    case 'highlight':
      return highlight(match, words, position, context);
    case 'raw':
      return { ...removed, raw: true };
    case 'comment': {
      const found = readBlock(position, 'comment', match);
      if (!found) return leaveComment(match, position, context, 'has no {% endcomment %}');
      return takeSegment(context, position, found.length, { kind: 'comment', text: found.inner.trim() });
    }
    case 'include':
    case 'include_cached':
    case 'include_relative':
      return include(words, match, position, context);
    case 'post_url':
    case 'link': {
      const isPage = name === 'link' && !words.includes('_posts/');
      const page = `/${words.replace(/^\//, '').replace(/\.(?:md|markdown)$/, '.html')}`;
      return { ...removed, put: isPage ? page : context.postAddress(words, position.line) };
    }
    case 'gist': {
      const url = `https://gist.github.com/${words.split(/\s/)[0] ?? ''}`;
      context.note(position.line, 'html', `${match}: a gist needs a script; a link stands in its place`);
      return { ...removed, put: `[${url}](${url})` };
    }
    case 'cite':
    case 'citet':
    case 'citep':
    case 'nocite': {
      const options = words.split(/\s+(?=--?[a-z])/);
      const locator = /^(?:-l|--locator)\s+(\S+)/.exec(
        options.find((each) => /^(?:-l|--locator)\b/.test(each)) ?? '',
      )?.[1];
      const keys = citationKeys(options[0] ?? '');
      return takeSegment(context, position, match.length, { kind: 'citation', keys, ...(locator && { locator }) });
    }
    case 'details': {
      const found = readBlock(position, name, match);
      if (!found) return leaveComment(match, position, context, 'has no {% enddetails %}');
      const summary = words.replace(/^(["'])(.*)\1$/, '$2');
      const html = `<details markdown="1"><summary markdown="span">${summary}</summary>\n${found.inner}\n</details>`;
      return put(html, found.length, position, context);
    }
    case 'bibliography':
      if (!/--cited/.test(words))
        context.note(
          position.line,
          'citation',
          `${match}: the list of references at the end of a post has what the post cites, and no more`,
        );
      return removed;
    case 'cite_details':
    case 'reference':
      return takeSegment(context, position, match.length, {
        kind: 'citation',
        keys: citationKeys(words.split(/\s+--/)[0]!),
      });
    default: {
      // Its opening tag has been reported already.
      if (isEnd) return removed;
      const shown = shownBy(name, words, context.fill);
      if (shown?.note) context.note(position.line, 'html', `${match.replace(/\s+/g, ' ')}: ${shown.note}`);
      if (shown) return { ...removed, put: htmlToken(shown.html, match, position, context) };
      if (name === 'mermaid') {
        const found = readBlock(position, name, match);
        if (found)
          return takeSegment(context, position, found.length, {
            kind: 'code',
            lang: 'mermaid',
            value: found.inner.trim(),
          });
      }
      const url = /https?:\/\/[^\s"'%]+/.exec(words)?.[0];
      if (url !== undefined) {
        context.note(position.line, 'html', `${match}: it shows what lies on another host; a link stands in its place`);
        return { ...removed, put: position.html ? `<a href="${url}">${url}</a>` : `[${url}](${url})` };
      }
      return leaveComment(match, position, context, `Measured has no {% ${name} %}`);
    }
  }
}

const tags: Rule = {
  first: '{',
  take(position, context) {
    if (position.raw) {
      const end = matchAt(position, /\{%-?\s*endraw\s*-?%\}/y);
      return end ? { length: end[0].length, put: '', raw: false } : undefined;
    }
    const match = matchAt(position, /\{%-?\s*(\w+)([^%]*(?:%(?!\})[^%]*)*?)-?%\}/y);
    if (match) return tag(match[1]!, match[2]!.trim(), match[0], position, context);
    if (position.source.startsWith('{%', position.at))
      context.note(position.line, 'text', 'a Liquid tag {% is never closed by %}');
    return undefined;
  },
};

const outputs: Rule = {
  first: '{',
  take(position, context) {
    if (position.raw) return undefined;
    const match = matchAt(position, /\{\{-?((?:(?!\{\{)[\s\S])*?)-?\}\}/y);
    if (match) {
      const value = context.fill.value(match[1]!.trim());
      if (value === undefined) return leaveComment(match[0], position, context, 'only Jekyll knows this value');
      return { length: match[0].length, put: value };
    }
    if (position.source.startsWith('{{', position.at))
      context.note(position.line, 'text', 'a Liquid value {{ is never closed by }}');
    return undefined;
  },
};

export const liquidRules: readonly Rule[] = [tags, outputs];
