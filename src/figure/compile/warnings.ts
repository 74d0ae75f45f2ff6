/** Tells harmless warnings of Vega and Vega-Lite from those that stop the build. */
import { logarithmAdvice } from './invalid-values.ts';

const harmless: readonly RegExp[] = [
  // A plot with discrete steps along an axis has the size of the steps.
  /^Dropping "fit(-[xy])?" because spec has discrete (width|height)/,
  // The type of a channel follows from its values or its aggregate.
  /^Missing type for channel/,
  /^Invalid field type "\w+" for aggregate/,
  // Advice only; the drawing is the same.
  /^Stacking is applied even though the aggregate function is non-summative/,
  /^Using discrete channel "\w+" to encode "\w+" field can be misleading/,
  /is not usually used with/,
  // A shared axis or legend of several layers shows the titles of all.
  /^Conflicting (axis|legend|header) property "(title|grid|tickCount|tickMinStep|symbolType|zindex)"/,
  /^Unioning discrete legend values/,
  // An empty layer, such as no outliers of a box plot. `checkScales` rejects scales without any data.
  /^Infinite extent/,
];

/** What to do about a warning that stops the build. */
export const advice: readonly (readonly [warning: RegExp, what: string])[] = [
  [/^Log scale domain includes zero/, logarithmAdvice],
  [
    /^Scale domainMid exceeds/,
    'write a middle between the lowest and the highest value, or a domain that has it, `scale: {domain: [low, high], domainMid: …}`',
  ],
];

/** Whether a warning can be ignored. */
export const isHarmless = (message: string): boolean => harmless.some((pattern) => pattern.test(message));
