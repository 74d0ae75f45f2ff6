/** Jekyll's template language: what has a meaning in the new site is translated, the rest becomes a comment and a note. */
import { withoutRawTags } from './code.ts';
import { type Context, matchAt, type Position, type Rule, type Taken, takePiece } from './scan.ts';

/** Leaves a comment where the author must decide, and says so. */
function leave(match: string, position: Position, context: Context, why: string): Taken {
  context.note(position.line, `${match.replace(/\s+/g, ' ')}: ${why}; a comment stands in its place`);
  return takePiece(context, position, match.length, { kind: 'comment', text: match });
}

/** Reads from an opening tag to `{% end… %}`; the whole length and the text between. */
function block(position: Position, name: string, opening: string): { length: number; inner: string } | undefined {
  const closing = new RegExp(`\\{%-?\\s*end${name}\\s*-?%\\}`, 'g');
  closing.lastIndex = position.at + opening.length;
  const closed = closing.exec(position.source);
  if (!closed) return undefined;
  return {
    length: closed.index + closed[0].length - position.at,
    inner: position.source.slice(position.at + opening.length, closed.index),
  };
}

/** `{% highlight ruby linenos %} … {% endhighlight %}` is a fence. */
function highlight(opening: string, words: string, position: Position, context: Context): Taken {
  const found = block(position, 'highlight', opening);
  if (!found) {
    context.note(position.line, `${opening} has no {% endhighlight %}; the rest of the post is read as code`);
  }
  const length = found?.length ?? position.source.length - position.at;
  const inner = found?.inner ?? position.source.slice(position.at + opening.length);
  // In a list the code is indented as far as its tag.
  const code = inner.replace(new RegExp(`^[ \\t]{0,${position.before.length}}`, 'gm'), '');
  const value = withoutRawTags(code)
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  return takePiece(context, position, length, { kind: 'code', lang: /^[\w+#.-]+/.exec(words)?.[0] ?? null, value });
}

function tag(name: string, words: string, match: string, position: Position, context: Context): Taken {
  const gone = { length: match.length, put: '' };
  const endsAnother = /^(?:end\w+|else|elsif|when|break|continue)$/.test(name);
  switch (name) {
    case 'highlight':
      return highlight(match, words, position, context);
    case 'raw':
      return { ...gone, raw: true };
    case 'comment': {
      const found = block(position, 'comment', match);
      if (!found) return leave(match, position, context, 'has no {% endcomment %}');
      return takePiece(context, position, found.length, { kind: 'comment', text: found.inner.trim() });
    }
    case 'post_url':
    case 'link': {
      const isPage = name === 'link' && !words.includes('_posts/');
      return { ...gone, put: isPage ? `/${words.replace(/^\//, '')}` : context.postAddress(words) };
    }
    case 'gist': {
      const url = `https://gist.github.com/${words.split(/\s/)[0] ?? ''}`;
      context.note(position.line, `${match}: a gist needs a script; a link stands in its place`);
      return { ...gone, put: `[${url}](${url})` };
    }
    default:
      // The tag that opened it has been reported.
      return endsAnother ? gone : leave(match, position, context, `Measured has no {% ${name} %}`);
  }
}

/** The text of an expression such as `site.url` or `"/a.png" | relative_url`, or nothing if Jekyll alone knows it. */
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
      if (value === undefined) return leave(match[0], position, context, 'only Jekyll knows this value');
      return { length: match[0].length, put: value };
    }
    if (position.source.startsWith('{{', position.at))
      context.note(position.line, 'a Liquid value {{ is never closed by }}');
    return undefined;
  },
};

export const liquidRules: readonly Rule[] = [tags, outputs];
