/** Loads a content collection again while the dev server runs, also across the restarts of Astro's server. */
import type { AstroIntegration } from 'astro';
import type { RunnableDevEnvironment } from 'vite';
import { messageOf } from '../errors.ts';
import { sharedState } from '../shared-state.ts';

type ServerSetup = Parameters<NonNullable<AstroIntegration['hooks']['astro:server:setup']>>[0];
export type Server = ServerSetup['server'];

/** How often each loader has begun to load. */
const loads = sharedState('loads', () => new Map<string, number>());

/** Notes that a blog has a loader, which makes its collection. */
export function noteLoader(name: string): void {
  loads.set(name, loads.get(name) ?? 0);
}

/** Notes that a loader begins to load. */
export function noteLoad(name: string): void {
  loads.set(name, (loads.get(name) ?? 0) + 1);
}

/** Makes the next pages evaluate the modules again that `isWanted` picks by their ids. */
export function forgetModules(server: Server, isWanted: (id: string) => boolean): void {
  for (const environment of Object.values(server.environments)) {
    const wanted = [...environment.moduleGraph.idToModuleMap].filter(([id]) => isWanted(id));
    const { runner } = environment as Partial<RunnableDevEnvironment>;
    for (const [id, module] of wanted) {
      environment.moduleGraph.invalidateModule(module);
      const evaluated = runner?.evaluatedModules.getModuleById(id);
      if (evaluated) runner?.evaluatedModules.invalidateModule(evaluated);
    }
  }
}

/** Id of Astro's module with the content that was loaded last. */
const contentModule = '\0astro:data-layer-content';

/** The server that Astro has set up last; those before load nothing more. */
let latestServer: Server | undefined;

/** Time between attempts, in ms. */
const pause = 200;

/**
 * A function that lets the loader `name` load again and refreshes the pages: one load after another, so that the last one
 * has read the latest files. Astro loads nothing while it reads the content configuration, as after a restart; then the
 * load follows later, without being waited for.
 */
export function reloader(
  name: string,
  { server, refreshContent, logger }: Pick<ServerSetup, 'server' | 'refreshContent' | 'logger'>,
): () => Promise<void> {
  latestServer = server;
  let waiting: Promise<void> | undefined;
  let last = Promise.resolve();
  const load = async (): Promise<void> => {
    waiting = undefined;
    const before = loads.get(name);
    await refreshContent?.({ loaders: [name] });
    if (loads.get(name) !== before) {
      // Astro writes what was loaded within half a second; a page that is made at that moment would keep the old.
      setTimeout(() => forgetModules(server, (id) => id === contentModule), 1000).unref();
    } else if (before !== undefined && server === latestServer) setTimeout(() => void reload(), pause).unref();
  };
  const reload = (): Promise<void> => {
    waiting ??= last.then(load).catch((error) => logger.error(messageOf(error)));
    last = waiting;
    return waiting;
  };
  // Of a server that replaces another: files may have changed while none was watched.
  if ((loads.get(name) ?? 0) > 0) void reload();
  return reload;
}
