/** Checking prose: numerals without a measurement are found in examples and in no post. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkProse } from './check-prose.ts';
import { reviewed } from './reviewed.ts';

const numerals = (mdx: string, phrases?: string[]) => checkProse(mdx, phrases).map((n) => n.numeral);

describe('checkProse finds a numeral that does not come from a measurement', () => {
  test.each([
    ['an integer', 'It took 11 steps.', ['11']],
    ['a decimal with a sign', 'It fell to −3.5 units.', ['−3.5']],
    ['an exponent', 'Within 1e-12 of it.', ['1e-12']],
    ['thousands', 'After 22\u202f063 steps.', ['22\u202f063']],
    ['a percentage', 'That is 92.8% of it.', ['92.8']],
    ['inside emphasis and lists', '- one *and 7 more*', ['7']],
    ['in a table cell', '| a |\n|---|\n| 5 |', ['5']],
    ['in an expression of text', 'A 2nd time, with 3 more', ['2', '3']],
  ])('%s', (_, mdx, expected) => {
    expect(numerals(mdx)).toEqual(expected);
  });

  test('at its line', () => {
    expect(checkProse('---\ntitle: x\n---\n\nA line\nwith 5 here.')).toMatchObject([{ line: 6, numeral: '5' }]);
  });
});

describe('checkProse leaves alone', () => {
  test.each([
    ['maths', 'For $n = 4$ and\n\n$$\nx = 2\n$$\n'],
    ['code', 'Run `npm 11`.\n\n```\n42\n```\n'],
    ['headings', '## Step 2 of 3\n'],
    ['front matter', '---\ndate: 2026-01-02\nn: 3\n---\n\nText.'],
    ['dates', 'On 16 May 2017, in 2010 and on 2024-03-01.'],
    ['citations and references', 'By \\eqref{step-1}, see [@glorot2010, p. 251].'],
    ['words with digits in them', 'The L2 penalty of layer h1.'],
    ['values', 'It took <Value of="saturation.steps" format="int" /> steps.'],
    ['a numeral that the claim asserts', '<Claim of="x.steps" equals={11}>It took 11 steps.</Claim>'],
  ])('%s', (_, mdx) => {
    expect(numerals(mdx)).toEqual([]);
  });

  test('a reviewed phrase, and nothing else', () => {
    expect(numerals('The 8-bit era, 8 units.', ['8-bit era'])).toEqual(['8']);
  });
});

test('a claim accounts for the numbers it asserts, not for others in its sentence', () => {
  expect(numerals('<Claim of="x.steps" equals={11}>It took 12 steps.</Claim>')).toEqual(['12']);
});

const posts = readdirSync('posts').filter((file) => file.endsWith('.mdx'));

test.each(posts)('every numeral of posts/%s is measured or reviewed', (file) => {
  const loose = checkProse(readFileSync(`posts/${file}`, 'utf8'), reviewed[file]);
  expect(loose.map((n) => `posts/${file}:${n.line}: ${n.numeral} in “${n.context}”`)).toEqual([]);
});

test.each(Object.entries(reviewed))('each reviewed phrase of %s is still in the post', (file, phrases) => {
  const text = readFileSync(`posts/${file}`, 'utf8');
  expect(phrases.filter((phrase) => !text.includes(phrase))).toEqual([]);
});
