/** Astro's configuration: integrations, Markdown, build options. The blog's own settings are in src/site/config.ts. */
import './src/lab/fixed-locale.ts';
import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import { lab } from './src/lab/astro/dev.ts';
import { collectPostErrors } from './src/site/checks/broken-posts.ts';
import { commandMode } from './src/site/command.ts';
import { site } from './src/site/config.ts';
import { katexFonts } from './src/site/fonts/katex-fonts.ts';
import { scriptFonts } from './src/site/fonts/script-fonts.ts';
import { fontSubsetting } from './src/site/fonts/subset-fonts.ts';
import { publicFiles } from './src/site/links/link-targets.ts';
import { markdown, placeOfAddress } from './src/site/markdown/markdown.ts';
import { atomicOutput } from './src/site/output/atomic-output.ts';
import { buildCache } from './src/site/output/build-cache-integration.ts';
import { checkOutput } from './src/site/output/check-output.ts';
import { writeHeaders } from './src/site/output/headers.ts';
import { limitHeapGrowth } from './src/site/output/limit-heap-growth.ts';
import { manifestFile } from './src/site/output/manifest.ts';
import { publishPostFiles } from './src/site/output/post-files.ts';
import { sanitizeSvgFiles } from './src/site/output/sanitize-svg.ts';
import { placeholders } from './src/site/placeholders.ts';
import { checkSettings } from './src/site/settings.ts';

checkSettings(site);

/** @type {import('astro').AstroUserConfig} */
export default {
  site: site.url,
  base: site.base,
  srcDir: './src/site',
  trailingSlash: 'always',
  integrations: [
    commandMode(),
    lab(),
    collectPostErrors(),
    // Static parts of a post are compiled to HTML strings, a tenth of the work; not links, which are a component.
    mdx({ optimize: { ignoreElementNames: ['a'] } }),
    sitemap({ filter: (page) => !page.endsWith('/editor/') }),
    placeholders(),
    limitHeapGrowth(),
    publicFiles(),
    publishPostFiles(),
    scriptFonts(site.fonts),
    fontSubsetting(),
    checkOutput(site, placeOfAddress),
    buildCache(),
    sanitizeSvgFiles(),
    writeHeaders(),
    manifestFile(),
    atomicOutput(),
  ],
  markdown,
  // 6 kB in each page, compressed, save a round trip before anything is drawn.
  build: { inlineStylesheets: 'always' },
  vite: {
    // No `.env` files: the site depends on its sources alone.
    envDir: false,
    plugins: [katexFonts()],
    build: {
      // No fonts inlined in style sheets, where they could not be subset and would be in every page.
      assetsInlineLimit: 0,
      // Astro marks each post with a directive of its own, and Rolldown would warn of each.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
  devToolbar: { enabled: false },
};
