/**
 * The package `astro-measured`: an Astro integration that makes a blog of posts and experiments.
 *
 *     export default defineConfig({ site: 'https://www.example.org', integrations: [measured({ title, description })] });
 */
import '../lab/fixed-locale.ts';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { astroProblems } from './astro-settings.ts';
import { configure, type MeasuredOptions } from './config.ts';
import { parseOptions } from './option-problems.ts';
import { configurationError, misplacedOptions, writtenOptions } from './options.ts';

export type { MeasuredOptions } from './config.ts';

/** The integration. Throws an Error that lists all wrong options with line and column when Astro reads its configuration. */
export default function measured(options: MeasuredOptions): AstroIntegration {
  writtenOptions.last = options;
  return {
    name: 'astro-measured',
    hooks: {
      'astro:config:setup': async (context) => {
        const parsed = parseOptions(options);
        const root = fileURLToPath(context.config.root);
        const ownProblems = 'problems' in parsed ? parsed.problems : [];
        const problems = [...astroProblems(context.config), ...misplacedOptions(root), ...ownProblems];
        if ('problems' in parsed || problems.length > 0) throw configurationError(root, problems);
        await configure(parsed.settings);
        // Modules read the settings when they are loaded: these, after the settings are known.
        const { setUp } = await import('./set-up.ts');
        setUp(context);
      },
    },
  };
}
