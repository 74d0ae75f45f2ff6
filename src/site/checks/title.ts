/** Reports the title of a post if it contains TeX that KaTeX cannot set. */
import { existsSync, readFileSync } from 'node:fs';
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { katexProblem, report } from '../../math/index.ts';
import { titleHtml } from '../posts/title.ts';

/** Remark plugin. */
export function remarkTitle() {
  return (_: Root, file: VFile): void => {
    const { title } = file.data.astro?.frontmatter ?? {};
    if (typeof title !== 'string') return;
    try {
      titleHtml(title);
    } catch (error) {
      // `file.value` has no front matter any more, so the line is looked up on disk.
      const lines = existsSync(file.path) ? readFileSync(file.path, 'utf8').split('\n') : [];
      const line = lines.findIndex((each) => /^title\s*:/.test(each)) + 1;
      report(
        file,
        line > 0 ? { line, column: 1 } : undefined,
        `title: ${katexProblem((error as Error).message)}; write \\$ for a dollar sign`,
      );
    }
  };
}
