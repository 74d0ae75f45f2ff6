/** The dev server: saving a file re-runs what depends on it while the page keeps the last good result. */
import { expect, onTestFinished, test } from 'vitest';
import { serve, site, until } from './dev-site.ts';

test('results are fresh at the start, stand in while they are measured anew, and come back without a restart', async () => {
  const project = site();
  const { address, output } = await serve(project);
  const page = async () => /<pre>(.*)<\/pre>/.exec(await (await fetch(address)).text())?.[1] ?? '';
  const shows = (wanted: (text: string) => boolean) =>
    until(async () => {
      const text = await page();
      return wanted(text) ? text : undefined;
    }, output);

  const first = await shows((text) => /^\[\["sums",\d+\.\d+,false\]\]$/.test(text));

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
  // The terminal may be told later than the browser, of whichever seed failed first.
  await until(() => /sums failed at .*, seed \d: boom/.test(output()) || undefined, output);
  expect(await page()).toBe(tenfold.replace('false', 'true'));

  // Mended, with another result.
  project.edit('experiments/sums.ts', "if (slope === 2) throw new Error('boom');\n", '');
  project.edit('experiments/sums.ts', 'scale = 2', 'scale = 20');
  const mended = await shows((text) => text.endsWith('false]]'));
  expect(mended).not.toBe(tenfold);
});
