/** Mathematics and cross-references in posts: what the site's Markdown pipeline takes from this room. */

import remarkMath from 'remark-math';
import type { PluggableList } from 'unified';
import { remarkDisplay } from './display.ts';
import { remarkFigures } from './figures.ts';
import { remarkHeadingIds } from './headings.ts';
import { remarkLocated } from './located.ts';
import { remarkNumbering } from './numbering.ts';
import { remarkReferences } from './references.ts';

export { katexSettings, type MathOptions, rehypeMath } from './render.ts';
export { fail, where } from './where.ts';

/** The remark half, in the order it must run; the rehype half is `rehypeMath`. */
export const remarkMathematics: PluggableList = [
  remarkMath,
  remarkDisplay,
  remarkHeadingIds,
  remarkNumbering,
  remarkFigures,
  remarkReferences,
  remarkLocated,
];
