/** The template of a new post: valid front matter, a sample text, and a comment that shows Value, Claim and Chart. */
import { writeFrontMatter } from './write-front-matter.ts';

const hints = [
  '# A draft is shown by `npm run dev` only; take the line away to publish.',
  '# More fields: updated, categories, image (src, alt, credit, link), comments, share, canonical.',
];

const body = String.raw`
Say here, before the first heading, what the reader will know at the end.

## The first section

Mathematics stands between dollars, $g(z) = \tanh z$, or in a block. A label numbers the block, and references find it.

$$
z = \Theta x + b
\label{linear}
$$

By $\eqref{linear}$, the pre-activation is linear in the input.

{/* A comment. Numbers, claims and figures come from experiments: npm run new -- experiment my-experiment, then

<Value of="my-experiment.cost.slow" format=".3f" />

<Claim of="my-experiment.cost.fast" atMost={0.1}>A sentence that stops the build when it is false.</Claim>

<Chart of="my-experiment" show="learning">A caption. Refer to the figure by [](#fig-learning).</Chart>

*/}
`;

/** The text of `posts/<slug>.mdx`; `today` is the day as `2026-11-22`. */
export const newPost = (title: string, today: string): string =>
  writeFrontMatter(
    { title, description: 'What the post shows, in a sentence.', date: today, tags: [], draft: true },
    hints,
  ) + body;
