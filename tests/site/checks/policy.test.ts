/** Markup that the Content-Security-Policy would block is an error with location and advice; other markup is not. */
import { describe, expect, test } from 'vitest';
import { policyViolations } from '../../../src/site/security/policy-violations.ts';
import { errorsOf } from './post.ts';

const hosts = { images: ['https://images.example.org'], frames: ['https://*.tube.example'] };

describe('blocked', () => {
  test.each([
    [
      '![remote](https://example.com/x.png)',
      /images of this host; put the file beside .* images: \['https:\/\/example.com'\]/,
    ],
    ['<img src="https://example.com/x.png" alt="" />', /images of this host/],
    ['<img src="//example.com/x.png" alt="" />', /images of this host/],
    ['<img srcset="/a.png 1x, https://example.com/x.png 2x" alt="" />', /srcset.*images of this host/],
    ['<img src={\'https://example.com/x.png\'} alt="" />', /images of this host/],
    [
      '<picture><source srcset="https://example.com/x.avif" /><img src="/x.png" alt="" /></picture>',
      /images of this host/,
    ],
    ['<video src="https://example.com/x.mp4"></video>', /play only what the site itself serves/],
    ['<video src="/x.mp4" poster="https://example.com/x.png"></video>', /poster.*images of this host/],
    ['<audio><source src="https://example.com/x.ogg" /></audio>', /play only/],
    ['<video src="/x.mp4"><track src="https://example.com/x.vtt" /></video>', /play only/],
    ['<iframe src="https://www.youtube.com/embed/abc"></iframe>', /frames: \['https:\/\/www.youtube.com'\]/],
    ['<iframe src="/x.html"></iframe>', /no frames of the site itself/],
    ['<script>alert(1)</script>', /<script>: pages run no script/],
    ['[x](javascript:alert(1))', /<a href="javascript:.*: links lead to http/],
    ['<a href="JaVaScRiPt:alert(1)">x</a>', /links lead to http/],
    ['<a href={"vbscript:x"}>x</a>', /links lead to http/],
    ['<a href="data:text/html,x">x</a>', /links lead to http/],
    ['<svg><a xlink:href="javascript:alert(1)">x</a></svg>', /links lead to http/],
    ['<blockquote cite="javascript:alert(1)">x</blockquote>', /links lead to http/],
    ['<object data="./x.pdf"></object>', /<object>: pages load no plug-ins/],
    ['<embed src="./x.pdf" />', /<embed>: pages load no plug-ins/],
    ['<form action="/x"><input name="q" /></form>', /<form>: pages send nothing/],
    ['<button onclick="alert(1)">x</button>', /<button onclick>: pages run no script/],
    ['<button onClick={() => 1}>x</button>', /<button onclick>: pages run no script/],
    ['<button formaction="/x">x</button>', /<button formaction>/],
    ['<base href="/x/" />', /<base>/],
    ['<meta http-equiv="refresh" content="0" />', /<meta>/],
    ['<link rel="stylesheet" href="https://example.com/x.css" />', /no styles of other hosts/],
    ["<style>{`@import url('https://example.com/x.css');`}</style>", /<style>: @import/],
    ['<style>{`p { background: url(https://example.com/x.png) }`}</style>', /<style>: url/],
    ['<div style="background: url(https://example.com/x.png)">x</div>', /<div style>: url/],
    ["<div style={{ background: 'url(https://example.com/x.png)' }}>x</div>", /<div style>: url/],
    ['<svg><image href="https://example.com/x.png" /></svg>', /<image href.*images of this host/],
    ['<svg><use xlink:href="https://example.com/x.svg#a" /></svg>', /<use xlink:href.*images of this host/],
    ['<svg><rect fill="url(https://example.com/x.svg#a)" /></svg>', /<rect fill>: url/],
    ['<svg><path clip-path="url(https://example.com/x.svg#a)" /></svg>', /<path clip-path>: url/],
    ['<svg><path markerEnd="url(https://example.com/x.svg#a)" /></svg>', /<path marker-?end>: url/i],
    ['<img {...{ src: "https://example.com/x.png" }} />', /spread/],
    ['{[1].map(() => <iframe src="https://www.youtube.com/embed/abc" />)}', /no frames of this host/],
  ])('%s', async (source, says) => {
    const errors = (await errorsOf(`Text.\n\n${source}\n`)).filter((line) => says.test(line));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^posts\/x\.mdx:3:\d+: /);
  });

  test('each of several, also within the children of a component', async () => {
    const errors = await errorsOf('<Claim of="a.b" equals={1}>\n<b onclick="x">a</b> <script>b</script>\n</Claim>\n');
    expect(errors.map((line) => line.split(': ')[0])).toEqual(['posts/x.mdx:2:1', 'posts/x.mdx:2:22']);
  });
});

describe('let through', () => {
  test.each([
    '![here](/icons/180.png)',
    '<video src="/icons/180.png" controls></video>',
    '<audio controls><source src="/icons/180.png" /></audio>',
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="" />',
    '<a href="https://example.com/x.png">remote</a>',
    '<svg><use href="#a" /><rect id="a" fill="url(#b)" /></svg>',
    '<div style="background: url(#x); color: red">x</div>',
    '<figure aria-label="In CSS, url(https://example.com/x.png) loads it">x</figure>',
    'Code: `<script>` and ` onclick=`.',
  ])('%s', async (source) => expect(await errorsOf(`${source}\n`)).toEqual([]));
});

test('hosts that the configuration allows are let through, each for its kind', () => {
  const tag = (name: string, src: string) => policyViolations({ name, attributes: { src } }, hosts);
  expect(tag('img', 'https://images.example.org/x.png')).toEqual([]);
  expect(tag('img', '//images.example.org/x.png')).toEqual([]);
  expect(tag('iframe', 'https://www.tube.example/embed/x')).toEqual([]);
  expect(tag('iframe', 'https://images.example.org/x')).toHaveLength(1);
  expect(tag('img', 'https://www.tube.example/x.png')).toHaveLength(1);
  expect(tag('video', 'https://images.example.org/x.mp4')).toHaveLength(1);
});
