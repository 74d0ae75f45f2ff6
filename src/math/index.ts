/** Mathematics and cross-references in posts: what the site's Markdown pipeline takes from this room. */

import type { Root } from 'mdast';
import remarkMath from 'remark-math';
import type { Plugin } from 'unified';
import { remarkDelimiters } from './delimiters.ts';
import { remarkDisplay } from './display.ts';
import { remarkFigures } from './figures.ts';
import { remarkHeadingIds } from './headings.ts';
import { remarkLocated } from './located.ts';
import { remarkNumbering } from './numbering.ts';
import { remarkReferences } from './references.ts';
import { remarkSentences } from './sentences.ts';

export { remarkDelimiters } from './delimiters.ts';
export { equationId } from './equations.ts';
export { remarkFootnotesNearby } from './footnotes-nearby.ts';
export { placeInText } from './place.ts';
export { rehypePunctuation } from './punctuation.ts';
export { katexSettings, type MathOptions, rehypeMath, texToHtml } from './render.ts';
export { fail, PostError, postError, report, stopAtErrors, where } from './report.ts';

/** The remark half, in the order it must run; the rehype half is `rehypeMath`, then `rehypePunctuation`. */
export const remarkMathematics: Plugin<[], Root>[] = [
  remarkMath,
  remarkDelimiters,
  remarkSentences,
  remarkDisplay,
  remarkHeadingIds,
  remarkNumbering,
  remarkFigures,
  remarkReferences,
  remarkLocated,
];
