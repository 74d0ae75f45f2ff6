/** Rounded corners of rectangles and groups. */
import type { FigureItem } from 'vega';

const corners = ['', 'TopLeft', 'TopRight', 'BottomLeft', 'BottomRight'].map((corner) => `cornerRadius${corner}`);

/** Whether a rectangle has a corner that is no corner. */
export const isRounded = (item: FigureItem): boolean => corners.some((corner) => Number(item[corner] ?? 0) > 0);
