/** What other tools write as blocks does not arrive as plain text. */
import { expect, test } from 'vitest';
import { errorsOf } from './post.ts';

test.each([
  [':::note\nText.\n:::', 'posts/x.mdx:1:1: :::note: this would be shown as it stands; write > [!NOTE]'],
  ['Text.\n\n!!! warning\n    Text.', 'posts/x.mdx:3:1: !!! warning: '],
  ['.. note::\n   Text.', 'posts/x.mdx:1:1: .. note::: '],
  ['[TOC]', 'posts/x.mdx:1:1: [TOC]: this would be shown as it stands; remove it'],
  ['[[_TOC_]]', 'posts/x.mdx:1:1: [[_TOC_]]: '],
  ['![[picture.png]]', 'posts/x.mdx:1:1: ![[picture.png]]: this would be shown as it stands; write ![what it shows]('],
  ['\\newpage', 'posts/x.mdx:1:1: \\newpage: '],
  ['> [!WARNNG]\n> Text.', 'posts/x.mdx:1:3: [!WARNNG]: no such callout; did you mean [!WARNING]?'],
  ['> [!abstract]\n> Text.', 'posts/x.mdx:1:3: [!abstract]: no such callout; write [!NOTE]'],
  ['> [!note] A title\n> Text.', 'posts/x.mdx:1:3: [!note] stands alone on its line; write [!NOTE/A title]'],
  ['> [!tip]- Folded\n> Text.', 'posts/x.mdx:1:3: [!tip] stands alone on its line; write [!TIP/Folded]'],
])('%s', async (source, expected) => {
  expect(await errorsOf(source)).toEqual([expect.stringContaining(expected)]);
});

test.each([
  '> [!NOTE]\n> Text.',
  '> [!tip/A title]\n> Text.',
  '> [!TIP]\n>\n> $x$',
  'The range a:::b and !!! are text.',
  'An array [[1, 2], [3, 4]], and `[TOC]`.',
  '... and so on.',
  '```\n:::note\n```',
])('let through: %s', async (source) => {
  expect(await errorsOf(source)).toEqual([]);
});
