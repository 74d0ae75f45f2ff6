/** A figure’s data as CSV. */
import { figureFile, figurePaths } from '../../../components/figure-downloads.ts';

export const getStaticPaths = figurePaths;
export const GET = figureFile('csv');
