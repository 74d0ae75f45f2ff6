/**
 * Re-runs experiments in the background while Astro's dev server runs: saving a file runs what depends on it.
 *
 *     save ─▶ stop the run under way ─▶ cli --json ─▶ planned: mark the figures │ end: load the new results
 *                                                 └─▶ failed: overlay and terminal
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration, AstroIntegrationLogger } from 'astro';
import { runArguments } from '../cli/run-arguments.ts';
import { fileOfLoader, hasDataName } from '../data-files/loaders.ts';
import { messageOf } from '../errors.ts';
import { checkProjectPath, ownFile } from '../project.ts';
import type { Failure } from '../run/events.ts';
import { createFailureGroups } from '../run/failures.ts';
import { overlay } from './overlay.ts';
import { reloader, type Server } from './reload.ts';
import { loaderName } from './results-loader.ts';

/** Lines of `cli --json` that matter here. */
type Line =
  | { readonly kind: 'planned'; readonly stale: number; readonly inputs: readonly string[] }
  | ({ readonly kind: 'failed' } & Failure)
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'started' | 'finished' | 'progress' | 'log' | 'note' | 'refresh' };

type DevContext = {
  readonly root: string;
  readonly server: Server;
  readonly logger: AstroIntegrationLogger;
  /** Loads the results again, which refreshes the pages that show them. */
  readonly reload: () => Promise<void>;
};

const command = ownFile('../cli/main', import.meta.url);

/** A line of `cli --json`; undefined for one that an experiment printed while it was read. */
function readLine(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Partial<Line> | null;
    return line?.kind === undefined ? undefined : (line as Line);
  } catch {
    return undefined;
  }
}

/** Files that an experiment may import, wherever in the project they are. */
const isCode = (file: string): boolean => /^(?!posts\/|\.).*\.(?:[cm]?[jt]sx?|json)$/.test(file);

/** Runs stale tasks on request; a newer request stops the run under way, whose finished tasks stay cached. */
function backgroundRuns({ root, server, logger, reload }: DevContext) {
  const errorOverlay = overlay(server);
  const inputs = new Set<string>();
  let child: ChildProcess | undefined;
  let first = true;
  let stopped = false;
  /** Whether an experiment could not be read: what it waits for may be a file that nothing names yet. */
  let broken = false;

  const run = async (): Promise<void> => {
    child?.kill();
    // Results from elsewhere are fetched at the start; what is edited since then nobody else has.
    const args = first ? runArguments.list : [];
    first = false;
    const spawned = spawn(process.execPath, [command, '--json', ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    child = spawned;
    const exit = new Promise<number | null>((resolve) => spawned.on('close', resolve));
    const problems: string[] = [];
    const groups = createFailureGroups();
    const failed = new Set<string>();
    let stale = 0;
    let marked = false;
    let unread = false;
    for await (const text of createInterface({ input: spawned.stdout! })) {
      const line = readLine(text);
      if (line === undefined) logger.info(text);
      else if (line.kind === 'planned') {
        for (const input of line.inputs) inputs.add(input);
        stale += line.stale;
      } else if (!marked) {
        marked = true;
        if (stale > 0) {
          logger.info(`running ${stale} tasks`);
          await reload();
        }
      }
      if (line?.kind === 'error') {
        unread = true;
        problems.push(line.message);
      }
      if (line?.kind === 'warning') logger.warn(line.message);
      if (line?.kind === 'failed') {
        const text = groups.note(line);
        if (text !== undefined) problems.push(text);
        failed.add(line.experiment);
      }
    }
    if (child !== spawned || stopped) return;
    child = undefined;
    broken = unread;
    for (const experiment of failed) problems.push(...groups.more(experiment));
    if ((await exit) !== 0 && problems.length === 0)
      problems.push('the experiments could not be run: see the terminal');
    await reload();
    for (const problem of problems) logger.error(problem);
    const more = problems.length > 3 ? [`… and ${problems.length - 3} more, in the terminal`] : [];
    errorOverlay.show(problems.length > 0 ? [...problems.slice(0, 3), ...more].join('\n\n') : undefined);
    if (problems.length === 0 && stale > 0) logger.info('results are fresh');
  };

  let timer: NodeJS.Timeout | undefined;
  const changed = (path: string) => {
    const file = relative(root, path);
    const isExperiment = /^experiments\/.*\.ts$/.test(file) && !file.endsWith('.charts.ts');
    // A loader, its file, or the record of both.
    const data = fileOfLoader(file) ?? file;
    const isData = hasDataName(data) || inputs.has(data);
    if (stopped || (!inputs.has(file) && !isExperiment && !isData && !(broken && isCode(file)))) return;
    clearTimeout(timer);
    timer = setTimeout(start, 50);
  };
  const start = () => void run().catch((error) => logger.error(messageOf(error)));
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    child?.kill();
  };
  return { start, changed, stop };
}

/** Stops the runs of the server before, which a new one replaces when the configuration has changed. */
let stopEarlier = () => {};

/** An Astro integration that keeps results fresh while the dev server runs. It has no part in a build. */
export function lab(): AstroIntegration {
  let root = '';
  return {
    name: 'measured-lab',
    hooks: {
      'astro:config:setup': ({ config, updateConfig }) => {
        root = fileURLToPath(config.root);
        checkProjectPath(root);
        updateConfig({ vite: { server: { watch: { ignored: ['**/.measured/**', '**/.*.building/**'] } } } });
      },
      'astro:server:setup': (setup) => {
        const { server, logger } = setup;
        stopEarlier();
        const reload = reloader(loaderName, setup);
        const runs = backgroundRuns({ root, server, logger, reload });
        for (const event of ['add', 'change', 'unlink']) server.watcher.on(event, runs.changed);
        server.httpServer?.on('close', runs.stop);
        stopEarlier = runs.stop;
        // Not awaited: meanwhile pages show the last results, or say that there are none yet.
        runs.start();
      },
    },
  };
}
