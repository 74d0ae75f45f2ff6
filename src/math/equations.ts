/** Gives each labelled equation of a post its number: its own `\tag`, else the next of 1, 2, 3, …. */
import type { PhrasingContent, Root } from 'mdast';
import type {} from 'mdast-util-math'; // the node inlineMath
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { rowsOf } from './labels.ts';
import { locationOf, report } from './report-errors.ts';
import { type Formula, locationInFormula } from './source-location.ts';
import { type Command, commands } from './tex.ts';

/** A labelled equation: its number as printed, and the location of its label. */
export type Equation = { number: string; place: string };
export type Equations = ReadonlyMap<string, Equation>;

const labelPattern = /^[A-Za-z][\w:.-]*$/;

/**
 * The id of a labelled equation: `eq-` and the label, with `-` for `:` and `.`, which LaTeX allows in labels and CSS
 * not in names. The prefix is not repeated: `eq:delta` becomes `eq-delta`.
 */
export function equationId(label: string): string {
  const name = label.replace(/[:.]/g, '-');
  return name.startsWith('eq-') ? name : `eq-${name}`;
}

/**
 * Every `\label` of the post with its equation's number: the text of its own `\tag`, else the next of 1, 2, 3, …
 * Reports a label that is repeated, malformed, in inline mathematics, or the second of one equation.
 */
export function collectEquations(tree: Root, file: VFile): Equations {
  const equations = new Map<string, Equation>();
  let count = 0;
  visit(tree, (node) => {
    if (node.type !== 'math' && node.type !== 'inlineMath') return;
    for (const { labels, tags } of rowsOf(commands(node.value))) {
      const [label, second] = labels;
      if (!label) continue;
      const place = locationInFormula(file, node, label.start);
      const name = label.argument ?? '';
      const wrong = (problem: string) => report(file, place, `\\label{${name}} ${problem}`);
      if (node.type === 'inlineMath') wrong('stands in a line of text, but only a $$ block is numbered');
      if (!labelPattern.test(name)) wrong('is no name: expected a letter, then letters, digits or - _ : .');
      const earlier = equations.get(name);
      if (earlier) wrong(`is already taken at ${earlier.place}`);
      const alike = [...equations.keys()].find((other) => equationId(other) === equationId(name));
      if (alike)
        wrong(`and \\label{${alike}} at ${equations.get(alike)!.place} would both be #${equationId(name)}; rename one`);
      if (second) wrong(`is followed by \\label{${second.argument}} of the same equation; number lines apart in align`);
      if (!earlier)
        equations.set(name, { number: tags[0]?.argument ?? String(++count), place: locationOf(file, place) });
    }
  });
  return equations;
}

const none: Equation = { number: '?', place: '' };

/** The equation that a `\ref` or `\eqref` in `formula` names. If there is none, reports the labels that exist. */
export function citedEquation(file: VFile, formula: Formula, command: Command, equations: Equations): Equation {
  const equation = equations.get(command.argument ?? '');
  if (equation) return equation;
  const names = [...equations.keys()].join(', ');
  const known = names ? `this post labels ${names}` : 'this post labels no equation';
  const at = locationInFormula(file, formula, command.start);
  report(file, at, `\\${command.name}{${command.argument ?? ''}}: no such equation; ${known}`);
  return none;
}

/** `(3)` as `\eqref` prints it, `3` as `\ref` does: text in TeX, since a `\tag` may hold formulas. */
export function referenceText(command: Command, equation: Equation): string {
  return command.name === 'eqref' ? `(${equation.number})` : equation.number;
}

/** An equation number as Markdown nodes: text, or a formula if it contains TeX. */
export function asPhrasing(number: string): PhrasingContent[] {
  if (!/[$\\{}]/.test(number)) return [{ type: 'text', value: number }];
  const value = `\\text{${number}}`;
  const hProperties = { className: ['language-math', 'math-inline'] };
  return [{ type: 'inlineMath', value, data: { hName: 'code', hProperties, hChildren: [{ type: 'text', value }] } }];
}
