/** The address of the blog, and its options: https://git.example/measured documents them in the guide. */
import measured from 'astro-measured';

/** @type {import('astro').AstroUserConfig} */
export default {
  // Where readers will find the blog. Below a path, such as https://www.example.org/blog/, add base: '/blog'.
  site: 'https://www.example',
  integrations: [
    measured({
      title: 'TITLE',
      description: 'What this blog is about, in a sentence.',
      language: 'en',
      author: { name: 'Your name' },
      accent: '#1d5c99',
      macros: { '\\E': '\\mathbb{E}', '\\Var': '\\operatorname{Var}' },
    }),
  ],
};
