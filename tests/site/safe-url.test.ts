/** Tells URLs that run a script from URLs that only link, parsed as browsers parse them. */
import { expect, test } from 'vitest';
import { isSafeUrl } from '../../src/site/links/safe-url.ts';

test.each([
  'https://example.org/a:b',
  'HTTP://example.org',
  'mailto:a@example.org',
  'tel:+44123',
  '/posts/x/',
  '//example.org/x',
  './a:b',
  '?a=b:c',
  '#a:b',
  'x.png',
  '',
])('%s is safe', (address) => expect(isSafeUrl(address)).toBe(true));

test.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' \u0001javascript:alert(1)',
  'java\nscript:alert(1)',
  'j\tavascript\r:alert(1)',
  'vbscript:x',
  'data:text/html,x',
  'file:///etc/passwd',
  'blob:https://example.org/x',
  'ftp://example.org',
])('%j is not', (address) => expect(isSafeUrl(address)).toBe(false));
