/** Runs a post through the site's Markdown plugins, and returns its HTML or the errors that would stop a build. */
import type { Element, Root as HastRoot } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { MdxJsxFlowElementHast, MdxJsxTextElementHast } from 'mdast-util-mdx-jsx';
import rehypeRaw from 'rehype-raw';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import remarkSmartypants from 'remark-smartypants';
import { type PluggableList, unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { PostError } from '../../../src/math/index.ts';
import { createMarkdown } from '../../../src/site/markdown/markdown.ts';

const {
  remarkPlugins,
  rehypePlugins,
  remarkRehype: remarkRehypeOptions,
  gfm,
  smartypants,
} = createMarkdown().processor.options;
const nodes = ['mdxJsxFlowElement', 'mdxJsxTextElement', 'mdxFlowExpression', 'mdxTextExpression', 'mdxjsEsm'] as const;

/** Replaces expressions by their source and components by elements, so that the tree can be written as HTML. */
function withoutJsx(tree: HastRoot): HastRoot {
  visit(tree, (node, index, parent) => {
    if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression')
      parent!.children[index!] = { type: 'text', value: `{${node.value}}` };
    if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
    const { name, attributes, children } = node as MdxJsxFlowElementHast | MdxJsxTextElementHast;
    const own = attributes.flatMap((each) =>
      each.type === 'mdxJsxAttribute' && typeof each.value === 'string' ? [[each.name, each.value]] : [],
    );
    const tagName = name === 'SiteLink' ? String(Object.fromEntries(own).as ?? 'a') : (name ?? 'span');
    const element: Element = { type: 'element', tagName, properties: Object.fromEntries(own), children: [] };
    parent!.children[index!] = { ...element, children: children as Element['children'] };
  });
  return tree;
}

/** A post as the processor gets it, in a blog with the folder `cwd`. */
function post(source: string, cwd: string, name: string, frontmatter: Frontmatter): VFile {
  const data = { astro: { frontmatter: { ...frontmatter } } };
  return new VFile({ value: source, path: `${cwd}/posts/${name}`, cwd, data });
}

type Frontmatter = Readonly<Record<string, unknown>>;

/** The HTML of a post's text. Throws PostError. */
export async function html(source: string, cwd = '/blog', name = 'x.mdx'): Promise<string> {
  return (await page(source, cwd, name)).html;
}

/** The HTML of a post's text, and its front matter with what plugins add to it. Throws PostError. */
export async function page(
  source: string,
  cwd = '/blog',
  name = 'x.mdx',
  written: Frontmatter = {},
): Promise<{ html: string; frontmatter: Frontmatter }> {
  const file = post(source, cwd, name, written);
  const processor = unified()
    .use(remarkParse)
    .use(remarkMdx)
    .use(gfm === false ? [] : ([[remarkGfm, gfm]] as PluggableList))
    .use(remarkSmartypants, typeof smartypants === 'object' ? smartypants : {})
    .use(remarkPlugins as PluggableList)
    .use(remarkRehype, { ...remarkRehypeOptions, allowDangerousHtml: true, passThrough: [...nodes] })
    .use(rehypeRaw, { passThrough: [...nodes] })
    .use(rehypePlugins as PluggableList);
  const tree = await processor.run(processor.parse(file), file);
  const { children } = withoutJsx(tree as HastRoot);
  const shown = children.filter(({ type }) => type !== 'mdxjsEsm');
  return { html: toHtml(shown), frontmatter: file.data.astro?.frontmatter ?? {} };
}

/** The errors of a post's text, one line each: `posts/x.mdx:1:2: …`. */
export async function errorsOf(source: string, cwd?: string, name?: string): Promise<string[]> {
  return html(source, cwd, name).then(
    () => [],
    (error: unknown) => {
      if (error instanceof PostError) return error.message.split('\n');
      throw error;
    },
  );
}
