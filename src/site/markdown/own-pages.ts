/** The blog's own pages in Markdown, `src/pages/colophon.md`: written as posts are, in the layout of pages. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Root } from 'mdast';
import type { MdxjsEsm } from 'mdast-util-mdx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestName } from '../../lab/did-you-mean.ts';
import { ownFile } from '../../lab/project.ts';
import { katexProblem, report } from '../../math/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { titleHtml } from '../posts/title.ts';
import { ownMarkdown } from '../routes.ts';

const layout = fileURLToPath(new URL('../layouts/MarkdownPage.astro', import.meta.url));
const components = ownFile('../layouts/components', import.meta.url);
const fields = ['title', 'description'];

/** The place of a field in the front matter of a file's text; its beginning if it is not there. */
function placeOf(field: string, text: string) {
  const line = text.split('\n').findIndex((each) => each.startsWith(`${field}:`)) + 1;
  return { line: Math.max(line, 1), column: 1 };
}

/** Reports what is wrong with the front matter of a page without a layout of its own. */
function checkFields(file: VFile, frontmatter: Record<string, unknown>, text: string): void {
  const { title } = frontmatter;
  const say = (field: string, problem: string) => report(file, placeOf(field, text), problem);
  if (typeof title !== 'string' || title.trim() === '')
    say('title', 'a page needs a title: begin the file with ---, title: …, ---, each on its line');
  else
    try {
      titleHtml(title);
    } catch (error) {
      say('title', `title: ${katexProblem((error as Error).message)}; write \\$ for a dollar sign`);
    }
  if (!['string', 'undefined'].includes(typeof frontmatter.description))
    say('description', 'description: expected a text; write it between quotation marks');
  for (const name of Object.keys(frontmatter).filter((each) => !fields.includes(each))) {
    const guess = nearestName(name, fields);
    say(name, `unknown field “${name}”; ${guess ? `did you mean ${guess}?` : `a page has ${fields.join(' and ')}`}`);
  }
}

const name = (value: string) => ({ type: 'Identifier' as const, name: value });
const binding = { imported: name('components'), local: name('components') };

/** `import { components } from '…'; export { components };`: from these, MDX takes the components that a page names. */
const componentsStatement: MdxjsEsm = {
  type: 'mdxjsEsm',
  value: '',
  data: {
    estree: {
      type: 'Program',
      sourceType: 'module',
      body: [
        {
          type: 'ImportDeclaration',
          attributes: [],
          source: { type: 'Literal', value: components },
          specifiers: [{ type: 'ImportSpecifier', ...binding }],
        },
        {
          type: 'ExportNamedDeclaration',
          declaration: null,
          attributes: [],
          source: null,
          specifiers: [{ type: 'ExportSpecifier', exported: name('components'), local: name('components') }],
        },
      ],
      comments: [],
    },
  },
};

/**
 * Remark plugin, to run before the checks: gives a page without a layout the package's, and the components of posts by name.
 */
export function remarkOwnPages() {
  return (tree: Root, file: VFile): void => {
    const frontmatter = file.data.astro?.frontmatter;
    if (!frontmatter || !ownMarkdown(file.path)) return;
    if (frontmatter.layout === undefined) {
      checkFields(file, frontmatter, readFileSync(file.path, 'utf8'));
      frontmatter.layout = layout;
    }
    visit(tree, (node) => {
      if (isJsxElement(node) && node.name === 'Claim')
        report(file, node.position?.start, '<Claim>: the list of claims is that of the posts; write it in a post');
    });
    tree.children.push(componentsStatement);
  };
}
