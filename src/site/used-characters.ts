/** Which characters the built pages draw with which font, so that fonts can be cut to them. */
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { sha256 } from '../lab/key.ts';

/** What a rule of KaTeX's says of the font: each part that it leaves open is inherited. */
type Choice = { readonly family?: string | undefined; readonly bold?: boolean; readonly italic?: boolean };

/** A style rule of KaTeX, for elements with all of `classes`. */
type Rule = Choice & { readonly classes: readonly string[] };

/** A font as style sheets ask for it, and as KaTeX names its files: `Main-Regular`, `Math-BoldItalic`. */
type Face = `${string}-${'Regular' | 'Bold' | 'Italic' | 'BoldItalic'}`;

/** Characters by the face of KaTeX that is asked to draw them. */
export type MathCharacters = Map<string, Set<string>>;

/** The rules of a style sheet that choose among KaTeX's fonts. */
export function katexRules(css: string): Rule[] {
  const rules: Rule[] = [];
  for (const [, selectors, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const family = /font-family:\s*"?KaTeX_(\w+)/.exec(body!)?.[1];
    const weight = /font-weight:\s*(\w+)/.exec(body!)?.[1];
    const style = /font-style:\s*(\w+)/.exec(body!)?.[1];
    if (selectors!.includes('@font-face') || (!family && !weight && !style)) continue;
    const choice: Choice = {
      ...(family && { family }),
      ...(weight && { bold: /700|bold/.test(weight) }),
      ...(style && { italic: style === 'italic' }),
    };
    for (const selector of selectors!.split(',').filter((each) => each.includes('.katex '))) {
      const compound = selector
        .trim()
        .split(/[\s>]+/)
        .findLast((part) => part.includes('.'))!;
      rules.push({ classes: compound.split('.').filter(Boolean), ...choice });
    }
  }
  return rules;
}

/** The rules of style sheets whose font is one that `fonts` match, by selector. */
const selectorsWith = (sheets: readonly string[], fonts: RegExp): string[] =>
  sheets
    .flatMap((css) => [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)])
    .filter(([, , body]) => [...body!.matchAll(/(?:^|;)\s*font(?:-family)?:[^;]*/g)].some(([font]) => fonts.test(font)))
    .flatMap(([, selectors]) => selectors!.split(',').map((each) => each.trim()));

/**
 * Names and `.classes` of elements that style sheets set in the figures' font or in that of code: none if a rule sets
 * something other than the body in that of running text. Selectors of more than one name or class do not count: what they
 * choose is taken for running text, which costs a letter more at worst.
 */
export function setApart(sheets: readonly string[]): string[] {
  if (selectorsWith(sheets, /var\(--font-text/).some((selector) => selector !== 'body')) return [];
  return selectorsWith(sheets, /var\(--font-(?:figure|code)/).filter((selector) => /^\.?[\w-]+$/.test(selector));
}

/** What the classes of an element choose: of two rules on the same thing, the later one holds. */
function chooser(rules: readonly Rule[]): (classes: readonly string[]) => Choice {
  const known = new Map<string, Choice>();
  return (classes) => {
    const key = classes.join(' ');
    const found = known.get(key);
    if (found) return found;
    const matching = rules.filter((rule) => rule.classes.every((name) => classes.includes(name)));
    const { classes: _, ...choice }: Partial<Rule> = Object.assign({}, ...matching);
    known.set(key, choice);
    return choice;
  };
}

/**
 * The face that draws what is asked of `asked`, of the `faces` that there are: CSS looks for the family, then for the
 * slant, then for the weight (CSS Fonts 4, § 5.2). Undefined if the family has none.
 */
export function faceFor(asked: string, faces: readonly string[]): string | undefined {
  const [family, variant] = asked.split('-') as [string, string];
  const isItalic = (face: string) => face.endsWith('Italic');
  const isBold = (face: string) => face.includes('-Bold');
  const prefer = (some: readonly string[], test: (face: string) => boolean) => {
    const fitting = some.filter(test);
    return fitting.length === 0 ? some : fitting;
  };
  const ofFamily = faces.filter((face) => face.startsWith(`${family}-`));
  const slanted = prefer(ofFamily, (face) => isItalic(face) === variant.endsWith('Italic'));
  return prefer(slanted, (face) => isBold(face) === variant.startsWith('Bold'))[0];
}

/**
 * What pages have: `text` outside formulas, `running` the part of it that no rule sets apart from running text, `italic`
 * the part in slanted elements, `math` within KaTeX's boxes, `classes` anywhere.
 */
export type Used = {
  readonly text: Set<string>;
  readonly running: Set<string>;
  readonly italic: Set<string>;
  readonly classes: Set<string>;
  readonly math: MathCharacters;
};

/** Elements that browsers set in italics. */
const slanted = ['em', 'i', 'cite', 'dfn', 'var', 'address'];

/** Whether an element hides all but its summary until it is opened. */
const isFolded = ({ tagName, properties }: Element): boolean => tagName === 'details' && properties.open === undefined;

/**
 * What pages use of fonts and styles, without what is folded away if so asked; `apart` as `setApart` finds it; `add` takes
 * the next page.
 */
export function characterCollector(
  rules: readonly Rule[],
  apart: readonly string[] = [],
  withFolded = true,
): Used & { readonly add: (page: Nodes) => void } {
  const text = new Set<string>();
  const running = new Set<string>();
  const italic = new Set<string>();
  const classes = new Set<string>();
  const math: MathCharacters = new Map();
  const others = new Set(apart);
  const isApart = ({ tagName, properties }: Element, names: readonly string[]): boolean =>
    others.has(tagName) ||
    names.some((name) => others.has(`.${name}`)) ||
    String(properties.fontFamily ?? '').includes('--font-figure');
  const choose = chooser(rules);
  const classesOf = ({ properties: { className } }: Element): string[] => {
    const names = Array.isArray(className) ? className.map(String) : [];
    for (const name of names) classes.add(name);
    return names;
  };

  function addMath(node: Nodes, inherited: Choice): void {
    if (node.type === 'text') {
      const { family, bold, italic } = inherited;
      const face: Face = `${family}-${bold ? (italic ? 'BoldItalic' : 'Bold') : italic ? 'Italic' : 'Regular'}`;
      const used = math.get(face) ?? new Set();
      math.set(face, used);
      for (const character of node.value) used.add(character);
    } else if (node.type === 'element') {
      const chosen = { ...inherited, ...choose(classesOf(node)) };
      for (const child of node.children) addMath(child, chosen);
    }
  }

  function addText(node: Nodes, isSlanted: boolean, isRunning: boolean): void {
    // MathML is for those who do not see the page; browsers that draw it have fonts for it.
    if (node.type === 'element' && node.tagName === 'math') return;
    if (node.type === 'text')
      for (const character of node.value) {
        text.add(character);
        if (isRunning) running.add(character);
        if (isSlanted) italic.add(character);
      }
    const names = node.type === 'element' ? classesOf(node) : [];
    if (node.type === 'element' && names.includes('katex-html')) addMath(node, { family: 'Main' });
    else if ('children' in node) {
      const inside = isSlanted || (node.type === 'element' && slanted.includes(node.tagName));
      const stillRunning = isRunning && !(node.type === 'element' && isApart(node, names));
      const isHidden = (child: Nodes): boolean =>
        !withFolded &&
        node.type === 'element' &&
        isFolded(node) &&
        !('tagName' in child && child.tagName === 'summary');
      for (const child of node.children) if (!isHidden(child)) addText(child, inside, stillRunning);
    }
  }

  const add = (page: Nodes): void => addText(page, false, true);
  return { text, running, italic, math, classes, add };
}

/** What one page uses, as JSON has it. */
export type PageUse = {
  readonly text: readonly string[];
  readonly running: readonly string[];
  readonly italic: readonly string[];
  readonly classes: readonly string[];
  readonly math: readonly (readonly [face: string, characters: readonly string[]])[];
};

const asJson = ({ text, running, italic, classes, math }: Used): PageUse => ({
  text: [...text],
  running: [...running],
  italic: [...italic],
  classes: [...classes],
  math: [...math].map(([face, characters]) => [face, [...characters]]),
});

const drawing = /<svg\b[^>]*\bclass="drawing[\s\S]*?<\/svg>/g;

/**
 * Reads pages for what they use, given the style sheets' rules. Drawings are read by themselves, once each: they are
 * most of a page, and stand on several; the tree of a whole page of them would be a hundred times its bytes.
 */
export function useReader(
  rules: readonly Rule[],
  apart: readonly string[] = [],
  withFolded = true,
): (html: string) => PageUse {
  const read = (tree: Nodes): PageUse => {
    const collector = characterCollector(rules, apart, withFolded);
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
  const math: MathCharacters = new Map();
  for (const page of pages)
    for (const [face, characters] of page.math) math.set(face, new Set([...(math.get(face) ?? []), ...characters]));
  return {
    text: all(({ text }) => text),
    running: all(({ running }) => running),
    italic: all(({ italic }) => italic),
    classes: all(({ classes }) => classes),
    math,
  };
}
