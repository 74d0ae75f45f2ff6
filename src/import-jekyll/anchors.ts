/** The places of a converted post that links can lead to, by the ids that they had in the old blog. */
import { slug } from 'github-slugger';
import type { Heading, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { equationId, remarkHeadingIds } from '../math/index.ts';

/** The id that kramdown gives a heading. */
const kramdownId = (text: string): string =>
  text
    .replace(/^[^a-zA-Z]+/, '')
    .replace(/[^a-zA-Z0-9 -]/g, '')
    .replaceAll(' ', '-')
    .toLowerCase() || 'section';

/** New ids by old ones and by themselves. */
export function anchorsOf(tree: Root): Map<string, string> {
  const found = new Map<string, string>();
  const headings: Heading[] = [];
  visit(tree, (node) => {
    if (node.type === 'heading') headings.push(structuredClone(node));
    if (node.type === 'mdxJsxTextElement' || node.type === 'mdxJsxFlowElement')
      for (const each of node.attributes)
        if (each.type === 'mdxJsxAttribute' && each.name === 'id' && typeof each.value === 'string')
          found.set(each.value, each.value);
    if (node.type === 'math')
      for (const [, label = ''] of node.value.matchAll(/\\label\{([^{}]*)\}/g)) {
        found.set(equationId(label), equationId(label));
        found.set(`mjx-eqn-${label}`, equationId(label));
      }
    if (node.type !== 'paragraph') return;
    const [image, ...others] = node.children;
    const name = image?.type === 'image' && image.title ? image.url.replace(/^.*\/|\.\w+$/g, '') : '';
    if (name && others.length === 0) found.set(`fig-${name}`, `fig-${name}`);
  });
  const seen = new Map<string, number>();
  const numbered = (id: string, kind: string): string => {
    const count = seen.get(kind + id) ?? 0;
    seen.set(kind + id, count + 1);
    return count === 0 ? id : `${id}-${count}`;
  };
  remarkHeadingIds()({ type: 'root', children: headings }, new VFile({ path: 'x', cwd: '.' }));
  for (const heading of headings) {
    const id = String(heading.data?.hProperties?.id);
    const text = plainText(heading);
    for (const old of [id, numbered(kramdownId(text), 'k'), numbered(slug(text), 'g')])
      if (!found.has(old)) found.set(old, id);
  }
  return found;
}
