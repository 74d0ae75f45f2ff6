/** A figure as SVG. */
import { figureFile, figurePaths } from '../../../components/figure-downloads.ts';

export const getStaticPaths = figurePaths;
export const GET = figureFile('svg');
