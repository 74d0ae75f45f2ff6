/** Wraps a display formula in a box that scrolls on its own, also by keyboard, and that references link to. */
import type { Parent } from 'mdast';
import type { InlineMath, Math as MathNode } from 'mdast-util-math';
import { words } from '../i18n/index.ts';
import { type Equations, equationId } from './equations.ts';

export type EquationBox = Parent & { type: 'equation' };

declare module 'mdast' {
  interface RootContentMap {
    equation: EquationBox;
  }
}

/** `node` in a `div.equation` with the first label as its id; labels of further lines get anchors of their own. */
export function scrollBox(node: MathNode, labels: readonly string[], equations: Equations): EquationBox {
  const numbers = labels.map((label) => equations.get(label)?.number ?? '?');
  const [id, ...others] = labels.map(equationId);
  const anchors = others.map((other) => ({
    type: 'text' as const,
    value: '',
    data: { hName: 'span', hProperties: { id: other } },
  }));
  const hProperties = {
    className: ['equation'],
    ...(id && { id }),
    tabIndex: 0,
    role: 'group',
    ariaLabel: words.text.equation(numbers.join(', ')),
  };
  const position = node.position && { position: node.position };
  return { type: 'equation', data: { hName: 'div', hProperties }, children: [...anchors, node], ...position };
}

/** Sets a formula's TeX, which remark-math stores twice: as the node's value and in the element it becomes. */
export function setTex(node: MathNode | InlineMath, tex: string): void {
  node.value = tex;
  const [first] = node.data?.hChildren ?? [];
  const text = first?.type === 'element' ? first.children[0] : first;
  if (text?.type === 'text') text.value = tex;
}
