/** Collects the characters that the built pages draw with each font, so that fonts can be subset to them. */
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { sha256 } from '../../lab/plan/task-key.ts';
import type { StyleRule } from './font-faces.ts';

/** The font properties that a CSS rule of KaTeX sets; others are inherited. */
type FontStyle = { readonly family?: string | undefined; readonly bold?: boolean; readonly italic?: boolean };

/** A CSS rule of KaTeX, for elements with all of `classes`. */
type Rule = FontStyle & { readonly classes: readonly string[] };

/** A face by the name of KaTeX's font file: `Main-Regular`, `Math-BoldItalic`. */
type Face = `${string}-${'Regular' | 'Bold' | 'Italic' | 'BoldItalic'}`;

/** Characters by the KaTeX face that the style sheet asks for. */
export type MathCharacters = Map<string, Set<string>>;

/** The rules among those of a style sheet that select KaTeX fonts. */
export function katexRules(sheet: readonly StyleRule[]): Rule[] {
  const rules: Rule[] = [];
  for (const { selectors, properties } of sheet) {
    const family = /^"?KaTeX_(\w+)/.exec(properties.get('font-family') ?? '')?.[1];
    const weight = properties.get('font-weight');
    const style = properties.get('font-style');
    if (!family && !weight && !style) continue;
    const fontStyle: FontStyle = {
      ...(family && { family }),
      ...(weight && { bold: /700|bold/.test(weight) }),
      ...(style && { italic: style === 'italic' }),
    };
    for (const selector of selectors.filter((each) => each.includes('.katex '))) {
      const compound = selector.split(/[\s>]+/).findLast((part) => part.includes('.'))!;
      rules.push({ classes: compound.split('.').filter(Boolean), ...fontStyle });
    }
  }
  return rules;
}

/** The selectors of the rules whose `font` or `font-family` matches `fonts`. */
const selectorsWith = (rules: readonly StyleRule[], fonts: RegExp): string[] =>
  rules
    .filter(({ properties }) => ['font', 'font-family'].some((name) => fonts.test(properties.get(name) ?? '')))
    .flatMap(({ selectors }) => selectors);

/**
 * The element names and `.classes` that rules set in the font of figures or code; empty if a rule sets anything
 * but `body` in the text font. Compound selectors are ignored: their elements count as running text, which at worst adds
 * a few letters to the text font.
 */
export function otherFontSelectors(rules: readonly StyleRule[]): string[] {
  if (selectorsWith(rules, /var\(--font-text/).some((selector) => selector !== 'body')) return [];
  return selectorsWith(rules, /var\(--font-(?:figure|code)/).filter((selector) => /^\.?[\w-]+$/.test(selector));
}

/** Returns a memoised function from an element's classes to its font properties; later rules win. */
function createStyleLookup(rules: readonly Rule[]): (classes: readonly string[]) => FontStyle {
  const known = new Map<string, FontStyle>();
  return (classes) => {
    const key = classes.join(' ');
    const found = known.get(key);
    if (found) return found;
    const matching = rules.filter((rule) => rule.classes.every((name) => classes.includes(name)));
    const { classes: _, ...fontStyle }: Partial<Rule> = Object.assign({}, ...matching);
    known.set(key, fontStyle);
    return fontStyle;
  };
}

/**
 * The face among `faces` that a browser uses for the face `asked`: CSS matches the family, then the slant, then the
 * weight (CSS Fonts 4, § 5.2). Undefined if the family has none.
 */
export function katexFaceFor(asked: string, faces: readonly string[]): string | undefined {
  const [family, variant] = asked.split('-') as [string, string];
  const isItalic = (face: string) => face.endsWith('Italic');
  const isBold = (face: string) => face.includes('-Bold');
  const prefer = (candidates: readonly string[], test: (face: string) => boolean) => {
    const matching = candidates.filter(test);
    return matching.length === 0 ? candidates : matching;
  };
  const ofFamily = faces.filter((face) => face.startsWith(`${family}-`));
  const slanted = prefer(ofFamily, (face) => isItalic(face) === variant.endsWith('Italic'));
  return prefer(slanted, (face) => isBold(face) === variant.startsWith('Bold'))[0];
}

/**
 * The characters of pages: `text` outside formulas; `running`, those of it in the text font; `italic`, those of it in
 * italic elements; `math`, in KaTeX's HTML; and the `classes` of all elements.
 */
export type GlyphUse = { readonly [kind in Kind]: Set<string> } & { readonly math: MathCharacters };
type Kind = 'text' | 'running' | 'italic' | 'classes';

/** Elements that browsers set in italics. */
const italicElements = ['em', 'i', 'cite', 'dfn', 'var', 'address'];

/** Whether an element is a closed `<details>`, which hides all but its summary. */
const isClosedDetails = ({ tagName, properties }: Element): boolean =>
  tagName === 'details' && properties.open === undefined;

/**
 * Collects the characters and classes of the pages given to `add`. `apart`: selectors from `otherFontSelectors`.
 * `withFolded`: whether the content of closed `<details>` counts.
 */
export function createGlyphCollector(
  rules: readonly Rule[],
  apart: readonly string[] = [],
  withFolded = true,
): GlyphUse & { readonly add: (page: Nodes) => void } {
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
  const styleOf = createStyleLookup(rules);
  const classesOf = ({ properties: { className } }: Element): string[] => {
    const names = Array.isArray(className) ? className.map(String) : [];
    for (const name of names) classes.add(name);
    return names;
  };

  function addMath(node: Nodes, inherited: FontStyle): void {
    if (node.type === 'text') {
      const { family, bold, italic } = inherited;
      const face: Face = `${family}-${bold ? (italic ? 'BoldItalic' : 'Bold') : italic ? 'Italic' : 'Regular'}`;
      const used = math.get(face) ?? new Set();
      math.set(face, used);
      for (const character of node.value) used.add(character);
    } else if (node.type === 'element') {
      const style = { ...inherited, ...styleOf(classesOf(node)) };
      for (const child of node.children) addMath(child, style);
    }
  }

  function addText(node: Nodes, isItalic: boolean, isRunning: boolean): void {
    // MathML is for screen readers; browsers that draw it have fonts of their own.
    if (node.type === 'element' && node.tagName === 'math') return;
    if (node.type === 'text')
      for (const character of node.value) {
        text.add(character);
        if (isRunning) running.add(character);
        if (isItalic) italic.add(character);
      }
    const names = node.type === 'element' ? classesOf(node) : [];
    if (node.type === 'element' && names.includes('katex-html')) addMath(node, { family: 'Main' });
    else if ('children' in node) {
      const italicInside = isItalic || (node.type === 'element' && italicElements.includes(node.tagName));
      const runningInside = isRunning && !(node.type === 'element' && isApart(node, names));
      const isHidden = (child: Nodes): boolean =>
        !withFolded &&
        node.type === 'element' &&
        isClosedDetails(node) &&
        !('tagName' in child && child.tagName === 'summary');
      for (const child of node.children) if (!isHidden(child)) addText(child, italicInside, runningInside);
    }
  }

  const add = (page: Nodes): void => addText(page, false, true);
  return { text, running, italic, math, classes, add };
}

/** The characters and classes of one page, as JSON. */
export type PageUse = { readonly [kind in Kind]: readonly string[] } & {
  readonly math: readonly (readonly [face: string, characters: readonly string[]])[];
};

const asJson = ({ text, running, italic, classes, math }: GlyphUse): PageUse => ({
  text: [...text],
  running: [...running],
  italic: [...italic],
  classes: [...classes],
  math: [...math].map(([face, characters]) => [face, [...characters]]),
});

const drawing = /<svg\b[^>]*\bclass="drawing[\s\S]*?<\/svg>/g;

/**
 * Returns a function that collects the characters and classes of a page's HTML: of all of it, and without closed
 * `<details>`. Each drawing is parsed separately and only once: drawings are most of a page and stand on several, and the
 * tree of a page takes a hundred times its bytes.
 */
export function createGlyphReader(
  rules: readonly Rule[],
  apart: readonly string[] = [],
): (html: string) => readonly [all: PageUse, unfolded: PageUse] {
  const read = (tree: Nodes, withFolded = true): PageUse => {
    const collector = createGlyphCollector(rules, apart, withFolded);
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
    const drawn: PageUse[] = [];
    const rest = html.replace(drawing, (svg) => {
      drawn.push(readDrawing(svg));
      return '';
    });
    const tree = fromHtml(rest);
    const use = (withFolded: boolean) => asJson(mergeUses([read(tree, withFolded), ...drawn]));
    return [use(true), use(false)];
  };
}

/** The union over pages. */
export function mergeUses(pages: readonly PageUse[]): GlyphUse {
  const union = (kind: Kind) => new Set(pages.flatMap((page) => page[kind]));
  const math: MathCharacters = new Map();
  for (const page of pages)
    for (const [face, characters] of page.math) math.set(face, new Set([...(math.get(face) ?? []), ...characters]));
  return { text: union('text'), running: union('running'), italic: union('italic'), classes: union('classes'), math };
}
