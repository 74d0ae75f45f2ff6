/** Titles above code blocks: ` ```ts title="src/x.ts" `. */
import type { ShikiTransformer } from '@shikijs/types';

/** The title in the info string of a block of code. */
export const codeTitle = /(?<!\S)title=(["'])(.*?)\1(?!\S)/s;

/** Shiki transformer: a block whose info string has `title="…"` becomes a figure with that caption. */
export function codeTitles(): ShikiTransformer {
  return {
    name: 'code-titles',
    root(root) {
      const title = codeTitle.exec(this.options.meta?.__raw ?? '')?.[2];
      const [block] = root.children;
      if (!title || block?.type !== 'element') return;
      const caption = {
        type: 'element' as const,
        tagName: 'figcaption',
        properties: {},
        children: [{ type: 'text' as const, value: title }],
      };
      root.children = [
        { type: 'element', tagName: 'figure', properties: { className: ['code'] }, children: [caption, block] },
      ];
    },
  };
}
