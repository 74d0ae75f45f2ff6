/** Runs the checks of a build on the text of a post that is not being built, such as one that has just been imported. */
import type { Root as HastRoot } from 'hast';
import type { Nodes, Root } from 'mdast';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { type Pluggable, type PluggableList, unified } from 'unified';
import type { Point } from 'unist';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { PostError, report, stopAtErrors } from '../../math/index.ts';
import { remarkCitations } from '../citations/citations.ts';
import { createMarkdown } from '../markdown/markdown.ts';
import { remarkQuotes } from '../markdown/smart-quotes.ts';
import { remarkReadingTime } from '../posts/reading-time.ts';
import { rehypeChecks } from './index.ts';

/** An error of a post's text, and where it stands. */
export type TextProblem = { readonly line: number; readonly column: number; readonly problem: string };

/** The error for a formula as KaTeX gets it; undefined if KaTeX sets it. */
export type SetFormula = (tex: string, display: boolean) => string | undefined;

const nodes = ['mdxJsxFlowElement', 'mdxJsxTextElement', 'mdxFlowExpression', 'mdxTextExpression', 'mdxjsEsm'] as const;
const { remarkPlugins, remarkRehype: rehypeOptions } = createMarkdown().processor.options;

/** A citation that consists of keys, and perhaps of a place in the last work. */
const plainCitation = /\[@[^\s\];,]+(?:; @[^\s\];,]+)*(?:, [^\]@]*)?\]/g;

/** Plugins that report nothing. */
const silent: readonly unknown[] = [remarkQuotes, remarkReadingTime];

/** Remark plugin: reports formulas that cannot be set. `set` may know the answer, so that no formula is set twice. */
const checkFormulas = (set: SetFormula) => () => (tree: Root, file: VFile) => {
  visit(tree, (node: Nodes) => {
    if (node.type !== 'math' && node.type !== 'inlineMath') return;
    // The formula with numbers in the place of labels, as `rewrite-labels.ts` leaves it.
    const [child] = (node.data?.hChildren ?? []) as { value?: string; children?: { value?: string }[] }[];
    const tex = child?.value ?? child?.children?.[0]?.value ?? node.value;
    const problem = set(tex, node.type === 'math');
    if (problem !== undefined) report(file, node.position?.start, problem);
  });
};

/**
 * All errors of the text of the post `path` in the blog `cwd`; empty if a build would accept it. `citable`: whether all keys
 * between brackets are known to be in the bibliography, so that these citations need not be formatted.
 */
export async function problemsOfText(
  text: string,
  { path, cwd, title, citable = false }: { path: string; cwd: string; title: string; citable?: boolean },
  set: SetFormula,
): Promise<TextProblem[]> {
  const file = new VFile({ value: text, path, cwd, data: { astro: { frontmatter: { title } } } });
  const hasOther = !citable || text.replace(plainCitation, '').includes('@');
  const skipped = hasOther ? silent : [...silent, remarkCitations];
  const processor = unified()
    .use(remarkParse)
    .use(remarkMdx)
    .use((remarkPlugins as PluggableList).filter((plugin: Pluggable) => !skipped.includes(plugin)))
    .use(checkFormulas(set))
    .use(remarkRehype, { ...rehypeOptions, allowDangerousHtml: true, passThrough: [...nodes] })
    .use(rehypeChecks as PluggableList)
    .use(stopAtErrors);
  try {
    const tree = processor.parse(file);
    await (processor as unknown as { run(tree: Root, file: VFile): Promise<HastRoot> }).run(tree, file);
    return [];
  } catch (error) {
    if (!(error instanceof PostError)) {
      const { line, column, message } = error as Error & Partial<Point>;
      return [{ line: line ?? 1, column: column ?? 1, problem: message }];
    }
    return error.message.split('\n').flatMap((each) => {
      const [, line, column, problem] = /^[^\n]*?:(\d+):(\d+): ([\s\S]*)$/.exec(each) ?? [];
      return [{ line: Number(line ?? 1), column: Number(column ?? 1), problem: problem ?? each }];
    });
  }
}
