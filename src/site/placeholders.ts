/** Warns at build time if the configured addresses are still placeholders ending in `.example`. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { site } from './config.ts';
import { configurationFile } from './options.ts';

const isPlaceholder = (address: string): boolean => /(?:^|\.)example$/.test(new URL(address).hostname);

/** One warning for each of the two addresses that is still a placeholder. */
export function placeholderWarnings(file: string, address: string, repository: string | undefined): string[] {
  const notes: string[] = [];
  if (isPlaceholder(address))
    notes.push(
      `the site's address is the placeholder ${address}, to which feeds, canonical links and share links will lead: set site in ${file}, or pass --site`,
    );
  if (repository !== undefined && isPlaceholder(repository))
    notes.push(
      `the repository is the placeholder ${repository}, to which “Source” and “Edit this page” will lead: set or remove repository in ${file}`,
    );
  return notes;
}

/** Astro integration: logs these warnings once a build. */
export function placeholders(): AstroIntegration {
  let [address, file] = ['', ''];
  return {
    name: 'placeholders',
    hooks: {
      'astro:config:done': ({ config }) => {
        address = config.site!;
        file = configurationFile(fileURLToPath(config.root));
      },
      'astro:build:start': ({ logger }) => {
        for (const note of placeholderWarnings(file, address, site.repository?.url)) logger.warn(note);
      },
    },
  };
}
