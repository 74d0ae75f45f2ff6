/** Does a post compile? Asked of MDX and of the site's own mathematics, as the build will. */
import { compile } from '@mdx-js/mdx';
import remarkDefinitionList, { defListHastHandlers } from 'remark-definition-list';
import remarkGfm from 'remark-gfm';
import { VFile } from 'vfile';
import { rehypeMath, remarkFootnotesNearby, remarkMathematics, stopAtErrors } from '../../math/index.ts';
import { site } from '../../site/config.ts';
import { rehypeContents } from '../../site/contents.ts';

/** Why the body of a post does not compile, with the line in it; nothing if it does. */
export async function compileProblem(body: string): Promise<string | undefined> {
  try {
    await compile(new VFile({ value: body, path: 'post.mdx', cwd: '.' }), {
      remarkPlugins: [remarkGfm, remarkFootnotesNearby, ...remarkMathematics, remarkDefinitionList],
      rehypePlugins: [[rehypeMath, { macros: site.macros }], rehypeContents, stopAtErrors],
      remarkRehypeOptions: { handlers: defListHastHandlers },
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
