/** The HTML of feed items: valid in XML, complete, with addresses that work outside of the page. */
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { feedHtml } from '../../src/site/feeds/feed-html.ts';
import { xmlText } from '../../src/site/feeds/xml-text.ts';

const url = 'https://measured.example/posts/x/';
const feed = (html: string): string =>
  feedHtml(html, url, (figure) => `https://measured.example/figures/${figure}.svg`);

describe('characters', () => {
  test.each([0x00, 0x08, 0x0b, 0x0c, 0x1b, 0xfffe, 0xffff])('U+%d is not in the text', (code) => {
    expect(xmlText(`a${String.fromCharCode(code)}b`)).toBe('ab');
  });

  test('halves of surrogate pairs are replaced, pairs stay', () => {
    expect(xmlText('a\ud83db \udc00 😀')).toBe('a\ufffdb \ufffd 😀');
  });

  test('tabs and line ends stay', () => expect(xmlText('a\tb\n')).toBe('a\tb\n'));

  test('an item with any of them is well formed', () => {
    const html = feed('<p>a\u000bb\u0008c\ud800</p>');
    expect(html).toBe('<p>abc\ufffd</p>');
    expect(XMLValidator.validate(`<x>${html}</x>`)).toBe(true);
  });
});

describe('addresses', () => {
  test.each(['http://localhost:PORT/', 'http://[bad', 'https://exa mple.org/', '//:80'])(
    'a link to %s, which is no address, is its text',
    (address) =>
      expect(feed(`<p>See <a href="${address}">this <b>page</b></a>.</p>`)).toBe('<p>See this <b>page</b>.</p>'),
  );

  test.each([
    ['<a href="../y/#z">y</a>', '<a href="https://measured.example/posts/y/#z">y</a>'],
    ['<a href="#fn">1</a>', `<a href="${url}#fn">1</a>`],
    [
      '<video src="/a.mp4" poster="/p.png"></video>',
      '<video src="https://measured.example/a.mp4" poster="https://measured.example/p.png"></video>',
    ],
    [
      '<img srcset="/a.png 1x, b.png 2x" alt="">',
      `<img srcset="https://measured.example/a.png 1x, ${url}b.png 2x" alt="">`,
    ],
  ])('%s is absolute', (html, absolute) => expect(feed(html)).toBe(absolute));
});

test('direction and language stay', () => {
  const html = '<div dir="rtl" lang="he"><p>שלום</p></div>';
  expect(feed(html)).toBe(html);
});
