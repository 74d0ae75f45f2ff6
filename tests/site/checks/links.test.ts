/** Every address in a post leads to an existing page, file or anchor, or is an error that names the nearest one. */
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { servedLinksError } from '../../../src/site/checks/served-links.ts';
import { targetOf } from '../../../src/site/links/link-targets.ts';
import { writeFiles } from '../../helpers/files.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { errorsOf, html } from './post.ts';

const head = (fields: string) => `---\n${fields}\ndate: 2026-11-22\n---\n`;
const places = '## Here -- and "there"\n\n$$\nx \\label{eq}\n$$\n\n<b id="own">x</b>\n';
const root = temporaryFolder(
  {
    'posts/other.mdx': head('title: other\nauthor: Ann Bee\ntags: [whatever, C++]\ncategories: Ähnlich') + places,
    'posts/draft.mdx': head('title: draft\ndraft: true\ntags: secret'),
    'posts/later.mdx': '---\ntitle: later\ndate: 2999-01-02 # in time\ntags: [to come]\n---\n',
    'posts/latest.mdx': '---\ntitle: latest\ndate: "January 3, 2999"\n---\n',
    'posts/x.mdx': head('title: x'),
    'posts/v1.2 Notes.mdx': head('title: notes') + places,
    'posts/data.csv': 'x',
    'posts/plot data.csv': 'x',
    'posts/UPPER.PNG': 'x',
    'posts/sub/inner.pdf': 'x',
    'posts/topic/Deep.mdx': head('title: deep') + places,
    'posts/topic/data.csv': 'x',
    'posts/folder/index.mdx': head('title: folder') + places,
    'posts/folder/plot.svg': 'x',
    'public/demo.mp4': 'x',
    'secret.txt': 'x',
  },
  afterAll,
);

const from = { file: join(root, 'posts/x.mdx'), root };
const target = (address: string) => targetOf(address, from);
const deep = { file: join(root, 'posts/topic/Deep.mdx'), root };

describe('leads to', () => {
  test.each([
    ['./data.csv', 'posts/data.csv', ''],
    ['data.csv#row=2', 'posts/data.csv', '#row=2'],
    ['./plot%20data.csv', 'posts/plot data.csv', ''],
    ['plot data.csv', 'posts/plot data.csv', ''],
    ['./sub/../sub/inner.pdf?page=2', 'posts/sub/inner.pdf', '?page=2'],
    ['./UPPER.PNG', 'posts/UPPER.PNG', ''],
  ])('%s: the file %s', (address, file, rest) => {
    expect(target(address)).toEqual({ kind: 'file', file: join(root, file), rest });
  });

  test.each(['./other.mdx#a', './other#a', '../posts/other#a', '/posts/other/#a', '/posts/other#a'])(
    '%s: the page of the post',
    (address) => expect(target(address)).toMatchObject({ kind: 'post', path: '/posts/other/', rest: '#a' }),
  );

  test.each(['./topic/Deep.mdx#here', './topic/Deep', '/posts/topic/deep/', '/posts/topic/deep'])(
    '%s: the page of a post in a folder',
    (address) => expect(target(address)).toMatchObject({ kind: 'post', path: '/posts/topic/deep/' }),
  );

  test.each(['./folder/index.mdx', './folder/', './folder', '/posts/folder/'])('%s: the page of a folder', (address) =>
    expect(target(address)).toMatchObject({ kind: 'post', path: '/posts/folder/' }),
  );

  test.each([
    ['../other.mdx', { kind: 'post', path: '/posts/other/' }],
    ['../folder', { kind: 'post', path: '/posts/folder/' }],
    ['./data.csv', { kind: 'file', file: join(root, 'posts/topic/data.csv') }],
    ['../folder/plot.svg', { kind: 'file', file: join(root, 'posts/folder/plot.svg') }],
  ])('from a folder, %s', (address, to) => expect(targetOf(address, deep)).toMatchObject(to));

  test('a post’s address is made of its file’s name as its page’s is', () => {
    expect(target('/posts/v1-2-notes/#here')).toMatchObject({ kind: 'post', id: 'here' });
    expect(target('./v1.2%20Notes.mdx')).toMatchObject({ kind: 'post', path: '/posts/v1-2-notes/' });
  });

  test.each([
    ['/claims', '/claims/'],
    ['/claims/', '/claims/'],
    ['/', '/'],
    ['/rss.xml', '/rss.xml'],
    ['/demo.mp4', '/demo.mp4'],
    ['/tags/whatever', '/tags/whatever/'],
    ['/tags/c-plus-plus/', '/tags/c-plus-plus/'],
    ['/categories/%C3%A4hnlich/', '/categories/ähnlich/'],
    ['/authors/ann-bee/', '/authors/ann-bee/'],
    ['/page/2/', '/page/2/'],
    ['/tags/whatever/page/2/', '/tags/whatever/page/2/'],
  ])('%s: the site’s %s', (address, path) => expect(target(address)).toMatchObject({ kind: 'site', path }));

  test.each(['https://example.org/x', 'mailto:a@example.org', 'tel:+15550100', '//example.org/', '#', '?q'])(
    '%s: elsewhere or this page',
    (address) => expect(['elsewhere', 'place']).toContain(target(address).kind),
  );
});

describe('leads nowhere', () => {
  test.each([
    ['/posts/none/', 'the site has no such page or file'],
    ['/posts/othr/', 'did you mean /posts/other/?'],
    ['/clams/', 'did you mean /claims/?'],
    ['/tags/whatevr/', 'no post is filed there; did you mean /tags/whatever/?'],
    ['/tags/secret/', 'no post is filed there'],
    ['/authors/an-bee/', 'no post is filed there; did you mean /authors/ann-bee/?'],
    ['/categories/whatever', 'no post is filed there'],
    ['/posts/draft/', 'posts/draft.mdx is a draft'],
    ['./draft.mdx', 'posts/draft.mdx is a draft'],
    ['./later.mdx', 'posts/later.mdx is not published before 2999-01-02'],
    ['/posts/latest/', 'posts/latest.mdx is not published before 2999-01-03'],
    ['/tags/to-come/', 'no post is filed there'],
    ['./othr.mdx', 'did you mean ./other.mdx?'],
    ['./topic/Dep.mdx', 'did you mean ./topic/Deep.mdx?'],
    ['/posts/topic/dep/', 'did you mean /posts/topic/deep/?'],
    ['./topic', 'this is a folder'],
    ['./data.CSV', 'did you mean ./data.csv?'],
    ['./sub', 'this is a folder'],
    ['../secret.txt', 'outside posts/'],
    ['../../../etc/passwd', 'outside posts/'],
    ['http://localhost:PORT/', 'this is no address; write what only looks like one as code'],
    ['http://[bad', 'this is no address'],
  ])('%s: %s', (address, says) => {
    const { kind, ...rest } = target(address);
    expect(kind).toBe('nothing');
    expect(rest).toMatchObject({ problem: expect.stringContaining(says) });
  });
});

test('a draft may lead to drafts, and to what is filed under their tags, in `dev`, which shows them', () => {
  const draft = { file: join(root, 'posts/draft.mdx'), root };
  expect(targetOf('/tags/secret/', draft).kind).toBe('site');
  expect(targetOf('./draft.mdx', draft).kind).toBe('post');
});

test('a scheduled post may lead to those that are published when it is, and what is filed under their tags', () => {
  const kindOf = (address: string, post: string) =>
    targetOf(address, { file: join(root, `posts/${post}.mdx`), root }).kind;
  expect(kindOf('./later.mdx', 'latest')).toBe('post');
  expect(kindOf('/tags/to-come/', 'latest')).toBe('site');
  expect(kindOf('./latest.mdx', 'later')).toBe('nothing');
  expect(kindOf('./draft.mdx', 'latest')).toBe('nothing');
  expect(kindOf('./latest.mdx', 'draft')).toBe('post');
});

describe('what only the served pages tell', () => {
  const served = async (address: string, asked: string[] = []) => {
    writeFiles(root, { 'posts/x.mdx': `${head('title: x')}\nText.\n\n[x](${address})\n` });
    const error = await servedLinksError(from, '<body><p id="own">x</p></body>', async (method, path) => {
      asked.push(`${method} ${path}`);
      const body = '<body><p id="main">x</p></body>';
      return path.includes('none') ? new Response(null, { status: 404 }) : new Response(body);
    });
    return error?.message;
  };

  test.each(['/about/#main', '/experiments/a/', '/experiments/a/#main', '#own', '/posts/other/#main', './data.csv#x'])(
    '%s is right',
    async (address) => expect(await served(address)).toBeUndefined(),
  );

  test.each([
    ['/about/#mian', 'the page has no such place; did you mean #main?'],
    ['/tags/whatever/#x', 'the page has no such place'],
    ['/experiments/none/', 'the site has no such page or file'],
    ['/experiments/none/#main', 'the site has no such page or file'],
    ['#claim-x-1-1', 'the page has no such place'],
    ['/posts/other/#claim-x-1-1', 'the page has no such place'],
  ])('%s: %s', async (address, says) => {
    expect(await served(address)).toBe(`posts/x.mdx:8:1: ${address}: ${says}`);
  });

  test('it asks for no page of which all is known', async () => {
    const asked: string[] = [];
    for (const address of ['/about/', '/', '/rss.xml', '/demo.mp4', '/tags/whatever/', '/posts/other/#here', '#own'])
      await served(address, asked);
    await served('/experiments/a/', asked);
    expect(asked).toEqual(['HEAD /experiments/a/']);
  });
});

test('all dead addresses of a post are told at once, each at its place', async () => {
  const source = [
    '## Here',
    '',
    '[a](/posts/none/), [b](./gone.mdx), [c](#nowhere), <a href="./gone.pdf">d</a>, ![e](./gone.png), [f][g]',
    '',
    '<video src="./gone.mp4"></video>',
    '',
    '[g]: ./gone.txt',
  ].join('\n');
  const places = (await errorsOf(source)).map((line) => line.split(': ')[0]);
  expect(places).toEqual(['3:1', '3:20', '3:37', '3:52', '3:80', '5:1', '7:1'].map((place) => `posts/x.mdx:${place}`));
});

describe('places on the page', () => {
  test.each(['#here', '#fig-plot', '#eq-a', '#own', '#named', '#top', '#', '#main', '#user-content-fn-n'])(
    '%s is there',
    async (id) => {
      const source = `## Here\n\n[x](${id})[^n]\n\n<div id="own"><a name="named">x</a></div>\n\n$$\nx \\label{a}\n$$\n\n<Chart of="a" show="plot">x</Chart>\n\n[^n]: x\n`;
      expect(await errorsOf(source)).toEqual([]);
    },
  );

  test('a misspelt one is told with the right one', async () => {
    expect(await errorsOf('## Here\n\n[x](#hear)\n')).toEqual([
      'posts/x.mdx:3:1: #hear: the post has no such place; did you mean #here?',
    ]);
  });
});

describe('places on the page of another post', () => {
  test.each(['/posts/other/#here--and-there', './other.mdx#eq-eq', '/posts/other#own', '/posts/other/#top'])(
    '%s is there',
    async (address) => expect(await errorsOf(`[x](${address})`, root)).toEqual([]),
  );

  test.each([
    ['/posts/other/#here', 'the post /posts/other/ has no such place; '],
    ['./other#eq-eqq', 'did you mean #eq-eq?'],
  ])('%s is not', async (address, says) => {
    const errors = await errorsOf(`Text.\n\n[x](${address})`, root);
    expect(errors).toEqual([expect.stringContaining(`posts/x.mdx:3:1: ${address}: `)]);
    expect(errors[0]).toContain(says);
  });
});

describe('notes and labels that nothing defines', () => {
  test.each([
    ['A[^nope] text.', '1:2', '[^nope]: no such note'],
    ['A [text][nope].', '1:3', '[text][nope]: nothing defines “nope”'],
    ['A [text][].', '1:3', '[text][]: nothing defines “text”'],
    ['A [*text*][nope].', '1:10', '][nope]: nothing defines “nope”'],
    ['One\ntwo [text][nope].', '2:5', '[text][nope]'],
  ])('%s', async (source, place, says) => {
    const errors = await errorsOf(source);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`posts/x.mdx:${place}: ${says}`);
  });

  test.each([
    'a[i][j]',
    '*x*[1][2]',
    '\\[a\\]\\[b\\]',
    '`[a][b]` and `[^c]`',
    'A[^n].\n\n[^n]: x',
    '[a][b]\n\n[b]: /claims/',
    '[one] alone',
  ])('%s is none', async (source) => expect(await errorsOf(source)).toEqual([]));
});

test('a bare address that is none is the text that it was', async () => {
  expect(await html('See http://localhost:PORT/x now.')).toBe('<p>See http://localhost:PORT/x now.</p>');
});
