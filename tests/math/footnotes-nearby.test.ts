/** Footnotes after `!` parse as in remark-gfm, and the search for their `![` does not grow with the paragraph. */
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Data, type Processor, unified } from 'unified';
import { expect, test } from 'vitest';
import { remarkFootnotesNearby } from '../../src/math/index.ts';

const plain = unified().use(remarkParse).use(remarkGfm).freeze();
const nearby = unified().use(remarkParse).use(remarkGfm).use(remarkFootnotesNearby).freeze();

test.each([
  'So it is![^1]',
  `${'A word, *an accent*, [a link](b), \\[an escape\\]. '.repeat(400)}So it is![^1] And![^none]`,
  'A ![picture](a.png) and ![^1], [^1] and !\\[^1]',
  '![^1][^1]![a [^1]](b.png)',
])('%.40s', (text) => {
  const source = `${text}\n\n[^1]: A note.\n`;
  expect(nearby.parse(source)).toEqual(plain.parse(source));
});

test('the search for the mark ends nearby, however long the paragraph', () => {
  const data: Data = {};
  remarkFootnotesNearby.call({ data: () => data } as unknown as Processor);
  const [{ text }] = data.micromarkExtensions as unknown as [{ text: { 93: { tokenize: (this: object) => void } } }];
  let looks = 0;
  const event = {
    get 1() {
      looks += 1;
      return { type: 'data' };
    },
  };
  text[93].tokenize.call({ events: Array(100_000).fill(event), parser: {} });
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThanOrEqual(1000);
});
