/** The Markdown pipeline: which plugins compile a post to HTML, and in which order. */
import { extname, relative } from 'node:path';
import { unified } from '@astrojs/markdown-remark';
import { defListHastHandlers } from 'remark-definition-list';
import remarkAlert from 'remark-github-blockquote-alert';
import { normalizeLineEndings } from '../../lab/data-files/line-endings.ts';
import { sha256 } from '../../lab/plan/task-key.ts';
import { rehypeMath, rehypePunctuation, remarkMathematics, stopAtErrors } from '../../math/index.ts';
import { compileOrRecord, remarkKeepFile, toPostError } from '../checks/broken-posts.ts';
import { ownComponents } from '../checks/components.ts';
import { attributeCheck, characterCheck, rehypeChecks, remarkChecks, syntaxCheck } from '../checks/index.ts';
import { addressesInText, anchorProblem, type WrittenAddress } from '../checks/links.ts';
import { bibliographyText } from '../citations/bibliography.ts';
import { remarkCitations, remarkReferenceList } from '../citations/citations.ts';
import { isDev } from '../command.ts';
import { site } from '../config.ts';
import { words } from '../i18n.ts';
import { pageOf, type Target, targetOf } from '../links/link-targets.ts';
import { markdownSyntax } from '../links/post-anchors.ts';
import { rehypeSiteLinks, remarkBareUrls } from '../links/site-links.ts';
import { readSymbols, rehypeSymbols } from '../notation/post-symbols.ts';
import { cached } from '../output/build-cache.ts';
import { remarkReadingTime } from '../posts/reading-time.ts';
import { rehypeContents } from '../posts/table-of-contents.ts';
import { remarkCalloutTitles, remarkNoEmptyParagraphs } from './callouts.ts';
import { remarkDefinitionParagraphs } from './definition-paragraphs.ts';
import { remarkEastAsianLines } from './east-asian-line-breaks.ts';
import { rehypeCode } from './highlight.ts';
import { remarkOwnPages } from './own-pages.ts';
import { rehypeDirections } from './paragraph-directions.ts';
import { rehypeComments, remarkPlainMarkdown } from './plain-markdown.ts';
import { rehypePreviews } from './previews.ts';
import { remarkQuotes, smartypants } from './smart-quotes.ts';
import { rehypeTasks } from './task-lists.ts';
import { rehypeTables } from './wide-tables.ts';

/** Label of the link from a footnote back to its reference. `note` counts from 0, `again` from 1. */
const footnoteBackLabel = (note: number, again: number): string =>
  words.text.backToReference(note + 1, again > 1 ? again : undefined);

/** The pipeline, with the settings and the words of the blog as they are now. */
const createProcessor = () =>
  unified({
    remarkPlugins: [
      remarkPlainMarkdown,
      ...markdownSyntax,
      remarkKeepFile,
      remarkOwnPages,
      ...site.remarkPlugins,
      syntaxCheck,
      characterCheck,
      attributeCheck,
      remarkQuotes,
      ...remarkMathematics,
      remarkBareUrls,
      ...remarkChecks,
      remarkCalloutTitles,
      [remarkAlert, { legacyTitle: true }],
      remarkNoEmptyParagraphs,
      remarkDefinitionParagraphs,
      remarkCitations,
      remarkEastAsianLines,
      remarkReadingTime,
      remarkReferenceList,
    ],
    rehypePlugins: [
      rehypeComments,
      rehypeCode,
      [rehypeMath, { macros: site.macros, read: readSymbols }],
      rehypePunctuation,
      rehypeContents,
      rehypeTables,
      rehypeTasks,
      rehypeDirections,
      rehypePreviews,
      rehypeSymbols,
      ...rehypeChecks,
      stopAtErrors,
      rehypeSiteLinks,
      ...site.rehypePlugins,
    ],
    remarkRehype: {
      handlers: defListHastHandlers,
      footnoteLabel: words.text.notes,
      footnoteLabelProperties: {},
      footnoteBackLabel,
    },
    // In `syntaxes`, with other options.
    gfm: false,
    smartypants,
  });

/** The addresses in each compiled post, by file. */
const addresses = new Map<string, readonly WrittenAddress[]>();

/** The targets of the addresses in a post, and problems with their anchors; they depend on the files that exist. */
function targetsOf(file: string): [Target, string | undefined][] {
  return (addresses.get(file) ?? []).map(({ address, use }) => {
    const target = targetOf(address, { file, root: process.cwd() }, use);
    return [target, anchorProblem(target, address)];
  });
}

/** What compiled posts were made of besides their text, by file. For the dev server; a build compiles each post once. */
const compiledFrom = new Map<string, { readonly bibliography: string; readonly others: string }>();

const digest = (...sources: readonly unknown[]): string => sha256(JSON.stringify(sources));
const bibliographyDigest = (file: string): string => digest(bibliographyText(file));
const othersDigest = (file: string): string => digest(targetsOf(file), ownComponents());

/** The compiled posts whose bibliography is another now; of the post `file`, links and components count too. */
export function outdatedPosts(file: string | undefined): ReadonlySet<string> {
  const outdated = [...compiledFrom].filter(
    ([each, { bibliography, others }]) =>
      bibliography !== bibliographyDigest(each) || (each === file && others !== othersDigest(each)),
  );
  return new Set(outdated.map(([each]) => each));
}

/** The location in a post, `posts/x.mdx:7:3`, of an address on its built page; undefined if no post contains it. */
export function placeOfAddress({ page, address }: { page: string; address: string }, base: string): string | undefined {
  const root = process.cwd();
  for (const [file, found] of addresses) {
    if (pageOf(file, root) !== page) continue;
    const source = found.find((each) => {
      const target = targetOf(each.address, { file, root }, each.use);
      const paths = 'path' in target ? [each.address, encodeURI(target.path) + target.rest] : [each.address];
      return paths.some((path) => address === path || address === base.replace(/\/$/, '') + path);
    });
    if (source?.start) return `${relative(root, file)}:${source.start.line}:${source.start.column}`;
  }
  return undefined;
}

/**
 * The processor with a cache: a post is compiled again only if its text, its bibliography, its link targets or the
 * project's code has changed. Posts are compiled one at a time, since the bundler requests all at once and their trees
 * are large.
 */
function cachingProcessor(): ReturnType<typeof createProcessor> {
  const processor = createProcessor();
  return {
    ...processor,
    createMdxRenderer: async (...settings) => {
      const renderer = await processor.createMdxRenderer!(...settings);
      let previous: Promise<unknown> = Promise.resolve();
      return {
        process(source, path, frontmatter) {
          const text = normalizeLineEndings(source);
          const compile = () =>
            renderer.process(text, path, frontmatter).catch((error: unknown) => {
              throw toPostError(frontmatter, path, error);
            });
          const compileFromAll = async () => {
            addresses.set(path, await cached('addresses', [text, extname(path)], () => addressesInText(text, path)));
            if (isDev()) compiledFrom.set(path, { bibliography: bibliographyDigest(path), others: othersDigest(path) });
            return cached('post', [path, frontmatter, text, bibliographyText(path), targetsOf(path)], compile);
          };
          const result = previous.then(() =>
            compileOrRecord(path, compileFromAll, () => renderer.process('', path, frontmatter)),
          );
          previous = result.catch(() => {});
          return result;
        },
      };
    },
  };
}

/** Astro's `markdown` settings, for the settings of the blog as they are now. */
export const createMarkdown = () => ({ processor: cachingProcessor(), syntaxHighlight: false as const });
