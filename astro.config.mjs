/** A static site: posts from ./posts, results from ./experiments, everything about it in src/site/config.ts. */
import './src/lab/fixed-locale.ts';
import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import { lab } from './src/lab/dev.ts';
import { builtPages } from './src/site/built-pages.ts';
import { brokenPosts } from './src/site/checks/broken-posts.ts';
import { cleanDrawings } from './src/site/clean-svg.ts';
import { followCommand } from './src/site/command.ts';
import { site } from './src/site/config.ts';
import { fontsToSize } from './src/site/cut-fonts.ts';
import { frugalHeap } from './src/site/frugal-heap.ts';
import { sendHeaders } from './src/site/headers.ts';
import { katexFonts } from './src/site/katex-fonts.ts';
import { keepMade } from './src/site/keeping.ts';
import { listFiles } from './src/site/manifest.ts';
import { markdown, placeOfAddress } from './src/site/markdown.ts';
import { placeholders } from './src/site/placeholders.ts';
import { publishFiles } from './src/site/published-files.ts';
import { scriptFonts } from './src/site/script-fonts.ts';
import { checkSettings } from './src/site/settings.ts';
import { publicFiles } from './src/site/targets.ts';
import { wholeOutput } from './src/site/whole-output.ts';

checkSettings(site);

/** @type {import('astro').AstroUserConfig} */
export default {
  site: site.url,
  base: site.base,
  trailingSlash: 'always',
  integrations: [
    followCommand(),
    lab(),
    brokenPosts(),
    // Static parts of a post become strings of HTML, a tenth of the work of elements; links are a component.
    mdx({ optimize: { ignoreElementNames: ['a'] } }),
    sitemap({ filter: (page) => !page.endsWith('/editor/') }),
    placeholders(),
    frugalHeap(),
    publicFiles(),
    publishFiles(),
    scriptFonts(site.fonts),
    fontsToSize(),
    builtPages(site, placeOfAddress),
    keepMade(),
    cleanDrawings(),
    sendHeaders(),
    listFiles(),
    wholeOutput(),
  ],
  markdown,
  // Six kilobytes in each page, compressed, rather than a round trip before anything is drawn.
  build: { inlineStylesheets: 'always' },
  vite: {
    // What the site is stands in its sources; `.env` files are beside them, and would answer for them.
    envDir: false,
    plugins: [katexFonts()],
    build: {
      // Fonts stay files: those that are small enough for a style sheet could not be cut, and would be in every page.
      assetsInlineLimit: 0,
      // Astro marks each post with a directive of its own; Rolldown would warn of every one.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
  devToolbar: { enabled: false },
};
