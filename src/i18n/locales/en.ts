/**
 * The texts of the site in English, which every other language translates. To add a language, copy this file under the
 * language's code and translate it.
 *
 * Sentences with links are Markdown: `[text](/about/)` leads to a page of the site, `[text](data)` to a target that the
 * page defines under that name.
 */
import { counting } from '../plural.ts';

const count = counting('en');

export const words = {
  /** How numbers are written: `decimal` before fractions, `group` between thousands from 10 000 up. */
  numbers: {
    decimal: '.',
    group: '\u00a0',
    percent: '\u202f%',
    range: (low: string, high: string) => `${low} to ${high}`,
  },
  /** What straight quotation marks become, outer and inner ones. */
  quotes: { open: '“', close: '”', openInner: '‘', closeInner: '’' },
  /** Joins alternatives, or assertions that all hold. */
  and: (parts: readonly string[]) => parts.join(' and '),
  points: (n: number) => count(n, { one: 'point', other: 'points' }),
  seeds: (n: number) => count(n, { one: 'seed', other: 'seeds' }),

  site: {
    skip: 'Skip to the text',
    navigation: 'Site',
    archive: 'Archive',
    experiments: 'Experiments',
    claims: 'Claims',
    notation: 'Notation',
    about: 'About',
    jsonFeed: 'JSON feed',
    source: 'Source',
    theme: 'Theme',
    system: 'System',
    light: 'Light',
    dark: 'Dark',
  },

  post: {
    minutes: (n: number) => `${n} min`,
    /** `day` is HTML. */
    updated: (day: string) => `updated ${day}`,
    draft: 'draft',
    /** A post whose day has not come, in dev. */
    scheduled: 'scheduled',
    topics: 'Topics',
    contents: 'Contents',
    cite: 'How to cite',
    discuss: 'Discuss this post',
    edit: 'Edit this page',
    related: 'Related',
    neighbours: 'Neighbouring posts',
    previous: 'Previous',
    next: 'Next',
    /** Of a series. */
    part: (n: number, all: number) => `Part ${n} of ${all}`,
  },

  text: {
    notes: 'Notes',
    references: 'References',
    /** `again` numbers repeated references to the same note, from 2. */
    backToReference: (note: number, again?: number) =>
      `Back to reference ${note}${again === undefined ? '' : `-${again}`}`,
    linkToSection: (heading: string) => `Link to the section “${heading}”`,
    table: (n: number) => `Table ${n}`,
    /** Numbers of its lines, joined by commas; empty for a formula without one. */
    equation: (n: string) => `Equation ${n}`.trim(),
    done: 'Done',
    toDo: 'To do',
    callouts: { note: 'NOTE', tip: 'TIP', important: 'IMPORTANT', warning: 'WARNING', caution: 'CAUTION' },
  },

  figure: {
    /** In front of a caption. */
    numbered: (n: number | string) => `Figure ${n}.`,
    /** Within a sentence. */
    reference: (n: number | string) => `Figure ${n}`,
    title: (title: string) => `${title}.`,
    frames: (title: string) => `${title}: frames`,
    dataAndSource: 'Data and source',
    size: (points: string, seeds: string, key: string) => `${points} × ${seeds}, key ${key}`,
    refreshing: ', being measured anew',
    foot: (experiment: string) =>
      `Measured by [${experiment}](experiment) ([source](source)). Data: [CSV](csv), [JSON](json). Figure: [SVG](svg), [Vega-Lite](spec), [open in the Vega editor](editor). Reproduce:`,
    dataOf: (title: string) => `Data of “${title}”`,
    thinned: (shown: number, all: number) => `${shown} of ${all} lines, evenly spread; the CSV file has all.`,
    editorTitle: (title: string) => `${title} in the Vega editor`,
    editorDescription: (title: string) =>
      `The Vega-Lite specification of the figure “${title}”, with its data, for the Vega editor.`,
    editorNote: 'The link carries the specification and its data to the editor; nothing else is sent.',
    openInEditor: (title: string) => `Open “${title}” in the Vega editor`,
  },

  /** The description of a figure. `title`, `x` and `y` are its author's words; numbers are formatted already. */
  describe: {
    titleOnly: (title: string) => `${title}.`,
    items: (n: number, x: string, y: string) => `${n} items by ${x} and ${y}.`,
    itemsAlong: (n: number, x: string) => `${n} items by ${x}.`,
    values: (value: string, n: number, range: string) => `${value} of ${n} items: ${range}.`,
    opening: (y: string, log: boolean, x: string, low: string, high: string) =>
      `${y}${log ? ' on a logarithmic scale' : ''} against ${x}, ${low} to ${high}`,
    series: (opening: string, lines: readonly string[]) => `${opening}: ${lines.join('; ')}.`,
    /** The subject of a figure with one line. */
    it: 'it',
    moreLines: (n: number) => `and ${n} more lines`,
    isAt: (line: string, y: string, x: string) => `${line} is ${y} at ${x}`,
    staysAt: (line: string, y: string) => `${line} stays at ${y}`,
    course: (line: string, how: 'rises' | 'falls' | 'goes', from: string, to: string, asides: readonly string[]) =>
      `${line} ${how} from ${from} to ${to}${asides.length > 0 ? `, with ${asides.join(' and ')}` : ''}`,
    low: (y: string, x: string) => `a low of ${y} at ${x}`,
    high: (y: string, x: string) => `a high of ${y} at ${x}`,
    crossing: (a: string, b: string, places: readonly string[]) =>
      `The lines of ${a} and ${b} cross near ${places.join(' and ')}.`,
    cells: (value: string, columns: number, x: string, rows: number, y: string) =>
      `${value} in ${columns} columns by ${x} and ${rows} rows by ${y}.`,
    everyCell: (value: string) => `Every cell is ${value}.`,
    cell: (x: string, atX: string, y: string, atY: string) => `${x} ${atX} and ${y} ${atY}`,
    extremes: (low: string, atLow: string, high: string, atHigh: string) =>
      `Lowest, ${low}, at ${atLow}; highest, ${high}, at ${atHigh}.`,
    categories: (value: string, category: string, parts: readonly string[]) =>
      `${value}${category === '' ? '' : ` by ${category}`}. ${parts.join('; ')}.`,
    /** The statistics that a box plot shows of a value. */
    quartiles: (value: string) => `${value}, quartiles`,
    category: (name: string, values: string) => `${name}: ${values}`,
    more: (n: number) => `and ${n} more`,
    rules: (places: readonly string[]) => `A rule marks ${places.join(', ')}.`,
    /** The name of one of several plots of a figure. */
    plot: (n: number) => `Plot ${n}`,
    morePlots: (n: number) => `And ${count(n, { one: 'more plot', other: 'more plots' })}.`,
  },

  value: {
    /** In front of the origin of a value. */
    interval: (n: number, level: string, low: string, high: string) =>
      `mean of ${n}, ${level} % interval ${low} to ${high}; `,
    exact: (value: string) => `${value}; `,
    origin: (measure: string, size: string) => `measured as ${measure}, ${size}`,
    /** Beside an interval, in brackets: what theory predicts, and why the interval does not cover it, if so. */
    theory: (expected: string, because?: string) => `theory: ${expected}${because === undefined ? '' : `; ${because}`}`,
  },

  claim: {
    tested: 'tested claim',
    behind: (asserted: string, value: string, origin: string) => `Tested: ${asserted}. It is ${value}, ${origin}`,
    equals: (bound: string) => `is exactly ${bound}`,
    atMost: (bound: string) => `is at most ${bound}`,
    atLeast: (bound: string) => `is at least ${bound}`,
    above: (bound: string) => `is above ${bound}`,
    below: (bound: string) => `is below ${bound}`,
    covers: (bound: string) => `has an interval that covers ${bound}`,
    within: (low: string, high: string) => `lies within ${low} and ${high}`,
    near: (target: string, margin: string) => `differs from ${target} by at most ${margin}`,
    /** A margin relative to the target. */
    relative: (part: string) => `${part} of it`,
    increasing: 'increases throughout',
    decreasing: 'decreases throughout',
    ordered: (members: readonly string[]) => `ascends in the order ${members.join(', ')}`,
    nothing: 'nothing',
    /** A value with its interval. */
    interval: (value: string, low: string, high: string) => `${value} (${low} to ${high})`,
    all: (value: string, n: number) => `${value} in all ${n}`,
    range: (low: string, high: string, n: number) => `${low} to ${high} in ${n}`,
    /** After a claim that need not hold for other seeds. */
    inTheseRuns: 'in these runs',
  },

  derivation: {
    line: 'Line of a derivation',
    code: (n: number) => `line ${n}`,
    exactly: 'exactly',
    within: (amount: string) => `within ${amount}`,
    agree: (amount: string, points: number) => `Executed: the lines agree ${amount} at ${points} points`,
    held: (roads: readonly string[]) => `; the last agrees with ${roads.join(', ')}`,
  },

  /** Theorems and their like. */
  statement: {
    /** Within a sentence; its head begins with a capital letter. */
    theorem: (n: number) => `Theorem ${n}`,
    lemma: (n: number) => `Lemma ${n}`,
    proposition: (n: number) => `Proposition ${n}`,
    corollary: (n: number) => `Corollary ${n}`,
    definition: (n: number) => `Definition ${n}`,
    /** Around the title in a head. */
    opens: ' (',
    closes: ')',
    proof: 'Proof',
    /** Read for the mark at the end of a proof. */
    end: 'end of proof',
  },

  archive: {
    description: 'Every post by year, and by topic.',
    year: (year: number) => `${year}`,
    categories: 'Categories',
    tags: 'Tags',
    authors: 'Authors',
  },

  topic: {
    tags: (name: string) => `Posts with the tag “${name}”.`,
    categories: (name: string) => `Posts in the category “${name}”.`,
    authors: (name: string) => `Posts by ${name}.`,
  },

  /** The pages of a list of posts. */
  list: {
    pages: 'Pages',
    page: (n: number, all: number) => `Page ${n} of ${all}`,
    newer: 'Newer posts',
    older: 'Older posts',
  },

  claims: {
    description: 'Every sentence of this site that is tested when the site is built, with its value and its bound.',
    lead: (n: number) =>
      `${n} sentences of this site are tested each time it is built. If one were false, there would be no page.`,
    of: (post: string) => `Claims of “${post}”`,
    sentence: 'Sentence',
    tested: 'Tested',
    value: 'Value',
    size: 'Points × seeds',
    none: 'No published post makes a claim yet.',
    fresh: 'On fresh seeds',
    held: (held: number, sets: number, margin: string) => `${held} of ${sets}; closest to its bound: ${margin}`,
    deterministic: 'the same for any seed',
    untried: 'not tried yet',
  },

  experiments: {
    description: 'Everything that was measured for this blog, with data and source.',
    descriptionOf: (name: string, question: string) => `The experiment “${name}”: ${question}`,
    experiment: 'Experiment',
    points: 'Points',
    seedsAtEach: 'Seeds at each',
    result: 'Result',
    reproduce: 'Reproduce',
    measures: 'Measures',
    measure: 'Measure',
    value: 'Value',
    interval: (value: string, low: string, high: string, n: number) => `${value} (${low} to ${high}, n = ${n})`,
    sourceTitle: (name: string) => `Source of ${name}`,
    sourceDescription: (name: string, question: string) => `The code of the experiment “${name}”: ${question}`,
    sourceNote: (name: string) => `[Results](results). Run it with \`npm run experiments -- ${name}\`.`,
  },

  notation: {
    description: 'The symbols of all posts, and what the engine calls them.',
    symbols: 'Symbols',
    symbol: 'Symbol',
    meaning: 'Meaning',
    inCode: 'In code',
    inFormulas: 'Symbols in the formulas',
  },

  notFound: {
    title: 'Page not found',
    description: 'There is no page at this address.',
    /** What else there is, if it is not turned off. */
    elsewhere: {
      '/archive/': 'The [archive](page) lists every post.',
      '/experiments/': '[Experiments](page) lists everything that was measured.',
    },
  },

  about: {
    description: 'A blog whose figures, numbers and claims are measured when it is built.',
    paragraphs: [
      'Each post derives something by hand and then tests it. The experiments are short TypeScript programs. Building the site runs them, and every chart, every measured number in a sentence and every [claim](/claims/) comes from their results. If a claim turns out false, the build stops and nothing is published.',
      'Under each figure stand its seeds, its data and its source, so that you can repeat it.',
      'No page runs a script, sets a cookie or loads anything from another site. Subscribe by [RSS](/rss.xml) or [JSON feed](/feed.json); both carry the posts in full.',
    ],
    source: 'The [source](source) of this site is public.',
  },
};

/** The words of a language. */
export type Words = typeof words;
