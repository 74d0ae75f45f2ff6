/** Finds the encodings that an author wrote for each mark of a compiled specification. */
import { isObject, type Json } from './vega-spec.ts';

/** The encodings of a normalised specification, by the names that Vega-Lite gives their marks. */
export function encodingsByMark(normalized: unknown): Map<string, Json> {
  const found = new Map<string, Json>();
  const visit = (view: unknown, inherited: string): void => {
    if (!isObject(view)) return;
    const name = typeof view.name === 'string' ? view.name : inherited;
    const child = (suffix: string): string => (name === '' ? suffix : `${name}_${suffix}`).replace(/\W/g, '_');
    if (Array.isArray(view.layer)) for (const [i, each] of view.layer.entries()) visit(each, child(`layer_${i}`));
    for (const list of [view.hconcat, view.vconcat, view.concat])
      if (Array.isArray(list)) for (const [i, each] of list.entries()) visit(each, child(`concat_${i}`));
    if (isObject(view.spec)) visit(view.spec, child('child'));
    if (isObject(view.encoding) && view.mark !== undefined) found.set(child('marks'), view.encoding);
  };
  visit(normalized, '');
  return found;
}
