/**
 * The symbols of a formula, read from the HTML that KaTeX makes of it: a letter with its font, accent, primes, subscript and
 * superscript. Notation is read in the same way, so that both agree however the TeX is written, macros included.
 */
import type { Element } from 'hast';
import { toString as plainText } from 'hast-util-to-string';

/** A symbol where it stands in a formula. */
export type FormulaSymbol = {
  /** The letter or sign with its font and accent, such as `Θ`, `mathcal N`, `accent zˆ`, `operator Var`. */
  readonly base: string;
  /** Its subscript as plain text; empty if there is none. */
  readonly sub: string;
  /** The primes after it. */
  readonly primes: string;
  /** The rest of its superscript as plain text. */
  readonly sup: string;
  /** Whether it stands in a subscript, a superscript or a limit of a sum. */
  readonly inScript: boolean;
  /** Whether it begins a part of its formula that is the symbol alone, or goes on with a relation or an argument. */
  readonly leads: boolean;
  /** The elements that show it: the letter, and its scripts if there are any. */
  readonly elements: readonly Element[];
};

const classesOf = ({ properties: { className } }: Element): readonly unknown[] =>
  Array.isArray(className) ? className : [];
const has = (element: Element, ...names: string[]): boolean => names.some((name) => classesOf(element).includes(name));
const childrenOf = ({ children }: Element): Element[] => children.filter((child) => child.type === 'element');

const fonts = [
  'mathcal',
  'mathbb',
  'mathbf',
  'boldsymbol',
  'mathfrak',
  'mathscr',
  'mathsf',
  'mathtt',
  'mathrm',
  'mathit',
];
/** Elements that hold nothing but space and lines. */
const empty = ['strut', 'pstrut', 'mspace', 'vlist-s', 'nulldelimiter', 'frac-line', 'arraycolsep'];
const textOf = (element: Element): string => plainText(element).replace(/[\u200b\s]/g, '');
const em = (element: Element, name: string): number =>
  Number.parseFloat(
    new RegExp(`(?:^|;)${name}:(-?[\\d.]+)em`).exec(String(element.properties.style ?? ''))?.[1] ?? '0',
  );

/** The boxes of the first stack in an element, from the lowest to the highest, as KaTeX writes them. */
const boxesOf = (element: Element): Element[] => {
  if (has(element, 'vlist')) return childrenOf(element);
  return (
    childrenOf(element)
      .map(boxesOf)
      .find((boxes) => boxes.length > 0) ?? []
  );
};

/** The texts of a subscript and a superscript. A lone script is a superscript if it is raised. */
function scriptsOf(msupsub: Element): { sub: string; sup: string } {
  const boxes = boxesOf(msupsub).filter((box) => childrenOf(box).length > 1);
  const [first, second] = boxes.map(textOf);
  if (second !== undefined) return { sub: first!, sup: second };
  const isRaised = boxes[0] !== undefined && -em(boxes[0], 'top') > em(childrenOf(boxes[0])[0]!, 'height');
  return isRaised ? { sub: '', sup: first! } : { sub: first ?? '', sup: '' };
}

/** What a letter or sign is called: its text with what changes its meaning. Undefined for an element that holds several. */
function baseOf(element: Element): string | undefined {
  const inner = childrenOf(element).filter((child) => !has(child, ...empty));
  if (has(element, 'text')) return `text ${textOf(element)}`;
  if (has(element, 'accent')) return `accent ${textOf(element)}`;
  if (has(element, 'mop') && !has(element, 'op-limits') && inner.every((child) => !has(child, 'msupsub')))
    return `operator ${textOf(element)}`;
  if (inner.length === 1 && !has(element, 'vlist-t', 'mfrac', 'sqrt')) return baseOf(inner[0]!);
  if (inner.length > 0 || textOf(element) === '') return undefined;
  const font = fonts.find((name) => has(element, name));
  return font ? `${font} ${textOf(element)}` : textOf(element);
}

/** The elements of a row, without the parts that KaTeX breaks lines between and without numbers of equations. */
const rowOf = (element: Element): Element[] =>
  childrenOf(element)
    .filter((child) => !has(child, ...empty, 'tag'))
    .flatMap((child) => (has(child, 'base', 'enclosing') ? rowOf(child) : [child]));

/** Whether an element is a column of `aligned` or its like, whose boxes are rows of their own. */
const isColumn = (element: Element): boolean => classesOf(element).some((name) => /^col-align-/.test(String(name)));

/** A letter with its scripts, `Θ` and `(l)`: the element of the letter and that of the scripts. */
function scripted(element: Element): { letter: Element; scripts: Element } | undefined {
  const [letter, scripts, ...others] = rowOf(element);
  return letter && scripts && others.length === 0 && has(scripts, 'msupsub') ? { letter, scripts } : undefined;
}

/**
 * Gives each letter below an element one of its own: KaTeX writes neighbours of the same font, `xy`, as one. The last keeps
 * the style, which is the space after it.
 */
export function separateLetters(parent: Element): void {
  parent.children = parent.children.flatMap((child) => {
    if (child.type !== 'element' || has(child, 'text', 'mop', 'accent-body')) return [child];
    const [first] = child.children;
    const isLetters =
      has(child, 'mord') && child.children.length === 1 && first?.type === 'text' && !has(child, 'mathrm');
    if (!isLetters || !/^\p{L}{2,}$/u.test(first.value)) {
      separateLetters(child);
      return [child];
    }
    const { style, ...properties } = child.properties;
    const letters = [...first.value];
    return letters.map((value, i): Element => {
      const own = i === letters.length - 1 && style !== undefined ? { ...properties, style } : { ...properties };
      return { ...child, properties: own, children: [{ type: 'text', value }] };
    });
  });
}

/** Finds all symbols below an element of class `katex-html`. */
export function symbolsOf(formula: Element): FormulaSymbol[] {
  const found: FormulaSymbol[] = [];

  const add = (element: Element, scripts: Element | undefined, leads: boolean, inScript: boolean): boolean => {
    const base = baseOf(element);
    if (base === undefined) return false;
    const { sub, sup } = scripts ? scriptsOf(scripts) : { sub: '', sup: '' };
    const primes = /^′*/.exec(sup)![0];
    const elements = scripts ? [element, scripts] : [element];
    found.push({ base, sub, primes, sup: sup.slice(primes.length), inScript, leads, elements });
    return true;
  };

  const addRow = (row: readonly Element[], isWhole: boolean, inScript: boolean): void => {
    let begins = isWhole;
    let depth = 0;
    for (const [i, element] of row.entries()) {
      const next = row[i + 1];
      const leads = begins && (next === undefined || has(next, 'mrel', 'mpunct', 'mopen'));
      depth += Number(has(element, 'mopen')) - Number(has(element, 'mclose'));
      begins = isWhole && depth === 0 && has(element, 'mpunct');
      const both = scripted(element);
      const isAdded = add(both?.letter ?? element, both?.scripts, leads, inScript);
      if (both) {
        if (!isAdded) addRow([both.letter], false, inScript);
        addRow(rowOf(both.scripts), false, true);
      } else if (isAdded) continue;
      else if (isColumn(element)) for (const box of boxesOf(element)) addRow(rowOf(box).flatMap(rowOf), true, inScript);
      else if (has(element, 'op-limits'))
        // The sign of the sum is in the box whose content is not made smaller.
        for (const box of boxesOf(element))
          addRow(rowOf(box), false, inScript || childrenOf(box).some((child) => has(child, 'sizing')));
      else addRow(rowOf(element), false, inScript || has(element, 'msupsub'));
    }
  };
  addRow(rowOf(formula), true, false);
  return found;
}
