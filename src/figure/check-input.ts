/** Checks what authors give to the functions for charts, of which TypeScript reports mistakes only in an editor. */
import { z } from 'zod';
import { functionOf, inputProblems, object } from '../lab/input-problems.ts';

/** A schema for each option of `T`. */
type Shape<T> = { readonly [Name in keyof T]-?: z.ZodType };

// Lists of rows and numbers may be long: what draws them checks them.
const list = (of: string) => z.custom<readonly unknown[]>(Array.isArray, `; write a list of ${of}`);
const pair = (ends: string) =>
  z.custom((value) => Array.isArray(value) && value.length === 2, `; write a list of two, [${ends}]`);

/** Schemas of options that several functions take. */
export const option = {
  text: z.string(),
  number: z.number(),
  isTrue: z.boolean(),
  oneOf: z.enum,
  list,
  listOf: z.array,
  functionOf,
  pair,
  object,
  ends: pair('low, high'),
  ramp: z.enum(['sequential', 'diverging']),
  layout: object({ name: z.enum(['wide', 'narrow']), width: z.number(), height: z.number() }),
  layers: list('layers'),
};

const scaled = {
  field: option.text,
  title: option.text,
  domain: option.ends.optional(),
  format: option.text.optional(),
  values: list('numbers').optional(),
};

/** The schema of an `Axis`, and that of one whose scale is linear from zero. */
export const axis = object({
  ...scaled,
  scale: z.enum(['linear', 'log', 'symlog', 'category']).optional(),
  constant: option.number.optional(),
  zero: option.isTrue.optional(),
});
export const axisFromZero = object(scaled);

/** The schemas of `HelperInput`. */
export const helperInput = { layout: option.layout, data: list('rows') };

/** The schemas of `SeriesInput`. */
export const seriesInput = {
  ...helperInput,
  series: option.text.optional(),
  seriesTitle: option.text.optional(),
  layers: option.layers.optional(),
};

/** The schemas of `CategoryInput`. */
export const categoryInput = { ...helperInput, category: axis, value: axis, layers: option.layers.optional() };

/** A check of the options that `name` takes. It throws a `RangeError` for options that are unknown, missing or wrong. */
export function inputCheck<T>(name: string, shape: Shape<T>): (input: unknown) => void {
  const schema = object(shape);
  return (input) => {
    const issues = schema.safeParse(input).error?.issues ?? [];
    // A misspelt option is missing, too.
    const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
    if (issue === undefined) return;
    const [problem] = issue.path.length === 0 && issue.code === 'invalid_type' ? [] : inputProblems(issue, input);
    throw new RangeError(`${name}: ${problem?.text ?? `write { ${Object.keys(shape).join(', ')} }`}`);
  };
}
