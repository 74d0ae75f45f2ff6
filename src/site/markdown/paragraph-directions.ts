/** Sets `dir` on paragraphs and other blocks whose text runs in another direction than the text around them. */
import type { Nodes, Root } from 'hast';
import { toString as plainText } from 'hast-util-to-string';
import type { VFile } from 'vfile';
import { type Direction, directionOf } from '../../figure/text/bidi.ts';
import { site } from '../config.ts';
import { directionOfLanguage } from './text-direction.ts';

const blocks = /^(p|h[1-6]|li|blockquote|td|th|dt|dd)$/;

/** The `dir` attribute that an author set on an element, in HTML or in MDX. */
function authorDirection(node: Nodes): Direction | undefined {
  const dir =
    node.type === 'element'
      ? node.properties.dir
      : 'attributes' in node
        ? node.attributes.find((each) => 'name' in each && each.name === 'dir')?.value
        : undefined;
  return dir === 'rtl' || dir === 'ltr' ? dir : undefined;
}

/** Whether a block needs a `dir`. Within right-to-left text only paragraphs do: Arabic cells may start with Latin words. */
const needsDirection = (direction: Direction | undefined, around: Direction, tagName: string): boolean =>
  direction !== undefined && direction !== around && (direction === 'rtl' || tagName === 'p');

function setDirections(node: Nodes, around: Direction): void {
  let inside = authorDirection(node) ?? around;
  if (node.type === 'element' && node.properties.dir === undefined && blocks.test(node.tagName)) {
    const direction = directionOf(plainText(node));
    if (needsDirection(direction, around, node.tagName)) {
      node.properties.dir = direction;
      inside = direction!;
    }
  }
  if ('children' in node) for (const child of node.children) setDirections(child, inside);
}

/** Rehype plugin: sets `dir` on such blocks. */
export function rehypeDirections() {
  return (tree: Root, file: VFile): void => {
    const language: unknown = file.data.astro?.frontmatter?.language;
    setDirections(tree, directionOfLanguage(typeof language === 'string' ? language : site.language));
  };
}
