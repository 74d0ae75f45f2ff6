/** Detects rounded corners of rectangles and groups. */
import type { FigureItem } from 'vega';

const corners = ['', 'TopLeft', 'TopRight', 'BottomLeft', 'BottomRight'].map((corner) => `cornerRadius${corner}`);

/** Whether any corner of a rectangle is rounded. */
export const isRounded = (item: FigureItem): boolean => corners.some((corner) => Number(item[corner] ?? 0) > 0);
