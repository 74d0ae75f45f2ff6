/** How posts become HTML: which plugins run, and in which order. */
import { relative } from 'node:path';
import { unified } from '@astrojs/markdown-remark';
import remarkDefinitionList, { defListHastHandlers } from 'remark-definition-list';
import remarkAlert from 'remark-github-blockquote-alert';
import { withLineFeeds } from '../lab/line-ends.ts';
import { rehypeMath, rehypePunctuation, remarkMathematics, stopAtErrors } from '../math/index.ts';
import { rehypeAddresses, remarkBareAddresses } from './addresses.ts';
import { bibliographyText } from './bibliography.ts';
import { remarkCalloutTitles, remarkNoEmptyParagraphs } from './callouts.ts';
import { collected, errorIn, remarkFile } from './checks/broken-posts.ts';
import { characterCheck, rehypeChecks, remarkChecks, syntaxCheck } from './checks/index.ts';
import { addressesInText, placeProblem, type Written } from './checks/links.ts';
import { remarkCitations, remarkReferenceList } from './citations.ts';
import { site } from './config.ts';
import { rehypeContents } from './contents.ts';
import { rehypeDirections } from './directions.ts';
import { remarkEastAsianLines } from './east-asian.ts';
import { rehypeCode } from './highlight.ts';
import { made } from './made.ts';
import { syntaxes } from './places.ts';
import { remarkQuotes, smartypants } from './quotes.ts';
import { remarkReading } from './reading.ts';
import { rehypeTables } from './tables.ts';
import { pageOf, type Target, targetOf } from './targets.ts';
import { rehypeTasks } from './tasks.ts';
import { words } from './words.ts';

/** Of the link from a note back to its place; both counts are from 0. */
const footnoteBackLabel = (note: number, again: number): string =>
  words.text.backToReference(note + 1, again > 1 ? again : undefined);

const processor = unified({
  remarkPlugins: [
    ...syntaxes,
    remarkFile,
    syntaxCheck,
    characterCheck,
    remarkQuotes,
    ...remarkMathematics,
    remarkBareAddresses,
    ...remarkChecks,
    remarkCalloutTitles,
    [remarkAlert, { legacyTitle: true }],
    remarkNoEmptyParagraphs,
    remarkDefinitionList,
    remarkCitations,
    remarkEastAsianLines,
    remarkReading,
    remarkReferenceList,
  ],
  rehypePlugins: [
    rehypeCode,
    [rehypeMath, { macros: site.macros }],
    rehypePunctuation,
    rehypeContents,
    rehypeTables,
    rehypeTasks,
    rehypeDirections,
    ...rehypeChecks,
    stopAtErrors,
    rehypeAddresses,
  ],
  remarkRehype: {
    handlers: defListHastHandlers,
    footnoteLabel: words.text.notes,
    footnoteLabelProperties: {},
    footnoteBackLabel,
  },
  // Read above, with settings of its own.
  gfm: false,
  smartypants,
});

/** The addresses in each post that was compiled, by its file. */
const addresses = new Map<string, readonly Written[]>();

/** What the addresses in a post lead to, which depends on the files there are. */
async function targetsOf(text: string, file: string): Promise<[Target, string | undefined][]> {
  const found = await made('addresses', [text], () => addressesInText(text));
  addresses.set(file, found);
  return found.map(({ address, use }) => {
    const target = targetOf(address, { file, root: process.cwd() }, use);
    return [target, placeProblem(target, address)];
  });
}

/** Where a post wrote an address that the page of the post holds, `posts/x.mdx:7:3`. */
export function placeOfAddress({ page, address }: { page: string; address: string }, base: string): string | undefined {
  const root = process.cwd();
  for (const [file, found] of addresses) {
    if (pageOf(file, root) !== page) continue;
    const by = found.find((each) => {
      const target = targetOf(each.address, { file, root }, each.use);
      const paths = 'path' in target ? [each.address, encodeURI(target.path) + target.rest] : [each.address];
      return paths.some((path) => address === path || address === base.replace(/\/$/, '') + path);
    });
    if (by?.start) return `${relative(root, file)}:${by.start.line}:${by.start.column}`;
  }
  return undefined;
}

/**
 * The processor, which compiles a post anew only if its text, its bibliography, what its links
 * lead to, or the project's code has changed; and
 * one after the other, since the bundler asks for all of them at once, and a post's trees are large.
 */
const keeping: typeof processor = {
  ...processor,
  createMdxRenderer: async (...settings) => {
    const renderer = await processor.createMdxRenderer!(...settings);
    let before: Promise<unknown> = Promise.resolve();
    return {
      process(source, path, frontmatter) {
        const text = withLineFeeds(source);
        const compile = () =>
          renderer.process(text, path, frontmatter).catch((error: unknown) => {
            throw errorIn(frontmatter, path, error);
          });
        const result = before.then(() =>
          collected(
            path,
            async () =>
              made('post', [path, frontmatter, text, bibliographyText(path), await targetsOf(text, path)], compile),
            () => renderer.process('', path, frontmatter),
          ),
        );
        before = result.catch(() => {});
        return result;
      },
    };
  },
};

/** Astro's `markdown` settings. */
export const markdown = {
  processor: keeping,
  syntaxHighlight: false as const,
};
