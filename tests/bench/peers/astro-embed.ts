/** The article on a minimal Astro blog: rehype-katex sets formulas during the build, vega-embed draws charts in the browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialect } from './article.ts';

export const astroDialect: Dialect = {
  figure: (spec, caption) =>
    `<figure><div class="chart" data-spec="/specs/${spec}.json"></div><figcaption>${caption}</figcaption></figure>`,
  inlineMath: (tex) => `$${tex}$`,
  displayMath: (tex) => `$$\n${tex}\n$$`,
};

const CONFIG = `import { unified } from '@astrojs/markdown-remark';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';

export default { markdown: { processor: unified({ remarkPlugins: [remarkMath], rehypePlugins: [rehypeKatex] }) } };
`;

const LAYOUT = `---
import 'katex/dist/katex.min.css';
const { frontmatter } = Astro.props;
---
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>{frontmatter.title}</title>
  </head>
  <body>
    <main><h1>{frontmatter.title}</h1><slot /></main>
    <script>
      import embed from 'vega-embed';
      for (const div of document.querySelectorAll<HTMLElement>('.chart')) {
        const spec = await (await fetch(div.dataset.spec!)).json();
        await embed(div, spec, { actions: false, renderer: 'svg' });
      }
    </script>
  </body>
</html>
`;

/** Writes the project to `folder`; chart specifications go to its `public/specs`. */
export function layOutAstro(folder: string, title: string, markdown: string): void {
  for (const each of ['src/pages', 'src/layouts', 'public']) mkdirSync(join(folder, each), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  writeFileSync(join(folder, 'astro.config.mjs'), CONFIG);
  writeFileSync(join(folder, 'src/layouts/Post.astro'), LAYOUT);
  const head = `---\nlayout: ../layouts/Post.astro\ntitle: ${JSON.stringify(title)}\n---\n\n`;
  writeFileSync(join(folder, 'src/pages/index.md'), head + markdown);
}
