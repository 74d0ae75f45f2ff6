/** Warnings of Vega and Vega-Lite that lose nothing of what an author wrote; any other stops the build. */
const harmless: readonly RegExp[] = [
  // A plot with steps of its own along one axis is sized by them.
  /^Dropping "fit(-[xy])?" because spec has discrete (width|height)/,
  // What a channel's values are is seen from the values, or follows from the aggregate.
  /^Missing type for channel/,
  /^Invalid field type "\w+" for aggregate/,
  // Advice on what may mislead, with nothing changed.
  /^Stacking is applied even though the aggregate function is non-summative/,
  /^Using discrete channel "\w+" to encode "\w+" field can be misleading/,
  /is not usually used with/,
  // Layers share an axis or a legend, which shows the names of both.
  /^Conflicting (axis|legend|header) property "(title|grid|tickCount|tickMinStep|symbolType|zindex)"/,
  /^Unioning discrete legend values/,
  // An empty layer, such as the outliers of a box plot without any; a scale that no data reaches is an error of its own.
  /^Infinite extent/,
];

/** Whether a warning may be passed over. */
export const isHarmless = (message: string): boolean => harmless.some((pattern) => pattern.test(message));
