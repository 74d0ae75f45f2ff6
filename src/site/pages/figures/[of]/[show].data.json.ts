/** A figure’s data as JSON. */
import { figureFile, figurePaths } from '../../../components/figure-downloads.ts';

export const getStaticPaths = figurePaths;
export const GET = figureFile('data.json');
