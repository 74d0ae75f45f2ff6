/**
 * The checks of a post. What an author writes arrives on the page, or a check reports it: then the build stops, with
 * all errors of all posts.
 *
 * To add a check: write a plugin in a file here, one for each kind (`links.ts`, `citations.ts`, …), and list it below.
 * A remark plugin sees the post as Markdown, with TeX, JSX and expressions in place; a rehype plugin sees it as HTML.
 * It visits the tree and calls `report(file, node.position?.start, problem)` for each error, goes on, and leaves the
 * tree as it is; `problem` says what was found and how to write it. Nothing throws: the last plugin stops the build.
 * Test it with `errorsOf` of tests/site/checks/post.ts.
 */
import type { Root as HastRoot } from 'hast';
import type { Root } from 'mdast';
import type { Plugin } from 'unified';
import { remarkCharacters } from './characters.ts';
import { remarkCodeLanguages } from './code.ts';
import { remarkComponents } from './components.ts';
import { remarkDialects } from './dialects.ts';
import { remarkExpressions } from './expressions.ts';
import { remarkHeadingLevels } from './headings.ts';
import { remarkLinks } from './links.ts';
import { remarkNotes } from './notes.ts';
import { rehypePolicy } from './policy.ts';
import { remarkSyntax } from './syntax.ts';
import { remarkTableCells } from './tables.ts';
import { remarkTitle } from './title.ts';

/** Before any other remark plugin. */
export const syntaxCheck = remarkSyntax;

/** Before any that changes the tree. */
export const characterCheck = remarkCharacters;

/** After the plugins of mathematics, which number what they find. */
export const remarkChecks: readonly Plugin<[], Root>[] = [
  remarkCodeLanguages,
  remarkComponents,
  remarkDialects,
  remarkExpressions,
  remarkHeadingLevels,
  remarkLinks,
  remarkNotes,
  remarkTableCells,
  remarkTitle,
];

/** After all other rehype plugins. */
export const rehypeChecks: readonly Plugin<[], HastRoot>[] = [rehypePolicy];
