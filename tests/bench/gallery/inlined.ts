/** Inlines the data files of a specification. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../../src/figure/compile/vega-spec.ts';

/** A specification with inline data instead of references to files of `folder`. */
export function inlineData(value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value.map((each) => inlineData(each, folder));
  if (typeof value !== 'object' || value === null) return value;
  const { url, ...rest } = value as Json;
  if (typeof url !== 'string' || !/\bdata\/[\w.-]+$/.test(url))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inlineData(each, folder)]));
  const name = url.slice(url.lastIndexOf('/') + 1);
  const type = name.slice(name.lastIndexOf('.') + 1);
  const text = readFileSync(join(folder, name), 'utf8');
  if (type === 'json') return { ...rest, values: JSON.parse(text) };
  return { ...rest, values: text, format: { type, ...(rest.format as Json | undefined) } };
}
