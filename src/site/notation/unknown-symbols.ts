/** Notes the letters of displayed formulas that nothing introduces: a build lists them at its end, dev when a page is made. */
import type { AstroIntegration } from 'astro';
import { sharedState } from '../../lab/shared-state.ts';
import { isDev } from '../command.ts';

const notes = sharedState('unknown-symbols', () => new Map<string, string>());

/** Notes the symbols of the post in `file`, as `κ (line 12)`; none if there are none. */
export function noteUnknownSymbols(file: string, symbols: readonly string[]): void {
  if (symbols.length === 0) return;
  const note = `${file}: displayed, and introduced neither in the text nor in a notation: ${symbols.join(', ')}`;
  if (isDev()) console.info(note);
  else notes.set(file, note);
}

/** Astro integration: lists the notes at the end of a build. */
export function unknownSymbols(): AstroIntegration {
  return {
    name: 'symbols',
    hooks: {
      'astro:build:start': () => notes.clear(),
      'astro:build:done': ({ logger }) => {
        for (const [, note] of [...notes].sort()) logger.info(note);
      },
    },
  };
}
