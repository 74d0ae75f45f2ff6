/** A small site and its dev server, for tests that edit experiments while it runs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { blogFiles } from '../helpers/blog.ts';
import { writeFiles } from '../helpers/files.ts';
import { fixture, type Project } from './project.ts';

/** A blog with a front page of its own, which shows the collection of results. */
export function createDevSite(): Project {
  const project = fixture('sums');
  writeFiles(project.root, {
    ...blogFiles,
    'src/pages/index.astro': `---
import { getCollection } from 'astro:content';
const shown = (await getCollection('results')).map(({ data }) => [data.name, data.measures.largest, data.refreshing ?? false]);
---
<html><body><pre set:html={JSON.stringify(shown)} /></body></html>`,
  });
  return project;
}

/** Starts the dev server; resolves with its address once it listens. */
export async function startDevServer({
  root,
}: Pick<Project, 'root'>): Promise<{ address: string; output: () => string; dev: ChildProcess }> {
  const astro = fileURLToPath(new URL('../../node_modules/astro/bin/astro.mjs', import.meta.url));
  // Without vitest's variables, from which Astro concludes that it is itself under test.
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, HOME, NODE_COMPILE_CACHE, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
  const child: ChildProcess = spawn(process.execPath, [astro, 'dev', '--port', '0'], { cwd: root, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const listen = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout!.on('data', listen);
  child.stderr!.on('data', listen);
  const address = await waitFor(
    () => /http:\/\/localhost:\d+\//.exec(output)?.[0],
    () => output,
  );
  return { address, output: () => output, dev: child };
}

/** Calls `ask` until it returns a value, every 0.1 s; each minute, prints `state` to show what it waits for. */
export async function waitFor<T>(ask: () => T | undefined | Promise<T | undefined>, state: () => string): Promise<T> {
  for (let i = 1; ; i++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (i % 600 === 0) console.warn(`still waiting; there is\n${state()}`);
  }
}

/** What the page of the server at `address` shows: its text, and a wait for one that is wanted. */
export function shownBy({ address, output }: { readonly address: string; readonly output: () => string }) {
  const page = async () => /<pre>(.*)<\/pre>/.exec(await (await fetch(address)).text())?.[1] ?? '';
  const shows = (wanted: (text: string) => boolean) =>
    waitFor(async () => {
      // Refused while Astro replaces its server.
      const text = await page().catch(() => undefined);
      return text !== undefined && wanted(text) ? text : undefined;
    }, output);
  return { page, shows };
}

/** What the server at `address` sends to browsers from now on. */
export async function sentToBrowsers(address: string): Promise<readonly { type: string; err?: { message: string } }[]> {
  const client = await (await fetch(`${address}@vite/client`)).text();
  const token = /wsToken = "([^"]+)"/.exec(client)![1];
  const socket = new WebSocket(`${address.replace('http', 'ws')}?token=${token}`, 'vite-hmr');
  onTestFinished(() => socket.close());
  const messages: { type: string; err?: { message: string } }[] = [];
  socket.addEventListener('message', ({ data }) => messages.push(JSON.parse(String(data))));
  await waitFor(
    () => messages.find(({ type }) => type === 'connected'),
    () => 'no connection',
  );
  return messages;
}
