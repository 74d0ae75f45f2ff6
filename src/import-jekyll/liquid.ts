/** Scanning rules for Liquid, Jekyll's template language: known tags are translated, others become a comment and a note. */
import { withoutRawTags } from './code.ts';
import { type Context, matchAt, type Position, type Rule, type RuleMatch, takeSegment } from './scan.ts';

/** Replaces a tag by a comment and adds a note, so that the author can decide. */
function leaveComment(match: string, position: Position, context: Context, why: string): RuleMatch {
  context.note(position.line, `${match.replace(/\s+/g, ' ')}: ${why}; a comment stands in its place`);
  return takeSegment(context, position, match.length, { kind: 'comment', text: match });
}

/** The text from an opening tag to its `{% end… %}`: its whole length, and the part between the tags. */
function readBlock(position: Position, name: string, opening: string): { length: number; inner: string } | undefined {
  const closing = new RegExp(`\\{%-?\\s*end${name}\\s*-?%\\}`, 'g');
  closing.lastIndex = position.at + opening.length;
  const closed = closing.exec(position.source);
  if (!closed) return undefined;
  return {
    length: closed.index + closed[0].length - position.at,
    inner: position.source.slice(position.at + opening.length, closed.index),
  };
}

/** `{% highlight ruby linenos %} … {% endhighlight %}` becomes a fence. */
function highlight(opening: string, words: string, position: Position, context: Context): RuleMatch {
  const found = readBlock(position, 'highlight', opening);
  if (!found) {
    context.note(position.line, `${opening} has no {% endhighlight %}; the rest of the post is read as code`);
  }
  const length = found?.length ?? position.source.length - position.at;
  const inner = found?.inner ?? position.source.slice(position.at + opening.length);
  // In a list, the code is indented by as much as its tag.
  const code = inner.replace(new RegExp(`^[ \\t]{0,${position.before.length}}`, 'gm'), '');
  const value = withoutRawTags(code)
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  return takeSegment(context, position, length, { kind: 'code', lang: /^[\w+#.-]+/.exec(words)?.[0] ?? null, value });
}

function tag(name: string, words: string, match: string, position: Position, context: Context): RuleMatch {
  const removed = { length: match.length, put: '' };
  const endsAnother = /^(?:end\w+|else|elsif|when|break|continue)$/.test(name);
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
    case 'post_url':
    case 'link': {
      const isPage = name === 'link' && !words.includes('_posts/');
      return { ...removed, put: isPage ? `/${words.replace(/^\//, '')}` : context.postAddress(words) };
    }
    case 'gist': {
      const url = `https://gist.github.com/${words.split(/\s/)[0] ?? ''}`;
      context.note(position.line, `${match}: a gist needs a script; a link stands in its place`);
      return { ...removed, put: `[${url}](${url})` };
    }
    default:
      // Its opening tag has been reported already.
      return endsAnother ? removed : leaveComment(match, position, context, `Measured has no {% ${name} %}`);
  }
}

/** The value of an expression such as `site.url` or `"/a.png" | relative_url`; undefined if it is not known here. */
function evaluate(expression: string, context: Context): string | undefined {
  const [head = '', ...filters] = expression.split('|').map((part) => part.trim());
  const literal = /^(?:"([^"]*)"|'([^']*)')$/.exec(head);
  let value = literal ? (literal[1] ?? literal[2]) : context.variables[head];
  for (const filter of filters) {
    const prepended = /^prepend\s*:\s*(.*)$/.exec(filter)?.[1];
    const before = prepended === undefined ? '' : evaluate(prepended, context);
    const isKnown = prepended !== undefined || /^(?:relative_url|absolute_url|escape|strip|url_encode)$/.test(filter);
    value = isKnown && before !== undefined && value !== undefined ? before + value : undefined;
  }
  return value;
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
      context.note(position.line, 'a Liquid tag {% is never closed by %}');
    return undefined;
  },
};

const outputs: Rule = {
  first: '{',
  take(position, context) {
    if (position.raw) return undefined;
    const match = matchAt(position, /\{\{-?((?:(?!\{\{)[\s\S])*?)-?\}\}/y);
    if (match) {
      const value = evaluate(match[1]!.trim(), context);
      if (value === undefined) return leaveComment(match[0], position, context, 'only Jekyll knows this value');
      return { length: match[0].length, put: value };
    }
    if (position.source.startsWith('{{', position.at))
      context.note(position.line, 'a Liquid value {{ is never closed by }}');
    return undefined;
  },
};

export const liquidRules: readonly Rule[] = [tags, outputs];
