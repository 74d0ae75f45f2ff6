/** The syntax of other Markdown tools is an error, not plain text. */
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
  ['(sec-x)=\n## Heading', 'posts/x.mdx:1:1: (sec-x)=: this would be shown as it stands; remove it'],
  ['*[HTML]: Words', 'posts/x.mdx:1:1: *[HTML]: Words: '],
  ['+---+---+\n| a | b |\n+---+---+', 'posts/x.mdx:1:1: +---+---+: this would be shown as it stands; write a table as'],
  ['Text\n|---+---|', 'posts/x.mdx:2:1: |---+---|: '],
  ['  a     b\n----- -----\n  1     2', 'posts/x.mdx:2:1: this line is shown as a rule; write a table as'],
  ['Text\nof [[Other post]].', 'posts/x.mdx:2:4: [[Other post]]: this would be shown as it stands; write [text]('],
  ['A [[other|alias]] and', 'posts/x.mdx:1:3: [[other|alias]]: '],
  [
    'A [slides](./my slides.pdf).',
    'posts/x.mdx:1:3: [slides](./my slides.pdf): this would be shown as it stands; an address with spaces',
  ],
  ['![a](/favicon.svg =100x20)', 'posts/x.mdx:1:1: ![a](/favicon.svg =100x20): '],
  ['![a|100](/favicon.svg)', 'posts/x.mdx:1:1: ![a|100]: a width is no part of the words'],
  ['A ==marked== word.', 'posts/x.mdx:1:3: ==marked==: this would be shown as it stands; write <mark>'],
  ['A %%secret%% word.', 'posts/x.mdx:1:3: %%secret%%: '],
  ['A paragraph. ^block-id', 'posts/x.mdx:1:14: ^block-id: '],
  ['As @fig-plot shows.', 'posts/x.mdx:1:4: @fig-plot: this would be shown as it stands; write [](#id)'],
  ['H~2~O', 'posts/x.mdx:1:2: ~2~: this would be shown as it stands; write <sub>'],
  ['It is ~gone~ now.', 'posts/x.mdx:1:7: ~gone~: this would be shown as it stands; write ~~text~~'],
  ['A **"quoted"**word.', 'posts/x.mdx:1:3: **"quoted"**: this would be shown as it stands; the stars'],
  ['A word**(in brackets)** and', 'posts/x.mdx:1:7: **(in brackets)**: '],
  ['A **bold ** word.', 'posts/x.mdx:1:3: **bold **: '],
  ['10 m^2^', 'posts/x.mdx:1:5: ^2^: this would be shown as it stands; write <sup>'],
  ['Well :smile: then', 'posts/x.mdx:1:6: :smile:: '],
  ['It is `{python} x` now.', 'posts/x.mdx:1:7: `{python} x`: code in text is shown, not run'],
  ['Output:\n\n    [1] 2', 'posts/x.mdx:3:5: an indented block is text, not code'],
  ['Output:\n\n\tcode', 'posts/x.mdx:3:2: an indented block is text, not code'],
  ['- item\n\n      code', 'posts/x.mdx:3:7: an indented block is text, not code'],
  ['> text\n>\n>     code', 'posts/x.mdx:3:7: an indented block is text, not code'],
  ['{{< figure src="x.png" >}}', 'this is a shortcode of Hugo: write a picture as'],
  ['[a]({% post_url x %})', 'this is a tag of Liquid: '],
  ['{{ page.title }}', 'this is a variable of a template: '],
  [
    '::: {.callout-note}\nx\n:::',
    'posts/x.mdx:1:6: Could not parse expression with acorn: Unexpected token; this is a block of Pandoc: ',
  ],
  ['## A heading {#own}', 'attributes in braces are of other tools: leave them out'],
  ['![a](/favicon.svg){width=50%}', 'attributes in braces are of other tools: leave them out'],
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
  'If a == b or a==b==c, 100 %% of 5 %%, x^2 and y^3, 3~5, ~/a/~b.',
  '\\[\\[Other]], \\==marked==, x\\^2^, `[[Other]]` and `:smile:`.',
  'At 10:30:15, a:b:c, [1](see p. 3) and w@fig-tree.example.',
  'Ranges ~5 to ~10, f(**a, **b), g(**kwargs) and h(**options), 2**3 and 2**4, 2 ** 3 ** 4, x**-1 and y**-2.',
  '**bold**, **"quoted"** and \\*\\*"so"\\*\\*so, \\~so~.',
  '- - -',
  '1. Item\n\n    Text of the item.\n\n<div>\n    Text.\n</div>',
])('let through: %s', async (source) => {
  expect(await errorsOf(source)).toEqual([]);
});
