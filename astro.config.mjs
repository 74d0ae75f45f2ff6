/** The configuration of this blog: its address, and the options of the package. */
import measured from 'astro-measured';
import { notation } from './src/blog/notation.ts';
import { remarkReference } from './src/blog/remark-reference.ts';

/** @type {import('astro').AstroUserConfig} */
export default {
  site: 'https://measured.example',
  srcDir: './src/blog',
  integrations: [
    measured({
      title: 'Measured',
      description: 'Backpropagation and initialisation, derived by hand and measured each time this site is built.',
      language: 'en-GB',
      author: { name: 'The Measured project', type: 'Organization' },
      repository: { url: 'https://git.example/measured', edit: 'https://git.example/measured/edit/main' },
      notation,
      macros: {
        '\\E': '\\mathbb{E}',
        '\\Var': '\\operatorname{Var}',
        '\\R': '\\mathbb{R}',
        '\\diag': '\\operatorname{diag}',
      },
      share: {
        Email: (url, title) => `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(url)}`,
        Bluesky: (url, title) => `https://bsky.app/intent/compose?text=${encodeURIComponent(`${title} ${url}`)}`,
        'Hacker News': (url, title) =>
          `https://news.ycombinator.com/submitlink?u=${encodeURIComponent(url)}&t=${encodeURIComponent(title)}`,
      },
      remarkPlugins: [remarkReference],
    }),
  ],
};
