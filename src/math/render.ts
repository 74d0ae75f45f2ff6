/** Sets formulas with KaTeX. TeX that KaTeX cannot set is an error; rehype-katex alone would print it in red. */
import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { toString as plainText } from 'hast-util-to-string';
import katex, { type KatexOptions } from 'katex';
import rehypeKatex from 'rehype-katex';
import type { Point } from 'unist';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import type { VFileMessage } from 'vfile-message';
import { setHeights } from './formula-height.ts';
import { repairMathml } from './mathml.ts';
import { report } from './report-errors.ts';
import { simplifyKatexHtml } from './simplify-katex-html.ts';
import { locationInFormula } from './source-location.ts';
import { type FormulaSymbol, separateLetters, symbolsOf } from './symbols/read-symbols.ts';
import { fillTags } from './tags.ts';
import { sourceOffset } from './tex.ts';

type Token = { readonly text: string; readonly loc?: unknown };

export type MathOptions = {
  /** TeX macros known to every post, `{ '\\E': '\\mathbb{E}' }`. */
  macros?: Readonly<Record<string, string>>;
  /** Called with formulas as KaTeX sets them, before their HTML is simplified. */
  read?: (tree: Root, file: VFile) => void;
};

/** Signs that no font of KaTeX has, in TeX. */
const signs: Readonly<Record<string, string>> = {
  '′': "'",
  '″': "''",
  '½': '\\tfrac12',
  '¼': '\\tfrac14',
  '¾': '\\tfrac34',
  '²': '^2',
  '³': '^3',
};

/** Commands and environments of TeX that KaTeX lacks, with advice. */
const lacking: readonly (readonly [problem: RegExp, advice: string])[] = [
  [/^Undefined control sequence: \\(?:ce|pu)\b/, 'write \\mathrm{H_2O}'],
  [/^Undefined control sequence: \\(?:SI|si|qty|unit|num|ang)\b/, 'write 3\\,\\mathrm{m}'],
  [/^No such environment: multline/, 'write gather'],
  [/^No such environment: eqnarray/, 'write align'],
  [
    /^No such environment/,
    'there are align, aligned, gather, gathered, split, cases, array, matrix, pmatrix, bmatrix, vmatrix and CD',
  ],
  [/^\\(?:href|url) is not allowed/, 'write [$x$](address)'],
  [/^\\includegraphics is not allowed/, 'write ![what it shows](./x.png)'],
];

/** How to write what KaTeX cannot set; `source` is the post. */
function adviceOn(problem: string, source: string): string {
  const found = lacking.find(([pattern]) => pattern.test(problem));
  if (found) return `; ${found[1]}`;
  const [, command] = /^Undefined control sequence: (\\[A-Za-z]+)/.exec(problem) ?? [];
  if (command === undefined) return '';
  const defines = new RegExp(`\\\\(?:(?:re)?newcommand\\*?|def|let)\\s*\\{?\\${command}(?![A-Za-z])`).test(source);
  return defines
    ? '; a definition holds in its own formula: write \\gdef, or use the option macros of astro.config.mjs'
    : '; define it in the option macros of astro.config.mjs';
}

/** KaTeX's settings for one post. Throws for commands that link or load, and for characters that no font has. */
export function katexSettings({ macros = {} }: MathOptions): KatexOptions {
  return {
    // KaTeX stores definitions by \gdef in this object: a copy, so that no post's definitions reach the next.
    macros: { ...macros },
    trust: ({ command }) => {
      throw new Error(`${command} is not allowed in a formula`);
    },
    strict: (code: string, _: string, token: Token) => {
      if (code === 'unknownSymbol')
        throw new katex.ParseError(
          `no font of KaTeX has “${token.text}”; write ${signs[token.text] ?? 'it outside of the formula'}`,
          token,
        );
      if (code === 'unicodeTextInMathMode')
        throw new katex.ParseError(`“${token.text}” is no symbol of mathematics; write \\text{${token.text}}`, token);
      return 'ignore';
    },
  };
}

/** A character that the required font of KaTeX does not have. */
class MissingGlyph extends Error {
  readonly character: string;

  /** `warning` is KaTeX's: "No character metrics for '<' in style 'Main-Italic' and mode 'text'". */
  constructor(warning: string) {
    const [, character = '', font] = /'(.+?)' in style '(.+?)'/.exec(warning) ?? [];
    super(
      font
        ? `KaTeX's font ${font} has no “${character}”; write it in another style, or outside of the formula`
        : warning,
    );
    this.character = character;
  }
}

/** Turns KaTeX's only warning, about a character without metrics, into an error. */
function throwOnWarning<T>(work: () => T): T {
  const { warn } = console;
  console.warn = (warning: unknown) => {
    throw new MissingGlyph(String(warning));
  };
  try {
    return work();
  } finally {
    console.warn = warn;
  }
}

/** The source location of an error of KaTeX; the start of the formula if KaTeX gave no position. */
function placeOf(file: VFile, message: VFileMessage): Point | undefined {
  const starts = (message.ancestors ?? []).map((node) => node.position?.start);
  const start = starts.findLast((point) => point?.offset !== undefined);
  const original = start?.offset === undefined ? undefined : file.data.rewritten?.get(start.offset);
  if (!original) return start;
  if (message.cause instanceof MissingGlyph) {
    const at = original.formula.value.indexOf(message.cause.character);
    return at < 0 ? start : locationInFormula(file, original.formula, at);
  }
  if (!(message.cause instanceof Error && 'position' in message.cause)) return start;
  return locationInFormula(file, original.formula, sourceOffset(Number(message.cause.position), original.edits));
}

/**
 * Finishes KaTeX's output. In MathML: numbers the lines of `align`, repairs elements, and removes the copy of the TeX,
 * which no reader sees and which is a twentieth of a page's bytes, together with `semantics` and the outer `mrow`,
 * which are then superfluous. In HTML: simplifies the boxes and drops the last semicolon of styles.
 */
function finish(tree: Root, options: MathOptions): void {
  visit(tree, 'element', (element, index, parent) => {
    const { properties } = element;
    if (typeof properties.style === 'string') properties.style = properties.style.replace(/;$/, '');
    if (String(properties.className) === 'katex-html') simplifyKatexHtml(element);
    if (element.tagName !== 'semantics' || parent === undefined || index === undefined) return undefined;
    const [annotation] = element.children.splice(1);
    if (annotation) fillTags(element, plainText(annotation), katexSettings(options));
    repairMathml(element);
    const [row] = element.children;
    const isRow = row?.type === 'element' && row.tagName === 'mrow';
    parent.children.splice(index, 1, ...(isRow ? row.children : element.children));
    return index;
  });
}

/** One inline formula as HTML, the same as in posts. Throws an Error for TeX that KaTeX cannot set. */
export function texToHtml(tex: string, options: MathOptions = {}): string {
  const html = throwOnWarning(() => katex.renderToString(tex, katexSettings(options)));
  const tree = fromHtml(html, { fragment: true });
  options.read?.(tree, new VFile());
  finish(tree, options);
  return toHtml(tree);
}

/** The symbols of a formula. Throws an Error for TeX that KaTeX cannot set. */
export function texSymbols(tex: string, options: MathOptions = {}): FormulaSymbol[] {
  const html = throwOnWarning(() => katex.renderToString(tex, { ...katexSettings(options), output: 'html' }));
  const found: FormulaSymbol[] = [];
  visit(fromHtml(html, { fragment: true }), 'element', (element) => {
    if (String(element.properties.className) !== 'katex-html') return;
    separateLetters(element);
    found.push(...symbolsOf(element));
  });
  return found;
}

/** The error of a build for a formula; undefined if KaTeX sets it. */
export function formulaProblem(tex: string, display: boolean, options: MathOptions = {}): string | undefined {
  try {
    throwOnWarning(() =>
      katex.renderToString(tex, { ...katexSettings(options), displayMode: display, output: 'html' }),
    );
    return undefined;
  } catch (error) {
    return katexProblem(error instanceof Error ? error.message : String(error));
  }
}

/** What an error message of KaTeX says is wrong, on one line and without the position in the formula. */
export const katexProblem = (message: string): string =>
  message
    .replace(/^KaTeX parse error: /, '')
    .replace(/ at position \d+(?:: .*)?/s, '')
    .replace(
      /^Unexpected character: '\\'$/,
      '\\ ends this formula, as before \\$; write \\(…\\) around a formula with a dollar sign',
    )
    .replace(/\s*\n\s*/g, ' ');

/** Rehype plugin: runs rehype-katex and reports every formula that it could not set. */
export function rehypeMath(options: MathOptions = {}) {
  return (tree: Root, file: VFile): void => {
    throwOnWarning(() => rehypeKatex(katexSettings(options))(tree, file));
    options.read?.(tree, file);
    setHeights(tree);
    finish(tree, options);
    const problems = file.messages.filter((message) => message.source === 'rehype-katex');
    for (const problem of problems) {
      const { cause, reason } = problem;
      const found = katexProblem(cause instanceof Error ? cause.message : reason);
      report(file, placeOf(file, problem), found + adviceOn(found, String(file.value)));
    }
  };
}
