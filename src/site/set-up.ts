/** What `measured()` adds to an Astro configuration: routes, Markdown, content, fonts, checks of the built site. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';
import { setAccent } from '../figure/palette.ts';
import { lab } from '../lab/astro/dev.ts';
import { collectPostErrors } from './checks/broken-posts.ts';
import { commandMode } from './command.ts';
import { site } from './config.ts';
import { externalPackages } from './external-packages.ts';
import { katexFonts } from './fonts/katex-fonts.ts';
import { scriptFonts } from './fonts/script-fonts.ts';
import { fontSubsetting } from './fonts/subset-fonts.ts';
import { publicFiles } from './links/link-targets.ts';
import { compileAgain } from './markdown/compile-again.ts';
import { compilePlainMarkdown } from './markdown/compile-plain-markdown.ts';
import { createMarkdown, placeOfAddress } from './markdown/markdown.ts';
import { unknownSymbols } from './notation/unknown-symbols.ts';
import { atomicOutput } from './output/atomic-output.ts';
import { buildCache } from './output/build-cache-integration.ts';
import { checkOutput } from './output/check-output.ts';
import { writeHeaders } from './output/headers.ts';
import { limitHeapGrowth } from './output/limit-heap-growth.ts';
import { manifestFile } from './output/manifest.ts';
import { publishPostFiles } from './output/post-files.ts';
import { publishResults } from './output/publish-results.ts';
import { publishRedirects } from './output/redirects.ts';
import { sanitizeSvgFiles } from './output/sanitize-svg.ts';
import { overrides } from './overrides.ts';
import { placeholders } from './placeholders.ts';
import { buildDay } from './posts/build-date.ts';
import { postsInDev } from './posts/posts-loader.ts';
import { restartInDev } from './restart.ts';
import { injectedRoutes } from './routes.ts';

type SetUp = Parameters<NonNullable<AstroIntegration['hooks']['astro:config:setup']>>[0];

/** Sets up Astro for the blog. */
export function setUp({ config, injectRoute, updateConfig }: SetUp): void {
  // Throws if SOURCE_DATE_EPOCH is invalid.
  buildDay();
  setAccent(site.accent && [site.accent.light, site.accent.dark]);
  const source = fileURLToPath(config.srcDir);
  for (const { pattern, entrypoint } of injectedRoutes(source)) injectRoute({ pattern, entrypoint, prerender: true });
  const markdownFolders = [fileURLToPath(new URL('posts/', config.root)), join(source, 'pages/')];
  const has = (name: string) => config.integrations.some((each) => each.name === name);
  updateConfig({
    trailingSlash: 'always',
    // Astro adds the slash only to what a blog itself has configured so; without it dev would refuse images.
    image: { endpoint: { route: `${config.image.endpoint.route.replace(/\/$/, '')}/` } },
    integrations: [
      commandMode(),
      lab(),
      postsInDev(),
      restartInDev(),
      collectPostErrors(),
      compileAgain(),
      // Static parts of a post are compiled to HTML strings, a tenth of the work; not links, which are a component.
      mdx({ optimize: { ignoreElementNames: ['a'] } }),
      ...(has('@astrojs/sitemap') ? [] : [sitemap({ filter: (page) => !page.endsWith('/editor/') })]),
      placeholders(),
      limitHeapGrowth(),
      publicFiles(),
      publishPostFiles(),
      scriptFonts(site.fonts),
      fontSubsetting(),
      unknownSymbols(),
      checkOutput(site, placeOfAddress),
      buildCache(),
      sanitizeSvgFiles(),
      publishRedirects(),
      writeHeaders(),
      publishResults(),
      manifestFile(),
      atomicOutput(),
    ],
    markdown: createMarkdown(),
    // 6 kB in each page, compressed, save a round trip before anything is drawn.
    build: { inlineStylesheets: 'always' },
    vite: {
      // No `.env` files: the site depends on its sources alone.
      envDir: false,
      plugins: [katexFonts(), externalPackages(), overrides(source), compilePlainMarkdown(markdownFolders)],
      ssr: { noExternal: ['astro-measured'] },
      build: {
        // No fonts inlined in style sheets, where they could not be subset and would be in every page.
        assetsInlineLimit: 0,
        // Astro marks each post with a directive of its own, and Rolldown would warn of each.
        rolldownOptions: { checks: { moduleLevelDirective: false } },
      },
    },
    devToolbar: { enabled: false },
  });
}
