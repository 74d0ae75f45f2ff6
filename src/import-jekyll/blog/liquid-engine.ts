/** Fills in Liquid as Jekyll does: with the blog's configuration, data and includes, and the front matter of the post. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toHtml } from 'hast-util-to-html';
import { Context, Liquid } from 'liquidjs';
import type { Parents } from 'mdast';
import type { Math as DisplayedMath, InlineMath } from 'mdast-util-math';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import type { OldBlog } from './old-blog.ts';

/** Fills in the Liquid of one post; what is assigned stays for the rest of it. */
export type Fill = {
  /** A piece of a post with its tags filled in; undefined if it cannot be. */
  readonly piece: (source: string) => string | undefined;
  /** The value of an expression with filters, as text; undefined if Jekyll alone knows it. */
  readonly value: (expression: string) => string | undefined;
  /** The value of a name such as `page.gallery`. */
  readonly object: (expression: string) => unknown;
  /** Whether the blog has an include of this name. */
  readonly hasInclude: (name: string) => boolean;
};

const formula = (tex: string, isDisplay: boolean) =>
  ({ type: 'text', value: isDisplay ? `\\[${tex}\\]` : `\\(${tex}\\)` }) as const;

const markdown = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkMath, { singleDollarTextMath: false })
  .use(remarkRehype, {
    allowDangerousHtml: true,
    handlers: {
      math: (_: unknown, { value }: DisplayedMath) => formula(value, true),
      inlineMath: (_: unknown, { value }: InlineMath, parent?: Parents) =>
        formula(value, parent?.children.length === 1),
    },
  })
  .freeze();

/** Markdown as HTML, for captions, with formulas as kramdown writes them: those of a paragraph alone are displayed. */
export const markdownify = (text: string): string =>
  toHtml(markdown.runSync(markdown.parse(text)), { allowDangerousHtml: true });

/** Tags of Liquid that are filled in; all others stay for the rules of the import. */
const filled =
  'if elsif else endif unless endunless for endfor case when endcase tablerow endtablerow capture endcapture assign increment decrement cycle break continue raw endraw comment endcomment include include_cached'.split(
    ' ',
  );

/** Lists of all pages of a blog, which only Jekyll has. */
const listsOfPages =
  /\bsite\.(?:posts|pages|tags|categories|collections|documents|html_pages|static_files|related_posts)\b|\bpaginator\b/;

/** The engine of a blog. */
function createEngine({ root, url, baseurl }: OldBlog): Liquid {
  const folder = join(root, '_includes');
  const engine = new Liquid({
    root: [folder],
    partials: [folder],
    jekyllInclude: true,
    dynamicPartials: false,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: true,
    cache: true,
    parseLimit: 1_000_000,
    memoryLimit: 1_000_000,
  });
  const below = (path: unknown) => `/${String(path ?? '')}`.replace(/\/{2,}/g, '/');
  const isAbsolute = (path: unknown) => /^(?:[a-z]+:|\/\/)/i.test(String(path));
  engine.registerFilter('relative_url', (path) => (isAbsolute(path) ? path : baseurl + below(path)));
  engine.registerFilter('absolute_url', (path) => (isAbsolute(path) ? path : url + baseurl + below(path)));
  engine.registerFilter('markdownify', (text) => markdownify(String(text ?? '')));
  engine.registerFilter('smartify', (text) => text);
  return engine;
}

const engines = new WeakMap<OldBlog, Liquid>();

/** The Liquid of a post, whose front matter is `page`. */
export function liquidOf(blog: OldBlog, page: Readonly<Record<string, unknown>>): Fill {
  const engine = engines.get(blog) ?? createEngine(blog);
  engines.set(blog, engine);
  const site = { ...blog.config, url: blog.url, baseurl: blog.baseurl };
  Object.defineProperty(site, 'data', { enumerable: true, get: blog.data });
  const context = new Context({ site, page }, engine.options, { sync: true });
  const hasInclude = (name: string) => /^[\w./-]+$/.test(name) && existsSync(join(blog.root, '_includes', name));
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };
  return {
    hasInclude,
    piece: (source) => {
      if (listsOfPages.test(source)) return undefined;
      const safe = source
        .replace(/\{%(-?)\s*include_cached\b/g, '{%$1 include')
        .replace(/\{%-?\s*(\w+)([\s\S]*?)-?%\}/g, (tag, name: string, words: string) => {
          const isKnown =
            filled.includes(name) && (!name.startsWith('include') || hasInclude(words.trim().split(/\s/)[0]!));
          return isKnown ? tag : `{% raw %}${tag}{% endraw %}`;
        });
      return attempt(() => String(engine.renderSync(engine.parse(safe), context)));
    },
    value: (expression) => {
      if (listsOfPages.test(expression)) return undefined;
      const value: unknown = attempt(() => engine.evalValueSync(expression, context));
      if (value === undefined || value === null || typeof value === 'object') return undefined;
      return String(value);
    },
    object: (expression) => attempt(() => engine.evalValueSync(expression, context)),
  };
}
