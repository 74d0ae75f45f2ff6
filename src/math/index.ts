/** Mathematics and cross-references in posts: the plugins and functions that the site's Markdown pipeline uses. */

import type { Root } from 'mdast';
import remarkMath from 'remark-math';
import type { Plugin } from 'unified';
import { remarkAnnotateLocations } from './annotate-locations.ts';
import { remarkDelimiters } from './delimiters.ts';
import { remarkDisplay } from './display.ts';
import { remarkFigures } from './figures.ts';
import { remarkHeadingIds } from './headings.ts';
import { remarkKeepParagraphs } from './keep-paragraphs.ts';
import { remarkReferences } from './references.ts';
import { remarkNumbering } from './rewrite-labels.ts';
import { remarkStatements } from './statements.ts';

export { remarkDelimiters } from './delimiters.ts';
export { equationId } from './equations.ts';
export { remarkFootnotesNearby } from './footnotes-nearby.ts';
export { remarkHeadingIds } from './headings.ts';
export { rehypePunctuation } from './punctuation.ts';
export {
  formulaProblem,
  katexProblem,
  katexSettings,
  type MathOptions,
  rehypeMath,
  texSymbols,
  texToHtml,
} from './render.ts';
export { fail, locationOf, PostError, postError, report, stopAtErrors } from './report-errors.ts';
export { locationInText } from './source-location.ts';
export { bestFit, lettersOf } from './symbols/match-symbols.ts';
export { type FormulaSymbol, separateLetters, symbolsOf } from './symbols/read-symbols.ts';
export { formulaOrCode } from './tex.ts';

/** The remark plugins, in their order. The rehype plugins are `rehypeMath`, then `rehypePunctuation`. */
export const remarkMathematics: Plugin<[], Root>[] = [
  remarkMath,
  remarkDelimiters,
  remarkKeepParagraphs,
  remarkDisplay,
  remarkStatements,
  remarkHeadingIds,
  remarkNumbering,
  remarkFigures,
  remarkReferences,
  remarkAnnotateLocations,
];
