/** How posts become HTML: which plugins run, in which order, and how code is coloured. */
import { unified } from '@astrojs/markdown-remark';
import { transformerMetaHighlight } from '@shikijs/transformers';
import remarkDefinitionList, { defListHastHandlers } from 'remark-definition-list';
import remarkAlert from 'remark-github-blockquote-alert';
import { rehypeMath, rehypePunctuation, remarkMathematics } from '../math/index.ts';
import { rehypeAddresses } from './addresses.ts';
import { rehypeCitations } from './citations.ts';
import { codeTitles } from './code-titles.ts';
import { site } from './config.ts';
import { rehypeContents } from './contents.ts';
import { remarkKnownComponents } from './known-components.ts';
import { remarkReading } from './reading.ts';
import { remarkSyntaxErrors } from './syntax-errors.ts';
import { rehypeTables } from './tables.ts';
import { rehypeTasks } from './tasks.ts';

/** Astro's `markdown` settings. */
export const markdown = {
  processor: unified({
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
  }),
  shikiConfig: { theme: 'css-variables' as const, transformers: [transformerMetaHighlight(), codeTitles()] },
};
