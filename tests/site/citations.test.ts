/** Citations in Pandoc's syntax, the reference list, and the errors for keys and entries that cannot be cited. */
import { describe, expect, test } from 'vitest';
import { bibliographyText, parseBibliography } from '../../src/site/citations/bibliography.ts';
import { createCitationFormatter } from '../../src/site/citations/format-citations.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { errorsOf, html, page } from './checks/post.ts';

const cwd = new URL('../fixtures/citations', import.meta.url).pathname;

/** A blog with this bibliography. */
const blogWith = (bibliography: string): string => temporaryFolder({ 'posts/references.bib': bibliography });

/** The text of a page before its references, without tags. */
async function read(source: string, blog = cwd): Promise<string> {
  const [text = ''] = (await html(source, blog)).split('<h2 id="references">');
  return text
    .replace(/<[^>]*>/g, '')
    .replaceAll('&#x26;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The entries of the list, without tags, previews and links back. */
async function listed(source: string, blog = cwd): Promise<string[]> {
  const entries = (await html(source, blog)).match(/<div class="csl-entry".*<\/div>/g) ?? [];
  const texts = entries.map((entry) => entry.replace(/<div class="preview.*/, ''));
  return texts.map((text) => text.replace(/<[^>]*>/g, '').replaceAll('&#x26;', '&'));
}

const cited = '(Müller et al., 2020)';

test('the bibliography of a post lies beside it, else in the nearest folder above, up to `posts/`', () => {
  const root = temporaryFolder({
    'references.bib': 'outside',
    'posts/references.bib': 'all',
    'posts/a/references.bib': 'a',
  });
  const read = (post: string) => bibliographyText(`${root}/posts/${post}`);
  expect(['x.mdx', 'a/x.mdx', 'a/b/x.mdx', 'c/d/x.mdx'].map(read)).toEqual(['all', 'a', 'a', 'all']);
  expect(bibliographyText(`${temporaryFolder({ 'references.bib': 'outside' })}/posts/x.mdx`)).toBe('');
});

describe('a citation stands', () => {
  test.each([
    ['in a heading', '## By [@alpha2020]', `By ${cited}`],
    ['in bold', '**By [@alpha2020]**', `By ${cited}`],
    ['in emphasis', 'As *in [@alpha2020]* said', `As in ${cited} said`],
    ['in a list', '- By [@alpha2020]', `By ${cited}`],
    ['in a quote', '> By\n> [@alpha2020]', `By ${cited}`],
    ['in a caption of an image', '![a](./x.svg "By [@alpha2020]")', `Figure 1. By ${cited}`],
    ['in a caption of a chart', '<Chart of="x">By [@alpha2020]</Chart>', `By ${cited}`],
    ['in a definition', 'Term\n: By [@alpha2020]', `Term By ${cited}`],
    ['in struck text', '~~By [@alpha2020]~~', `By ${cited}`],
  ])('%s', async (_, source, expected) => {
    expect(await read(source, cwd)).toBe(expected);
  });

  test('in a table, a callout and a note', async () => {
    const page = await html(
      '| a |\n|-|\n| [@alpha2020] |\n\n> [!NOTE]\n> By [@who2021].[^1]\n\n[^1]: Of [@noyear].',
      cwd,
    );
    for (const key of ['alpha2020', 'who2021', 'noyear']) expect(page).toContain(`href="#bib-${key}"`);
  });

  test('in the words of a link and of an image, without a link of its own', async () => {
    expect(await html('[As [@alpha2020] say](https://x.example/)', cwd)).toContain(
      `<a href="https://x.example/">As <span id="citation--alpha2020--1">${cited}</span> say</a>`,
    );
    expect(await html('![By [@alpha2020]](./x.svg)', cwd)).toContain(`alt="By ${cited}"`);
  });
});

describe('Pandoc’s syntax', () => {
  test.each([
    ['[@alpha2020; @who2021, p. 4]', '(Müller et al., 2020; World Health Organization and Partners, 2021, p. 4)'],
    [
      '[see @alpha2020, pp. 33-35; also @who2021]',
      '(see Müller et al., 2020, pp. 33–35; also World Health Organization and Partners, 2021)',
    ],
    ['[see @alpha2020, pp. 3--4]', '(see Müller et al., 2020, pp. 3–4)'],
    ['[@alpha2020, 7]', '(Müller et al., 2020, p. 7)'],
    ['[@alpha2020, sec. 4.1 and more]', '(Müller et al., 2020, sec. 4.1 and more)'],
    ['[-@alpha2020, p. 3]', '(2020, p. 3)'],
    ['@alpha2020 say', 'Müller et al. (2020) say'],
    ['@alpha2020 [p. 3] say', 'Müller et al. (2020, p. 3) say'],
    ['-@alpha2020', '(2020)'],
    ['[@a+b/c:2020]', '(Plus, 2020)'],
    ['[@same2020b; @same2020a]', '(Lee, 2020b, 2020a)'],
    ['[@alpha2020, with [brackets; of] its own]', '(Müller et al., 2020, with [brackets; of] its own)'],
  ])('%s', async (source, expected) => {
    expect(await read(`${source}`)).toBe(expected);
  });

  test('takes emphasis, formulas and notes beside a key', async () => {
    const page = (await html('[see *Foo* @alpha2020, $x$; **b**[^1] @who2021 *c*]\n\n[^1]: N', cwd)).replace(
      / interestfor="[^"]*" id="[^"]*"/g,
      '',
    );
    expect(page).toContain('(see <em>Foo</em> <a href="#bib-alpha2020">Müller et al., 2020</a>, <span');
    expect(page).toContain(
      '</a></sup> <a href="#bib-who2021">World Health Organization and Partners, 2021</a> <em>c</em>)',
    );
  });
});

describe('text that is not a citation is unchanged', () => {
  test.each([
    ['Ask @octocat, mail me@example.com, use @types/node'],
    ['\\[@alpha2020] and [\\@alpha2020] and \\@alpha2020', '[@alpha2020] and [@alpha2020] and @alpha2020'],
    ['&#91;@alpha2020] and &lsqb;@alpha2020&rsqb;', '[@alpha2020] and [@alpha2020]'],
    ['`[@alpha2020]` and `@alpha2020`', '[@alpha2020] and @alpha2020'],
    ['[@octocat](https://github.com/octocat)', '@octocat'],
    ['an [aside; with] brackets @ 5'],
  ])('%s', async (source, expected = source) => {
    expect(await read(source)).toBe(expected);
  });
});

describe('an error says where, and how to write it', () => {
  test.each([
    [
      'a misspelt key',
      'By [@alhpa2020]',
      ':1:5: [@alhpa2020]: no such entry in posts/references.bib; did you mean @alpha2020?',
    ],
    [
      'one among known keys',
      'Ask @octocat.\n[@alpha2020; see @wo2021]',
      ':2:18: [@wo2021]: no such entry in posts/references.bib; did you mean @who2021?',
    ],
    ['a misspelt key of a sentence', 'By @alhpa2020', ':1:4: @alhpa2020: no such entry; did you mean @alpha2020?'],
    ['a package in brackets', '[@types/node]', '; for the text itself write \\[@types/node]'],
    [
      'two works without a semicolon',
      '[@alpha2020 and @who2021]',
      ':1:1: “@alpha2020 and @who2021” cites two works; write a semicolon',
    ],
    ['a part without a key', '[@alpha2020; who2021]', ':1:1: “who2021” cites nothing; write a key, as @key'],
    ['a citation within another', '[@alpha2020 [@who2021]]', ':1:1: a citation within a citation; write all works'],
    ['a bracket that is not closed', 'x [@alpha2020', ':1:3: this [ before @alpha2020 is never closed'],
    ['an attribute', '<Value of="[@alpha2020]" />', ':1:1: [@alpha2020] stands in of="…"'],
    [
      'TeX that is not known',
      '[@macro2020]',
      ':1:2: [@macro2020]: posts/references.bib:82:3: \\foo in title of macro2020: this TeX is not known',
    ],
  ])('%s', async (_, source, expected) => {
    const errors = await errorsOf(source, cwd);
    expect(errors).toEqual([expect.stringContaining(expected)]);
  });

  test.each([
    ['a missing brace', '@article{a,\n title = {x},\n year = 2000\n\n@book{b, title = {y}}', ':5:1: '],
    ['an open quote', '@article{a,\n title = "x\n}', ':3:2: '],
    ['a missing equals sign', '@article{a, title {x}}', ':1:19: '],
    [
      'a doubled key',
      '@book{a, title={x}}\n@book{A, title={y}}',
      ':2:1: a second entry “A”, after posts/references.bib:1:1',
    ],
    [
      'names with commas alone',
      '@book{a,\n author={Smith, Ann, Lee, Kim}}',
      ':2:2: author of a: “Smith, Ann, Lee, Kim” is one name with too many commas',
    ],
    ['a missing name', '@book{a, author={Lee, Kim and }}', ':1:10: author of a: a name is missing'],
    ['an unknown @string', '@article{a,\n title={t},\n journal = jmlr}', ':3:2: journal = jmlr: no such @string'],
  ])('in the bibliography: %s', async (_, bibliography, expected) => {
    const errors = await errorsOf('Text [@a].', blogWith(bibliography));
    expect(errors).toEqual([expect.stringMatching(/^posts\/x\.mdx:1:[67]: /)]);
    expect(errors[0]).toContain(`posts/references.bib${expected}`);
  });

  test('has the place of the element around, if the text has none', async () => {
    expect(await errorsOf('> [!NOTE]\n> By [@nobody1]', cwd)).toEqual([
      expect.stringMatching(/^posts\/x\.mdx:1:\d+: \[@nobody1\]/),
    ]);
  });

  test('without a bibliography', async () => {
    expect(await errorsOf('Text [@a].', '/blog')).toEqual([
      expect.stringContaining('posts/x.mdx:1:7: [@a]: no such entry'),
    ]);
  });
});

describe('the style', () => {
  test('tells works of one author and year apart, in the text and in the list', async () => {
    expect(await read('[@same2020b] and [@same2020a]')).toBe('(Lee, 2020b) and (Lee, 2020a)');
    expect(await listed('[@same2020b] and [@same2020a]')).toEqual([
      'Lee, K. (2020a). First. Z.',
      'Lee, K. (2020b). Second. Z.',
    ]);
  });

  test('prints one work the same whatever posts were printed before', async () => {
    const alone = await html('[@same2020b]', cwd);
    await html('[@same2020a; @many2019; @same2020b]', cwd);
    expect(await html('[@same2020b]', cwd)).toBe(alone);
  });

  test.each([
    ['and others', '[@many2019; @onlyothers2018]', '(A et al., 2019; X et al., 2018)'],
    ['no year', '[@noyear]', '(Smith, n.d.)'],
    ['no author', '[@noauthor]', '(The Book Without Author, 1999)'],
    ['names with particles', '[@vangogh2001]', '(van Gogh et al., 2001)'],
    ['names in Chinese', '[@cjk2022]', '(李 & 王, 2022)'],
    ['editors', '[@edited2003]', '(Ed & Tor, 2003)'],
  ])('of %s', async (_, source, expected) => {
    expect(await read(source)).toBe(expected);
  });

  test('lists accents, TeX, reports, theses, addresses', async () => {
    const entries = await listed(
      '[@alpha2020; @who2021; @vangogh2001; @thesis2020; @onlyothers2018; @web2023; @many2019]',
    );
    expect(entries).toEqual([
      'A, O., B, T., C, T., D, F., et al. (2019). Many Authors. X.',
      'B, A. (2020). A Thesis [PhD thesis]. S.',
      'Doe, J. (2023). A Web Page. https://example.org/x?a=1&b=2',
      'Müller, J., O’Brien, S., & Łukasz, K. (2020). On the LaTeX of DNA & α-decay: 50% of E. coli don’t. J. Tests, 1–10. https://doi.org/10.1000/xyz_1',
      'van Gogh, V., de la Cruz, M., Şimşek, B., & Erdős, P. (2001). Particles. Y.',
      'World Health Organization and Partners. (2021). Guidelines. WHO. https://example.org/a_b~c',
      'X, Y. et al. (2018). TeX and í https://example.org/a_b. J. https://doi.org/10.1000/a_b',
    ]);
  });

  test('leaves out "Retrieved" for a work without a date of access', async () => {
    const blog = blogWith(
      '@misc{a, title={T}, url={https://x.example/}}\n@misc{b, title={U}, url={https://x.example/}, urldate={2023-04-05}}',
    );
    expect(await listed('[@a; @b]', blog)).toEqual([
      'T. (n.d.). https://x.example/',
      'U. (n.d.). Retrieved April 5, 2023, from https://x.example/',
    ]);
  });

  test.each([
    ['de', 'A & B, o. J.'],
    ['fr', 'A & B, s. d.'],
    ['es', 'A & B, s. f.'],
    ['ja', 'A & B, 日付なし'],
    ['zh-CN', 'A & B, 无日期'],
  ])('speaks %s', (language, expected) => {
    const author = [
      { family: 'A', given: 'X' },
      { family: 'B', given: 'Y' },
    ];
    const cite = { key: 'k', place: undefined, suppressAuthor: false, prefix: [], suffix: [] };
    const print = createCitationFormatter(new Map([['k', { id: 'k', type: 'book', title: 'T', author }]]), language);
    const words = JSON.stringify(
      print.citation({ type: 'citation', narrative: false, cites: [cite], place: undefined }, true),
    );
    expect(words.replaceAll('\u00a0', ' ')).toContain(expected);
  });
});

describe('a description', () => {
  const summary = async (source: string) => (await page(source, cwd)).frontmatter.summary;

  test.each([
    [
      'has citations as words',
      'As found by [@alpha2020], weights matter.',
      'As found by (Müller et al., 2020), weights matter.',
    ],
    ['has formulas as words', 'The error $\\delta^{(l)}$ of $a_1$.', 'The error δ^(l) of a₁.'],
    ['has no marks of notes', 'A[^a] and b.\n\n[^a]: Note.', 'A and b.'],
    ['is no note', '[^a]: Note.\n\n- Item[^a]\n\nThe text.', 'The text.'],
    [
      'is no list, callout, quote, component or caption',
      '- a\n\n> b\n\n> [!NOTE]\n> c\n\n<Chart of="x">\n\nd\n\n</Chart>\n\n![e](./y.svg "f")\n\nText.',
      'Text.',
    ],
    ['has the words of links and code', 'A [link](https://x.example/) and `code`.', 'A link and code.'],
  ])('%s', async (_, source, expected) => {
    expect(await summary(source)).toBe(expected);
  });

  test('is cut at a word, and within words only in scripts without spaces', async () => {
    expect(await summary('long words '.repeat(40))).toMatch(/^(?:long words )+long…$|^(?:long words )*long words…$/);
    expect([...((await summary(`図1 ${'日本'.repeat(150)}`)) as string)]).toHaveLength(201);
  });
});

describe('an entry of which something would be left out or misread is an error', () => {
  const entry = (more: string, type = 'article') => `@${type}{a2020,\n  title = {T},\n  year = {2020},\n  ${more}\n}`;
  const item = (text: string) => parseBibliography(text, '/b/posts/references.bib', '/b').item('a2020');
  test.each([
    ['a misspelt field', entry('auhtor = {A, B}'), ':4:3: a2020 has no field auhtor; did you mean author?'],
    ['one too short', entry('page = {3}'), ':4:3: a2020 has no field page; did you mean pages?'],
    [
      'a misspelt type',
      entry('volume = 1', 'artcle'),
      ':1:1: @artcle: there is no such type of entry; did you mean @article?',
    ],
    [
      'a field twice',
      entry('note = {a, title = b},\n  title = {U}'),
      ':5:3: title of a2020 stands twice; keep one of them',
    ],
    ['a reference to nothing', entry('crossref = {b}'), ':4:3: crossref of a2020: there is no entry b; leave it out'],
    ['one misspelt', `${entry('crossref = {bok}')}@book{book, title={B}}`, 'there is no entry bok; did you mean book?'],
    ['a misspelt month', entry('month = {janury}'), ':4:3: month of a2020: “janury” is no month; write jan, or 1'],
    ['a month too many', entry('month = 13'), 'month of a2020: “13” is no month'],
    [
      'a day of another order',
      entry('date = {12/03/2020}'),
      'date of a2020: “12/03/2020” is no date; write 2026-11-22',
    ],
    ['a day that is not', entry('date = {2020-02-30}'), '“2020-02-30” is no date'],
    ['when it was read', entry('urldate = {3.4.2020}'), ':4:3: urldate of a2020: “3.4.2020” is no date'],
  ])('%s', (_, text, message) => {
    expect(() => item(text)).toThrow(message);
  });

  test.each([
    'month = {Jan.}',
    'month = {May--June}',
    'month = {summer}',
    'date = {2020-05/2021}',
    'date = {2020-21}',
    'date = {c. 2020}',
    'eissn = {1}',
    'code = {x}',
    'abbr = {x}, selected = {true}, bdsk-url-1 = {x}',
    'urldate = {2020-01-02 10:00}',
    'abstract = "a, title = {b} and", volume = 2',
  ])('%s is none', (more) => {
    expect(item(entry(more, 'misc'))).toMatchObject({ title: 'T' });
  });

  test('a month with a dot is that month', () => {
    expect(item(entry('month = {Feb.}')).issued).toEqual({ 'date-parts': [[2020, 2]] });
  });
});
