/** Which characters the built pages draw with which font, so that fonts can be cut to them. */
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { sha256 } from '../lab/key.ts';

/** A style rule of KaTeX: elements with all of `classes` use `family`, perhaps slanted or bold. */
type Rule = { classes: string[]; family: string | undefined; styled: boolean };

/** Characters by KaTeX family: all, and those in slanted or bold. */
export type MathCharacters = Map<string, { all: Set<string>; styled: Set<string> }>;

/** The rules of a style sheet that choose among KaTeX's fonts. */
export function katexRules(css: string): Rule[] {
  const rules: Rule[] = [];
  for (const [, selectors, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const family = /font-family:\s*"?KaTeX_(\w+)/.exec(body!)?.[1];
    const styled = /font-style:\s*italic|font-weight:\s*(?:700|bold)/.test(body!);
    if (selectors!.includes('@font-face') || (!family && !styled)) continue;
    for (const selector of selectors!.split(',').filter((each) => each.includes('.katex '))) {
      const compound = selector
        .trim()
        .split(/[\s>]+/)
        .findLast((part) => part.includes('.'))!;
      rules.push({ classes: compound.split('.').filter(Boolean), family, styled });
    }
  }
  return rules;
}

/** What the classes of an element choose: a family if any, and whether its letters are slanted or bold. */
type Choice = { family: string | undefined; styled: boolean };

function chooser(rules: readonly Rule[]): (classes: readonly string[]) => Choice {
  const known = new Map<string, Choice>();
  return (classes) => {
    const key = classes.join(' ');
    const found = known.get(key);
    if (found) return found;
    const matching = rules.filter((rule) => rule.classes.every((name) => classes.includes(name)));
    const family = matching.findLast((rule) => rule.family)?.family;
    const choice = { family, styled: matching.some((rule) => rule.styled) };
    known.set(key, choice);
    return choice;
  };
}

/**
 * What pages have: `text` outside formulas, `italic` the part of it in slanted elements, `math` within KaTeX's boxes,
 * `classes` anywhere.
 */
export type Used = {
  readonly text: Set<string>;
  readonly italic: Set<string>;
  readonly classes: Set<string>;
  readonly math: MathCharacters;
};

/** Elements that browsers set in italics. */
const slanted = ['em', 'i', 'cite', 'dfn', 'var', 'address'];

/** What pages use of fonts and styles; `add` takes the next page. */
export function characterCollector(rules: readonly Rule[]): Used & { readonly add: (page: Nodes) => void } {
  const text = new Set<string>();
  const italic = new Set<string>();
  const classes = new Set<string>();
  const math: MathCharacters = new Map();
  const choose = chooser(rules);
  const classesOf = ({ properties: { className } }: Element): string[] => {
    const names = Array.isArray(className) ? className.map(String) : [];
    for (const name of names) classes.add(name);
    return names;
  };

  function addMath(node: Nodes, family: string, styled: boolean): void {
    if (node.type === 'text') {
      const used = math.get(family) ?? { all: new Set(), styled: new Set() };
      math.set(family, used);
      for (const character of node.value) {
        used.all.add(character);
        if (styled) used.styled.add(character);
      }
    } else if (node.type === 'element') {
      const choice = choose(classesOf(node));
      const bold = choice.styled || (styled && !choice.family);
      for (const child of node.children) addMath(child, choice.family ?? family, bold);
    }
  }

  function addText(node: Nodes, isSlanted: boolean): void {
    if (node.type === 'text')
      for (const character of node.value) {
        text.add(character);
        if (isSlanted) italic.add(character);
      }
    if (node.type === 'element' && classesOf(node).includes('katex-html')) addMath(node, 'Main', false);
    else if ('children' in node) {
      const inside = isSlanted || (node.type === 'element' && slanted.includes(node.tagName));
      for (const child of node.children) addText(child, inside);
    }
  }

  const add = (page: Nodes): void => addText(page, false);
  return { text, italic, math, classes, add };
}

/** What one page uses, as JSON has it. */
export type PageUse = {
  readonly text: readonly string[];
  readonly italic: readonly string[];
  readonly classes: readonly string[];
  readonly math: readonly (readonly [family: string, all: readonly string[], styled: readonly string[]])[];
};

const asJson = ({ text, italic, classes, math }: Used): PageUse => ({
  text: [...text],
  italic: [...italic],
  classes: [...classes],
  math: [...math].map(([family, { all, styled }]) => [family, [...all], [...styled]]),
});

const drawing = /<svg\b[^>]*\bclass="drawing[\s\S]*?<\/svg>/g;

/**
 * Reads pages for what they use, given the style sheets' rules. Drawings are read by themselves, once each: they are
 * most of a page, and stand on several; the tree of a whole page of them would be a hundred times its bytes.
 */
export function useReader(rules: readonly Rule[]): (html: string) => PageUse {
  const read = (tree: Nodes): PageUse => {
    const collector = characterCollector(rules);
    collector.add(tree);
    return asJson(collector);
  };
  const drawings = new Map<string, PageUse>();
  const readDrawing = (svg: string): PageUse => {
    const key = sha256(svg);
    const use = drawings.get(key) ?? read(fromHtml(svg, { fragment: true }));
    drawings.set(key, use);
    return use;
  };
  return (html) => {
    const uses: PageUse[] = [];
    const rest = html.replace(drawing, (svg) => {
      uses.push(readDrawing(svg));
      return '';
    });
    return asJson(together([read(fromHtml(rest)), ...uses]));
  };
}

/** What all pages use. */
export function together(pages: readonly PageUse[]): Used {
  const all = (pick: (page: PageUse) => readonly string[]) => new Set(pages.flatMap(pick));
  const families = new Set(pages.flatMap(({ math }) => math.map(([family]) => family)));
  const ofFamily = (family: string, index: 1 | 2) =>
    all(({ math }) => math.filter(([name]) => name === family).flatMap((use) => use[index]));
  return {
    text: all(({ text }) => text),
    italic: all(({ italic }) => italic),
    classes: all(({ classes }) => classes),
    math: new Map([...families].map((family) => [family, { all: ofFamily(family, 1), styled: ofFamily(family, 2) }])),
  };
}
