/** Runs MDX through the plugins of src/math, as the site does with a post. */
import type { Root as HastRoot } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Root } from 'mdast';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { VFile } from 'vfile';
import {
  type MathOptions,
  rehypeMath,
  rehypePunctuation,
  remarkMathematics,
  stopAtErrors,
} from '../../src/math/index.ts';

function post(source: string): VFile {
  return new VFile({ value: source, path: '/blog/posts/x.mdx', cwd: '/blog' });
}

/** The tree after the remark plugins. */
export async function marked(source: string, file = post(source)): Promise<Root> {
  const processor = unified().use(remarkParse).use(remarkMdx).use(remarkMathematics);
  return (await processor.run(processor.parse(file), file)) as Root;
}

/** The HTML after all plugins; JSX elements are left out. */
export async function html(source: string, options?: MathOptions): Promise<string> {
  const file = post(source);
  const tree = await unified()
    .use(remarkRehype)
    .use(rehypeMath, options)
    .use(rehypePunctuation)
    .use(stopAtErrors)
    .run((await marked(source, file)) as never, file);
  return toHtml(tree as HastRoot);
}

/** The message of the error that stops the build. */
export async function failure(source: string, options?: MathOptions): Promise<string> {
  return html(source, options).then(
    (page) => `no failure:\n${page}`,
    (error: Error) => error.message,
  );
}
