/** The dev server: saving a file re-runs what depends on it while the page keeps the last good result. */
import { expect, test } from 'vitest';
import { createDevSite, sentToBrowsers, shownBy, startDevServer, waitFor } from './dev-site.ts';
import { makeData } from './loaders.ts';

test('the page shows fresh results, then the last good ones during a new run, then the new ones', async () => {
  const project = createDevSite();
  const server = await startDevServer(project);
  const { address, output } = server;
  const { page, shows } = shownBy(server);

  const first = await shows((text) => /^\[\["sums",\d+\.\d+,false\]\]$/.test(text));

  // Measures are derived, so a change of one runs no task.
  project.edit('experiments/shared/largest.ts', 'Math.max(...values)', '10 * Math.max(...values)');
  const tenfold = await shows((text) => text !== first);
  expect(tenfold).toMatch(/,false\]\]$/);
  expect(output()).not.toMatch(/running 12 tasks[\s\S]*running/);

  // After an error the last good result stays, and terminal and browser show the error.
  const messages = await sentToBrowsers(address);
  project.edit(
    'experiments/sums.ts',
    'const weights =',
    "if (slope === 2) throw new Error('boom');\n    const weights =",
  );
  const { err } = await waitFor(() => messages.find(({ type }) => type === 'error'), output);
  expect(err!.message).toMatch(/sums failed at .*, seed \d: boom\n {2}at run \(experiments\/sums\.ts:\d+:\d+\)/);
  // The terminal may show it later than the browser, for whichever seed failed first.
  await waitFor(() => /sums failed at .*, seed \d: boom/.test(output()) || undefined, output);
  expect(await page()).toBe(tenfold.replace('false', 'true'));

  // Without the error, and with another result.
  project.edit('experiments/sums.ts', "if (slope === 2) throw new Error('boom');\n", '');
  project.edit('experiments/sums.ts', 'scale = 2', 'scale = 20');
  const repaired = await shows((text) => text.endsWith('false]]'));
  expect(repaired).not.toBe(tenfold);
});

test('a loader that changed is an error until its file is made again', async () => {
  const project = createDevSite();
  project.write('data/table.csv.sh', 'echo name,weight\necho one,1\n');
  await makeData(project.root);
  const server = await startDevServer(project);
  const { output } = server;
  const { shows } = shownBy(server);
  const first = await shows((text) => text.endsWith('false]]'));

  project.edit('data/table.csv.sh', 'one,1', 'one,2');
  await waitFor(
    () => /data\/table\.csv is stale: its loader, data\/table\.csv\.sh, changed/.test(output()) || undefined,
    output,
  );
  await shows((text) => text === first.replace('false', 'true'));

  await makeData(project.root);
  expect(await shows((text) => text.endsWith('false]]'))).not.toBe(first);
});

test('experiments run again after a change of the configuration, whatever they print, and once a file that they lack is there', async () => {
  const project = createDevSite();
  const server = await startDevServer(project);
  const { output } = server;
  const { shows } = shownBy(server);
  let before = await shows((text) => text.endsWith('false]]'));
  const changes = async () => {
    before = await shows((text) => text !== before && text.endsWith('false]]'));
  };

  // Together, as in a checkout: Astro replaces its server while the experiment runs.
  project.edit('astro.config.mjs', 'A blog.', 'Another blog.');
  project.edit('experiments/shared/largest.ts', 'Math.max(...values)', '10 * Math.max(...values)');
  await changes();
  project.edit('experiments/shared/largest.ts', '10 *', '100 *');
  await changes();

  project.edit('experiments/sums.ts', 'export default', "console.log('a word');\nconsole.log(null);\nexport default");
  project.edit('experiments/shared/largest.ts', '100 *', '1000 *');
  await changes();
  expect(output()).toContain('a word');
  expect(output()).not.toContain('UnhandledRejection');

  const largest = project.read('experiments/shared/largest.ts');
  project.write(
    'experiments/shared/largest.ts',
    `import { many } from '../../src/many.ts';\n${largest.replace('1000', 'many')}`,
  );
  await waitFor(() => /Could not resolve "..\/..\/src\/many.ts"/.test(output()) || undefined, output);
  await shows((text) => text.endsWith('true]]'));
  project.write('src/many.ts', 'export const many = 5;\n');
  await changes();
});
