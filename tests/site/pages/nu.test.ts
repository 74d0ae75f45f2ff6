/** The Nu Html Checker (the W3C's validator) finds no error in the pages and in the items of both feeds. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { siteAtRoot } from './built.ts';

const run = promisify(execFile);
const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const hasJava = await run('java', ['-version']).then(
  () => true,
  () => false,
);
if (!hasJava) console.warn('Nu Html Checker: skipped, since it needs Java, which is not installed');

/**
 * Errors about CSS that the checker does not know yet: container queries, in browsers since 2023; anchors and discrete
 * transitions, since 2024.
 */
const unsupportedCss =
  /^CSS: .*(?:container-type|@container|anchor-name|position-(?:anchor|area|try-)|:interest-source|allow-discrete)/;

/** The attribute that opens previews in browsers that have it; the checker, as old browsers, does not know it yet. */
const unsupportedAttribute = /^Attribute “interestfor” not allowed on element “a”/;

/** The errors in all pages below these folders. */
async function errorsIn(...folders: string[]): Promise<string[]> {
  // Over so soon that optimising compilers cost more than they give.
  const virtualMachine = ['-Xss8m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const options = ['--format', 'json', '--exit-zero-always', '--skip-non-html'];
  const { stderr } = await run('java', [...virtualMachine, '-jar', jar, ...options, ...folders], {
    maxBuffer: 2 ** 28,
  });
  const { messages } = JSON.parse(stderr) as {
    messages: { type: string; url?: string; lastLine?: number; message: string; extract?: string }[];
  };
  return messages
    .filter(
      ({ type, message }) =>
        type !== 'info' && ![unsupportedCss, unsupportedAttribute].some((each) => each.test(message)),
    )
    .map(({ url, lastLine, message, extract }) => `${url}:${lastLine}: ${message} ${extract}`);
}

/** Writes the items of a site's feeds to a folder, each as the body of a page. */
function itemsAsPages(dist: string): string {
  const json = JSON.parse(readFileSync(join(dist, 'feed.json'), 'utf8')) as { items: { content_html: string }[] };
  const rss = new XMLParser({ processEntities: { maxTotalExpansions: Infinity, maxExpandedLength: Infinity } }).parse(
    readFileSync(join(dist, 'rss.xml'), 'utf8'),
  ) as { rss: { channel: { item: { 'content:encoded': string }[] } } };
  const items = {
    json: json.items.map((item) => item.content_html),
    rss: rss.rss.channel.item.map((item) => item['content:encoded']),
  };
  return temporaryFolder(
    Object.fromEntries(
      Object.entries(items).flatMap(([feed, pages]) =>
        pages.map((html, i) => [
          `${feed}-${i}.html`,
          `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An item</title></head><body>${html}</body></html>`,
        ]),
      ),
    ),
  );
}

test.skipIf(!hasJava)('pages, and the items of the feeds', async () => {
  const dist = await siteAtRoot();
  expect(await errorsIn(dist, itemsAsPages(dist))).toEqual([]);
});
