/** A figure’s Vega-Lite specification. */
import { figureFile, figurePaths } from '../../../components/figure-downloads.ts';

export const getStaticPaths = figurePaths;
export const GET = figureFile('json');
