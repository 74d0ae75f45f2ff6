/** Detects values that cannot be drawn, which Vega would silently put at zero or leave out. */

/** Scale types of categories. */
export const discreteScales = ['band', 'point', 'ordinal'];

const advice =
  "leave such rows out (`transform: [{filter: 'isValid(datum…)'}]`), or say what becomes of them (`mark: {invalid: 'filter'}` or `'break-paths-show-path-domains'`)";

/** What to do about zero, and about bars, on a logarithmic scale. */
export const logarithmAdvice =
  "a logarithmic scale shows numbers above zero only, and bars and areas begin at zero: draw `point` or `rule`, leave such rows out, or take `scale: {type: 'symlog'}`";

/** The message for a row that a map's projection does not show. */
export const unprojectedMessage = (where: string, row: string): string =>
  `${where} has no place that the map's projection shows: ${row}; ${advice}`;

/** The message for a value that cannot be drawn on a type of scale; undefined if it can. */
export function invalidValueProblem(
  value: unknown,
  type: string,
): ((where: string, row: string) => string) | undefined {
  if (value === undefined) return (where, row) => `missing in ${where}: ${row}; ${advice}`;
  if (value === null || (typeof value === 'number' && Number.isNaN(value)))
    return (where, row) =>
      `${where} has ${String(value)}, not ${type === 'none' || discreteScales.includes(type) ? 'a value' : type === 'time' || type === 'utc' ? 'a date' : 'a finite number'}: ${row}; ${advice}`;
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? (where, row) => `${where} has no date: ${row}; ${advice}` : undefined;
  if (type === 'none' || discreteScales.includes(type)) return undefined;
  if (type === 'time' || type === 'utc')
    return Number.isFinite(Number(value)) || !Number.isNaN(Date.parse(String(value)))
      ? undefined
      : (where, row) => `${where} has ${JSON.stringify(value)}, not a date: ${row}; ${advice}`;
  if (typeof value !== 'boolean' && String(value).trim() !== '' && Number.isFinite(Number(value)))
    return type === 'log' && Number(value) <= 0
      ? (where, row) => `${where} has ${String(value)}, which a log scale cannot show: ${row}; ${logarithmAdvice}`
      : undefined;
  return (where, row) =>
    `${where} has ${JSON.stringify(value) ?? String(value)}, not a finite number: ${row}; ${advice}`;
}
