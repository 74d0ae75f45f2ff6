/** What a component would leave out or misread of its attributes and of what stands between its tags is an error. */
import { describe, expect, test } from 'vitest';
import { errorsOf } from './post.ts';

describe.each([
  ['an attribute twice', 'A <Value of="a.b" of="c.d" />.', '1:19: <Value>: of stands twice; keep one of them'],
  ['an id twice', '<Chart id="a" of="x" id="b" show="y" />', '1:22: <Chart>: id stands twice; keep one of them'],
  ['an attribute of HTML twice', '<i class="a" lang="de" class="b">x</i>', '1:24: <i>: class stands twice'],
  ['a text for yes or no', '<Chart of="x" show="y" code="false" />', 'code is “false”; write code, or leave it out'],
  ['another', 'A <Value of="a.b" interval="no" />.', 'interval is “no”; write interval, or leave it out'],
  ['a third', '<Claim of="a.b" atMost={3} inTheseRuns="true">So.</Claim>', 'inTheseRuns is “true”; write inTheseRuns'],
  ['a number for a text', '<Chart of="x" show="y" alt={3} />', '<Chart>: alt is 3; write alt="…"'],
  ['yes or no for a text', '<Frames of="x" show="y" start={false} />', '<Frames>: start is false; write start="…"'],
  ['an attribute without a value', '<Chart of="x" show="y" alt />', '1:24: <Chart>: alt has no value; write alt="…"'],
  ['none for a number', '<Value of="a.b" theory />', 'theory has no value; write theory="…", or theory={…}'],
  ['a number of the build', '<Chart of="x" show="y" number="3" />', '1:24: <Chart>: number is given by the build'],
  ['a place of the build', 'A <Value of="a.b" at="x:1" />.', '<Value>: at is given by the build; leave it out'],
  ['words within a number', 'A <Value of="a.b">half</Value>.', '1:19: this would be lost: <Value> shows nothing'],
  [
    'paragraphs within',
    '<Derivation of="a">\n\nOne.\n\nTwo.\n\n</Derivation>',
    '3:1: this would be lost: <Derivation>',
  ],
  [
    'a slot',
    '<Chart of="x" show="y">\n\n<div slot="end">x</div>\n\n</Chart>',
    'slot="end" would be lost: <Chart> has no',
  ],
])('%s', (_, source, message) => {
  test('is one error that says how to write it', async () => {
    const errors = await errorsOf(source);
    expect(errors).toEqual([expect.stringContaining(message)]);
  });
});

test.each([
  'A <Value of="a.b" theory={-0.5} interval />, <Value of="a.b" theory="c.d" interval={true} unit={"m"} />.',
  '<Value of="a.b">{/* a comment */}</Value>',
  'export const name = "b.c";\n\n<Value of={name} unit={`m`} /> <Chart of="x" show="y" code={name !== ""} />',
  '<Chart of="x" show="y" code>\n\nA caption.\n\n</Chart>',
  'import Value from "./own.js";\n\n<Value of={3}>words</Value>',
])('what is shown is no error: %s', async (source) => {
  expect(await errorsOf(source)).toEqual([]);
});
