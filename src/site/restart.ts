/** Restarts Astro's server in dev for changes that it would not notice: of what a blog replaces, and of its configuration. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { RunnableDevEnvironment } from 'vite';
import { overlay } from '../lab/astro/overlay.ts';
import { messageOf } from '../lab/errors.ts';
import { devServerOrigin } from './command.ts';
import { configurationFile } from './options.ts';
import { withImports } from './output/build-cache-integration.ts';
import { replacesPart } from './overrides.ts';
import { replacesPage } from './routes.ts';

/** How many servers Astro has set up, and the configuration's text when it began to change: Astro read that or a later one. */
const state: { servers: number; text: string | undefined } = { servers: 0, text: undefined };

/** Times in ms: in which editors and checkouts write several files, and in which Astro gives up a wrong configuration. */
const pause = { files: 200, failure: 1000 };

/** Astro integration for dev: restarts the server, or says that it must be started again. */
export function restartInDev(): AstroIntegration {
  let [root, source, file] = ['', '', ''];
  const read = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  return {
    name: 'restart',
    hooks: {
      'astro:config:setup': ({ config }) => {
        root = fileURLToPath(config.root);
        source = fileURLToPath(config.srcDir);
        file = join(root, configurationFile(root));
      },
      'astro:server:setup': ({ server, logger }) => {
        const own = ++state.servers;
        // Astro restarts when its configuration changes; it ignores changes during a restart.
        const restart = () => void server.watcher.emit('change', file);
        server.httpServer?.once('listening', () => {
          const { text } = state;
          state.text = undefined;
          if (text === undefined || read() === text) return;
          // Once the new server answers: Astro fails if it is to restart while it starts.
          const answer = fetch(devServerOrigin(), { method: 'HEAD' }).catch(() => {});
          void answer.then(() => setTimeout(() => own === state.servers && restart(), pause.files));
        });
        const imported = withImports(file);
        let timer: NodeJS.Timeout | undefined;
        const restartFor = (note: string) => {
          logger.info(note);
          clearTimeout(timer);
          timer = setTimeout(restart, pause.files);
        };
        const errors = overlay(server);
        // Of a content configuration that it cannot read, Astro says nothing, and loads no posts.
        const sayWhatIsWrong = async (path: string) => {
          const { runner } = server.environments.astro as RunnableDevEnvironment;
          const problem = await runner.import(path).then(
            () => undefined,
            (error) => `${relative(root, path)}: ${messageOf(error)}`,
          );
          if (problem !== undefined) logger.error(problem);
          errors.show(problem);
        };
        const changed = (path: string) => {
          if (path === file) {
            const text = read();
            state.text ??= text;
            setTimeout(() => {
              if (own !== state.servers) return;
              if (read() !== text) restart();
              else state.text = undefined;
            }, pause.failure).unref();
          } else if (dirname(path) === dirname(`${source}x`) && /^content\.config\.\w+$/.test(basename(path))) {
            setTimeout(() => void sayWhatIsWrong(path), pause.files).unref();
          } else if (imported.has(path)) {
            const note = `${relative(root, path)}, which ${relative(root, file)} imports, has changed`;
            // Node imports JavaScript once; Astro compiles a configuration in TypeScript anew.
            if (/\.[cm]?js$/.test(file)) logger.warn(`${note}: stop dev and start it again`);
            else restartFor(note);
          }
        };
        const cameOrWent = (path: string) => {
          if (replacesPart(source, path) || replacesPage(path))
            restartFor(`${relative(root, path)}: the package has one of this name, which it replaces`);
        };
        for (const event of ['add', 'change', 'unlink']) server.watcher.on(event, changed);
        for (const event of ['add', 'unlink']) server.watcher.on(event, cameOrWent);
      },
    },
  };
}
