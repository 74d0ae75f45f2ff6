/** The dev server: saving a file re-runs what depends on it while the page keeps the last good result. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { fixture, type Project } from './project.ts';

/** A site of one page that shows what the collection holds. */
function site(): Project {
  const project = fixture('sums');
  const lab = '../../../src/lab';
  project.write(
    'astro.config.mjs',
    `import { lab } from '${lab}/dev.ts';
export default { integrations: [lab()], devToolbar: { enabled: false } };`,
  );
  project.write(
    'src/content.config.ts',
    `import { defineCollection } from 'astro:content';
import { resultsLoader } from '../${lab}/load.ts';
export const collections = { results: defineCollection({ loader: resultsLoader() }) };`,
  );
  project.write(
    'src/pages/index.astro',
    `---
import { getCollection } from 'astro:content';
const shown = (await getCollection('results')).map(({ data }) => [data.name, data.measures.largest, data.refreshing ?? false]);
---
<html><body><pre set:html={JSON.stringify(shown)} /></body></html>`,
  );
  return project;
}

/** Starts the dev server; resolves with its address once it listens. */
async function serve({ root }: Project): Promise<{ address: string; output: () => string }> {
  const astro = fileURLToPath(new URL('../../node_modules/astro/bin/astro.mjs', import.meta.url));
  // Not vitest's own variables, from which Astro concludes that it is itself under test.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
  const child: ChildProcess = spawn(process.execPath, [astro, 'dev', '--port', '0'], { cwd: root, env });
  onTestFinished(() => void child.kill());
  let output = '';
  const listen = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout!.on('data', listen);
  child.stderr!.on('data', listen);
  const address = await until(
    () => /http:\/\/localhost:\d+\//.exec(output)?.[0],
    () => output,
  );
  return { address, output: () => output };
}

/** Asks until there is an answer; fails with what there was instead. */
async function until<T>(ask: () => T | undefined | Promise<T | undefined>, instead: () => string): Promise<T> {
  for (let i = 0; i < 300; i++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited for 30 s; there is\n${instead()}`);
}

test('results are fresh at the start, stand in while they are measured anew, and come back without a restart', async () => {
  const project = site();
  const { address, output } = await serve(project);
  const page = async () => /<pre>(.*)<\/pre>/.exec(await (await fetch(address)).text())?.[1] ?? '';
  const shows = (wanted: (text: string) => boolean) =>
    until(async () => {
      const text = await page();
      return wanted(text) ? text : undefined;
    }, output);

  const first = await page();
  expect(first).toMatch(/^\[\["sums",\d+\.\d+,false\]\]$/);

  // A measure is derived, so it moves without a run.
  project.edit('experiments/shared/largest.ts', 'Math.max(...values)', '10 * Math.max(...values)');
  const tenfold = await shows((text) => text !== first);
  expect(tenfold).toMatch(/,false\]\]$/);
  expect(output()).not.toMatch(/running 12 tasks[\s\S]*running/);

  // An error keeps the last good result, and is told in the terminal and to the browser.
  const client = await (await fetch(`${address}@vite/client`)).text();
  const token = /wsToken = "([^"]+)"/.exec(client)![1];
  const socket = new WebSocket(`${address.replace('http', 'ws')}?token=${token}`, 'vite-hmr');
  onTestFinished(() => socket.close());
  const told: { type: string; err?: { message: string } }[] = [];
  socket.addEventListener('message', ({ data }) => told.push(JSON.parse(String(data))));
  await until(
    () => told.find(({ type }) => type === 'connected'),
    () => 'no connection',
  );
  project.edit(
    'experiments/sums.ts',
    'const weights =',
    "if (slope === 2) throw new Error('boom');\n    const weights =",
  );
  const { err } = await until(() => told.find(({ type }) => type === 'error'), output);
  expect(err!.message).toMatch(/sums failed at .*, seed \d: boom\n {2}at run \(experiments\/sums\.ts:\d+:\d+\)/);
  expect(output()).toContain('sums failed at {"kind":"a","slope":2}, seed 0: boom');
  expect(await page()).toBe(tenfold.replace('false', 'true'));

  // Mended, with another result.
  project.edit('experiments/sums.ts', "if (slope === 2) throw new Error('boom');\n", '');
  project.edit('experiments/sums.ts', 'scale = 2', 'scale = 20');
  const mended = await shows((text) => text.endsWith('false]]'));
  expect(mended).not.toBe(tenfold);
});
