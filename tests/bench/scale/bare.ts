/** The minimal Astro site for comparison: the same posts in MDX with rehype-katex, ready-made figures, one layout, one list. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postText } from './blog.ts';

const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module", "private": true }\n',
  'astro.config.mjs': `import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
export default {
  integrations: [mdx({ optimize: OPTIMIZE })],
  markdown: { processor: unified({ remarkPlugins: [remarkMath], rehypePlugins: [rehypeKatex] }) },
};
`,
  'src/content.config.ts': `import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
export const collections = { posts: defineCollection({ loader: glob({ base: './posts', pattern: '*.mdx' }) }) };
`,
  'src/Chart.astro': `---
import { readFileSync } from 'node:fs';
const svg = readFileSync(\`figures/\${Astro.props.of}.svg\`, 'utf8').replace(/^.*\\n/, '');
---
<figure><div set:html={svg} /><div set:html={svg} /><figcaption><slot /></figcaption></figure>
`,
  'src/pages/posts/[slug].astro': `---
import 'katex/dist/katex.min.css';
import { getCollection, render } from 'astro:content';
import Chart from '../../Chart.astro';
export async function getStaticPaths() {
  return (await getCollection('posts')).map((post) => ({ params: { slug: post.id }, props: { post } }));
}
const { post } = Astro.props;
const { Content } = await render(post);
---
<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>{post.data.title}</title></head>
  <body><main><h1>{post.data.title}</h1><Content components={{ Chart }} /></main></body>
</html>
`,
  'src/pages/index.astro': `---
import { getCollection } from 'astro:content';
const posts = await getCollection('posts');
---
<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Posts</title></head>
  <body><ul>{posts.map((post) => <li><a href={\`/posts/\${post.id}/\`}>{post.data.title}</a></li>)}</ul></body>
</html>
`,
};

/** Writes the site to `folder`, with MDX's setting `optimize`; figures go to its `figures/`. */
export function layOutBare(folder: string, posts: number, optimize: boolean): void {
  for (const each of ['posts', 'src/pages/posts']) mkdirSync(join(folder, each), { recursive: true });
  for (const [file, text] of Object.entries(files))
    writeFileSync(join(folder, file), text.replace('OPTIMIZE', String(optimize)));
  for (let i = 0; i < posts; i++) {
    const figure = (name: string) => `<Chart of="${name}">Curves.</Chart>`;
    writeFileSync(
      join(folder, `posts/post-${i}.mdx`),
      postText(i, figure, () => '0.123'),
    );
  }
}
