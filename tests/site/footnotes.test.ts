/** Notes after an exclamation mark are read as remark-gfm reads them, and a long paragraph costs no search through it all. */
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { remarkFootnotesNearby } from '../../src/site/footnotes.ts';

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

test('a bracket that closes nothing is not looked for through its whole paragraph', () => {
  let looks = 0;
  const counting = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkFootnotesNearby)
    .use(function count() {
      // Each look at an event of the paragraph by the construct goes through its context.
      const [own] = this.data().micromarkExtensions!.slice(-1) as [
        { text: { 93: { tokenize: (...all: never[]) => unknown } } },
      ];
      const tokenize = own.text[93].tokenize;
      own.text[93].tokenize = function (this: { events: unknown[] }, ...all: never[]) {
        const { events } = this;
        const slice = (from: number) =>
          new Proxy(events.slice(from), {
            get: (target, key) => {
              looks += 1;
              return Reflect.get(target, key);
            },
          });
        return tokenize.apply(Object.create(this, { events: { value: { slice } } }), all);
      };
    });
  const brackets = 1500;
  counting.parse('\\[a] '.repeat(brackets));
  expect(looks).toBeGreaterThan(brackets);
  expect(looks).toBeLessThan(brackets * 1100);
});
