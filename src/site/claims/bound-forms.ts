/** The forms that the bounds of a claim have, to say how a malformed one is written. */
import { z } from 'astro/zod';

/** A number, or the name of a measure; a number in quotation marks is neither. */
const bound = z.union([z.number(), z.string().regex(/[^\d\s.+-]/)]);
const single = (kind: string) =>
  [bound, `${kind}={0.5}, or the name of a measure, ${kind}="experiment.measure"`] as const;
const alone = (kind: string) => [z.boolean(), kind] as const;
const size = z.number().nonnegative();

/** The form of each kind of bound, and an example. */
const forms: Readonly<Record<string, readonly [schema: z.ZodType, example: string]>> = {
  equals: single('equals'),
  atMost: single('atMost'),
  atLeast: single('atLeast'),
  above: single('above'),
  below: single('below'),
  covers: single('covers'),
  within: [z.tuple([bound, bound]), 'within={[0.1, 0.2]}'],
  near: [
    z.union([z.strictObject({ of: bound, relative: size }), z.strictObject({ of: bound, absolute: size })]),
    'near={{ of: 0.5, absolute: 0.01 }}, or near={{ of: 0.5, relative: 0.1 }}',
  ],
  increasing: alone('increasing'),
  decreasing: alone('decreasing'),
  ordered: [z.array(z.string()).min(2), "ordered={['small', 'large']}"],
};

/** Throws a RangeError for the first bound that has another form. */
export function checkForms(bounds: Readonly<Record<string, unknown>>): void {
  for (const [kind, value] of Object.entries(bounds)) {
    const form = forms[kind];
    if (form && value !== undefined && !form[0].safeParse(value).success)
      throw new RangeError(`${kind} is ${JSON.stringify(value)}; write ${form[1]}`);
  }
}
