/** How posts become HTML: which plugins run, in which order, and how code is coloured. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unified } from '@astrojs/markdown-remark';
import { transformerMetaHighlight } from '@shikijs/transformers';
import remarkDefinitionList, { defListHastHandlers } from 'remark-definition-list';
import remarkAlert from 'remark-github-blockquote-alert';
import { rehypeMath, rehypePunctuation, remarkMathematics } from '../math/index.ts';
import { rehypeAddresses } from './addresses.ts';
import { bibliography, rehypeCitations } from './citations.ts';
import { codeTitles } from './code-titles.ts';
import { site } from './config.ts';
import { rehypeContents } from './contents.ts';
import { remarkKnownComponents } from './known-components.ts';
import { made } from './made.ts';
import { remarkReading } from './reading.ts';
import { remarkSyntaxErrors } from './syntax-errors.ts';
import { rehypeTables } from './tables.ts';
import { rehypeTasks } from './tasks.ts';

const processor = unified({
  remarkPlugins: [
    remarkSyntaxErrors,
    remarkKnownComponents,
    ...remarkMathematics,
    [remarkAlert, { legacyTitle: true }],
    remarkDefinitionList,
    remarkReading,
  ],
  rehypePlugins: [
    [rehypeMath, { macros: site.macros }],
    rehypePunctuation,
    rehypeCitations,
    rehypeContents,
    rehypeTables,
    rehypeTasks,
    rehypeAddresses,
  ],
  remarkRehype: { handlers: defListHastHandlers, footnoteLabel: 'Notes', footnoteLabelProperties: {} },
  smartypants: { dashes: 'oldschool' },
});

/** The file that a post's citations are looked up in, as text. */
function bibliographyOf(post: string): string {
  const file = join(dirname(post), bibliography);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/**
 * The processor, which compiles a post anew only if its text, its bibliography or the project's code has changed; and
 * one after the other, since the bundler asks for all of them at once, and a post's trees are large.
 */
const keeping: typeof processor = {
  ...processor,
  createMdxRenderer: async (...settings) => {
    const renderer = await processor.createMdxRenderer!(...settings);
    let before: Promise<unknown> = Promise.resolve();
    return {
      process(text, path, frontmatter) {
        const compile = () => renderer.process(text, path, frontmatter);
        const result = before.then(() => made('post', [path, frontmatter, text, bibliographyOf(path)], compile));
        before = result.catch(() => {});
        return result;
      },
    };
  },
};

/** Astro's `markdown` settings. */
export const markdown = {
  processor: keeping,
  shikiConfig: { theme: 'css-variables' as const, transformers: [transformerMetaHighlight(), codeTitles()] },
};
