/** Paragraphs that run another way than what they stand in say so, whatever language the post is in. */
import type { Nodes, Root } from 'hast';
import { toString as plainText } from 'hast-util-to-string';
import type { VFile } from 'vfile';
import { type Direction, directionOf } from '../figure/bidi.ts';
import { site } from './config.ts';
import { directionOfLanguage } from './direction.ts';

const blocks = /^(p|h[1-6]|li|blockquote|td|th|dt|dd)$/;

/** The `dir` that an author gave an element, in Markdown's HTML or in MDX. */
function given(node: Nodes): Direction | undefined {
  const dir =
    node.type === 'element'
      ? node.properties.dir
      : 'attributes' in node
        ? node.attributes.find((each) => 'name' in each && each.name === 'dir')?.value
        : undefined;
  return dir === 'rtl' || dir === 'ltr' ? dir : undefined;
}

/** Whether a block of `direction` must be marked where text runs `around`: words of Latin letters may start an Arabic cell. */
const differs = (direction: Direction | undefined, around: Direction, tagName: string): boolean =>
  direction !== undefined && direction !== around && (direction === 'rtl' || tagName === 'p');

function mark(node: Nodes, around: Direction): void {
  let inside = given(node) ?? around;
  if (node.type === 'element' && node.properties.dir === undefined && blocks.test(node.tagName)) {
    const direction = directionOf(plainText(node));
    if (differs(direction, around, node.tagName)) {
      node.properties.dir = direction;
      inside = direction!;
    }
  }
  if ('children' in node) for (const child of node.children) mark(child, inside);
}

/** Rehype plugin: gives blocks in scripts that run the other way their `dir`. */
export function rehypeDirections() {
  return (tree: Root, file: VFile): void => {
    const language: unknown = file.data.astro?.frontmatter?.language;
    mark(tree, directionOfLanguage(typeof language === 'string' ? language : site.language));
  };
}
