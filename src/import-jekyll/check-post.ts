/** Checks that a post compiles, with MDX and the Markdown plugins of the build. */
import { compile } from '@mdx-js/mdx';
import remarkDefinitionList, { defListHastHandlers } from 'remark-definition-list';
import remarkGfm from 'remark-gfm';
import { VFile } from 'vfile';
import { messageOf } from '../lab/errors.ts';
import { rehypeMath, remarkFootnotesNearby, remarkMathematics, stopAtErrors } from '../math/index.ts';
import { site } from '../site/config.ts';
import { rehypeContents } from '../site/posts/table-of-contents.ts';

/** The error, with its line, if the body of a post does not compile. */
export async function compileProblem(body: string): Promise<string | undefined> {
  try {
    await compile(new VFile({ value: body, path: 'post.mdx', cwd: '.' }), {
      remarkPlugins: [remarkGfm, remarkFootnotesNearby, ...remarkMathematics, remarkDefinitionList],
      rehypePlugins: [[rehypeMath, { macros: site.macros }], rehypeContents, stopAtErrors],
      remarkRehypeOptions: { handlers: defListHastHandlers },
    });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
