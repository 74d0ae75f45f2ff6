/**
 * The checks that every post runs through. What an author writes either arrives on the page or is reported here: then
 * the build stops, with all errors of all posts.
 *
 * To add a check: write a plugin in a file of this folder, one for each subject (`links.ts`, `tables.ts`, …), and list
 * it below. A remark plugin sees the post as Markdown, with TeX, JSX and expressions in place; a rehype plugin sees it
 * as HTML. It visits the tree (`nodesOf` has the nodes of one type), calls `report(file, node.position?.start, problem)`
 * for each error, and leaves the tree as it is; `problem` says what was found and how to write it. A check never
 * throws: the last plugin of the pipeline stops the build. Test it with `errorsOf` of tests/site/checks/post.ts.
 */
import type { Root as HastRoot } from 'hast';
import type { Root } from 'mdast';
import type { Plugin } from 'unified';
import { remarkAttributes } from './attributes.ts';
import { remarkCharacters } from './characters.ts';
import { remarkCodeLanguages } from './code.ts';
import { remarkComponents } from './components.ts';
import { remarkDialects } from './dialects.ts';
import { remarkExpressions } from './expressions.ts';
import { remarkHeadingLevels } from './headings.ts';
import { remarkHtml } from './html.ts';
import { remarkLinks } from './links.ts';
import { remarkNotes } from './notes.ts';
import { rehypePolicy } from './policy.ts';
import { remarkShown } from './shown.ts';
import { remarkSyntax } from './syntax.ts';
import { remarkTableCells } from './tables.ts';
import { remarkTitle } from './title.ts';

/** To run before any other remark plugin. */
export const syntaxCheck = remarkSyntax;

/** To run before any plugin that changes the tree. */
export const characterCheck = remarkCharacters;
export const attributeCheck = remarkAttributes;

/** To run after the plugins of mathematics, which number figures and equations. */
export const remarkChecks: readonly Plugin<[], Root>[] = [
  remarkCodeLanguages,
  remarkComponents,
  remarkDialects,
  remarkExpressions,
  remarkHeadingLevels,
  remarkHtml,
  remarkLinks,
  remarkNotes,
  remarkShown,
  remarkTableCells,
  remarkTitle,
];

/** To run after all other rehype plugins. */
export const rehypeChecks: readonly Plugin<[], HastRoot>[] = [rehypePolicy];
