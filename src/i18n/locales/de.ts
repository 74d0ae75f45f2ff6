/** The texts of the site in German. */
import { counting } from '../plural.ts';
import type { Words } from './en.ts';

const count = counting('de');
const sentences = (n: number) => count(n, { one: 'Satz', other: 'Sätze' });
const verbs = { rises: 'steigt', falls: 'fällt', goes: 'verläuft' } as const;

export const words: Words = {
  numbers: { decimal: ',', group: '\u00a0', percent: '\u202f%', range: (low, high) => `${low} bis ${high}` },
  quotes: { open: '„', close: '“', openInner: '‚', closeInner: '‘' },
  and: (parts) => parts.join(' und '),
  points: (n) => count(n, { one: 'Punkt', other: 'Punkte' }),
  seeds: (n) => count(n, { one: 'Startwert', other: 'Startwerte' }),

  site: {
    skip: 'Zum Text springen',
    navigation: 'Website',
    archive: 'Archiv',
    experiments: 'Experimente',
    claims: 'Behauptungen',
    notation: 'Notation',
    about: 'Über',
    jsonFeed: 'JSON-Feed',
    source: 'Quelltext',
    theme: 'Farbschema',
    system: 'System',
    light: 'Hell',
    dark: 'Dunkel',
  },

  post: {
    minutes: (n) => `${n} Min.`,
    updated: (day) => `aktualisiert am ${day}`,
    draft: 'Entwurf',
    scheduled: 'geplant',
    topics: 'Themen',
    contents: 'Inhalt',
    cite: 'Zitieren',
    discuss: 'Über diesen Beitrag diskutieren',
    edit: 'Diese Seite bearbeiten',
    related: 'Verwandte Beiträge',
    neighbours: 'Benachbarte Beiträge',
    previous: 'Vorheriger',
    next: 'Nächster',
    part: (n: number, all: number) => `Teil ${n} von ${all}`,
  },

  text: {
    notes: 'Anmerkungen',
    references: 'Literatur',
    backToReference: (note, again) => `Zurück zur Textstelle ${note}${again === undefined ? '' : `-${again}`}`,
    linkToSection: (heading) => `Link zum Abschnitt „${heading}“`,
    table: (n) => `Tabelle ${n}`,
    equation: (n) => `Gleichung ${n}`.trim(),
    done: 'Erledigt',
    toDo: 'Zu erledigen',
    callouts: { note: 'HINWEIS', tip: 'TIPP', important: 'WICHTIG', warning: 'WARNUNG', caution: 'VORSICHT' },
  },

  figure: {
    numbered: (n) => `Abbildung ${n}.`,
    reference: (n) => `Abbildung ${n}`,
    title: (title) => `${title}.`,
    frames: (title) => `${title}: Einzelbilder`,
    dataAndSource: 'Daten und Herkunft',
    size: (points, seeds, key) => `${points} × ${seeds}, Schlüssel ${key}`,
    refreshing: ', wird neu gemessen',
    foot: (experiment) =>
      `Gemessen von [${experiment}](experiment) ([Quelltext](source)). Daten: [CSV](csv), [JSON](json). Abbildung: [SVG](svg), [Vega-Lite](spec), [im Vega-Editor öffnen](editor). Wiederholen:`,
    dataOf: (title) => `Daten zu „${title}“`,
    thinned: (shown, all) => `${shown} von ${all} Zeilen, gleichmäßig verteilt; die CSV-Datei enthält alle.`,
    editorTitle: (title) => `${title} im Vega-Editor`,
    editorDescription: (title) =>
      `Die Vega-Lite-Spezifikation der Abbildung „${title}“ mit ihren Daten für den Vega-Editor.`,
    editorNote: 'Der Link übergibt dem Editor die Spezifikation und ihre Daten; sonst wird nichts gesendet.',
    openInEditor: (title) => `„${title}“ im Vega-Editor öffnen`,
  },

  describe: {
    titleOnly: (title) => `${title}.`,
    items: (n, x, y) => `${count(n, { one: 'Eintrag', other: 'Einträge' })} nach ${x} und ${y}.`,
    itemsAlong: (n, x) => `${count(n, { one: 'Eintrag', other: 'Einträge' })} nach ${x}.`,
    values: (value, n, range) => `${value} von ${count(n, { one: 'Eintrag', other: 'Einträgen' })}: ${range}.`,
    opening: (y, log, x, low, high) => `${y}${log ? ' auf logarithmischer Skala' : ''} gegen ${x}, ${low} bis ${high}`,
    series: (opening, lines) => `${opening}: ${lines.join('; ')}.`,
    it: 'die Linie',
    moreLines: (n) => `und ${count(n, { one: 'weitere Linie', other: 'weitere Linien' })}`,
    isAt: (line, y, x) => `${line} ist ${y} bei ${x}`,
    staysAt: (line, y) => `${line} bleibt bei ${y}`,
    course: (line, how, from, to, asides) =>
      `${line} ${verbs[how]} von ${from} bis ${to}${asides.length > 0 ? `, mit ${asides.join(' und ')}` : ''}`,
    low: (y, x) => `einem Tiefpunkt von ${y} bei ${x}`,
    high: (y, x) => `einem Höchstwert von ${y} bei ${x}`,
    crossing: (a, b, places) => `Die Linien von ${a} und ${b} kreuzen sich nahe ${places.join(' und ')}.`,
    cells: (value, columns, x, rows, y) =>
      `${value} in ${count(columns, { one: 'Spalte', other: 'Spalten' })} nach ${x} und ${count(rows, { one: 'Zeile', other: 'Zeilen' })} nach ${y}.`,
    everyCell: (value) => `Jede Zelle ist ${value}.`,
    cell: (x, atX, y, atY) => `${x} ${atX} und ${y} ${atY}`,
    extremes: (low, atLow, high, atHigh) =>
      `Am niedrigsten, ${low}, bei ${atLow}; am höchsten, ${high}, bei ${atHigh}.`,
    categories: (value, category, parts) =>
      `${value}${category === '' ? '' : ` nach ${category}`}. ${parts.join('; ')}.`,
    quartiles: (value) => `${value}, Quartile`,
    category: (name, values) => `${name}: ${values}`,
    more: (n) => `und ${n} weitere`,
    rules: (places) => `Eine Hilfslinie markiert ${places.join(', ')}.`,
    plot: (n) => `Diagramm ${n}`,
    morePlots: (n) => `Und ${count(n, { one: 'weiteres Diagramm', other: 'weitere Diagramme' })}.`,
  },

  value: {
    interval: (n, level, low, high) => `Mittelwert aus ${n}, ${level}-%-Intervall ${low} bis ${high}; `,
    exact: (value) => `${value}; `,
    origin: (measure, size) => `gemessen als ${measure}, ${size}`,
    theory: (expected, because) => `Theorie: ${expected}${because === undefined ? '' : `; ${because}`}`,
  },

  claim: {
    tested: 'geprüfte Behauptung',
    behind: (asserted, value, origin) => `Geprüft: ${asserted}. Der Wert ist ${value}, ${origin}`,
    equals: (bound) => `ist genau ${bound}`,
    atMost: (bound) => `ist höchstens ${bound}`,
    atLeast: (bound) => `ist mindestens ${bound}`,
    above: (bound) => `ist größer als ${bound}`,
    below: (bound) => `ist kleiner als ${bound}`,
    covers: (bound) => `hat ein Intervall, das ${bound} enthält`,
    within: (low, high) => `liegt zwischen ${low} und ${high}`,
    near: (target, margin) => `weicht von ${target} um höchstens ${margin} ab`,
    relative: (part) => `das ${part}-Fache davon`,
    increasing: 'nimmt durchweg zu',
    decreasing: 'nimmt durchweg ab',
    ordered: (members) => `steigt in der Reihenfolge ${members.join(', ')}`,
    nothing: 'nichts',
    interval: (value, low, high) => `${value} (${low} bis ${high})`,
    all: (value, n) => `${value} in allen ${n}`,
    range: (low, high, n) => `${low} bis ${high} in ${n}`,
    inTheseRuns: 'in diesen Läufen',
  },

  derivation: {
    line: 'Zeile einer Herleitung',
    code: (n) => `Zeile ${n}`,
    exactly: 'genau',
    within: (amount) => `bis auf ${amount}`,
    agree: (amount, points) =>
      `Ausgeführt: Die Zeilen stimmen an ${count(points, { one: 'Punkt', other: 'Punkten' })} ${amount} überein`,
    held: (roads) => `; die letzte stimmt überein mit ${roads.join(', ')}`,
  },

  statement: {
    theorem: (n) => `Satz ${n}`,
    lemma: (n) => `Lemma ${n}`,
    proposition: (n) => `Proposition ${n}`,
    corollary: (n) => `Korollar ${n}`,
    definition: (n) => `Definition ${n}`,
    opens: ' (',
    closes: ')',
    proof: 'Beweis',
    end: 'Ende des Beweises',
  },

  archive: {
    description: 'Alle Beiträge nach Jahr und nach Thema.',
    year: (year) => `${year}`,
    categories: 'Kategorien',
    tags: 'Schlagwörter',
    authors: 'Autorinnen und Autoren',
  },

  topic: {
    tags: (name) => `Beiträge mit dem Schlagwort „${name}“.`,
    categories: (name) => `Beiträge in der Kategorie „${name}“.`,
    authors: (name) => `Beiträge von ${name}.`,
  },

  list: {
    pages: 'Seiten',
    page: (n, all) => `Seite ${n} von ${all}`,
    newer: 'Neuere Beiträge',
    older: 'Ältere Beiträge',
  },

  claims: {
    description: 'Alle Sätze dieser Website, die bei jedem Bau geprüft werden, mit Wert und Schranke.',
    lead: (n) =>
      `${sentences(n)} dieser Website ${n === 1 ? 'wird' : 'werden'} bei jedem Bau geprüft. Wäre auch nur einer falsch, gäbe es keine Seite.`,
    of: (post) => `Behauptungen in „${post}“`,
    sentence: 'Satz',
    tested: 'Geprüft',
    value: 'Wert',
    size: 'Punkte × Startwerte',
    none: 'Noch kein veröffentlichter Beitrag stellt eine Behauptung auf.',
    fresh: 'Mit neuen Startwerten',
    held: (held, sets, margin) => `${held} von ${sets}; kleinster Abstand zur Schranke: ${margin}`,
    deterministic: 'gleich für jeden Startwert',
    untried: 'noch nicht erprobt',
  },

  experiments: {
    description: 'Alles, was für dieses Blog gemessen wurde, mit Daten und Quelltext.',
    descriptionOf: (name, question) => `Das Experiment „${name}“: ${question}`,
    experiment: 'Experiment',
    points: 'Punkte',
    seedsAtEach: 'Startwerte je Punkt',
    result: 'Ergebnis',
    reproduce: 'Wiederholen',
    measures: 'Messgrößen',
    measure: 'Messgröße',
    value: 'Wert',
    interval: (value, low, high, n) => `${value} (${low} bis ${high}, n = ${n})`,
    sourceTitle: (name) => `Quelltext von ${name}`,
    sourceDescription: (name, question) => `Der Quelltext des Experiments „${name}“: ${question}`,
    sourceNote: (name) => `[Ergebnisse](results). Ausführen mit \`npm run experiments -- ${name}\`.`,
  },

  notation: {
    description: 'Die Symbole aller Beiträge und ihre Namen im Rechenkern.',
    symbols: 'Symbole',
    symbol: 'Symbol',
    meaning: 'Bedeutung',
    inCode: 'Im Code',
    inFormulas: 'Symbole in den Formeln',
  },

  notFound: {
    title: 'Seite nicht gefunden',
    description: 'Unter dieser Adresse gibt es keine Seite.',
    elsewhere: {
      '/archive/': 'Das [Archiv](page) führt alle Beiträge auf.',
      '/experiments/': 'Unter [Experimente](page) steht alles, was gemessen wurde.',
    },
  },

  about: {
    description: 'Ein Blog, dessen Abbildungen, Zahlen und Behauptungen bei jedem Bau gemessen werden.',
    paragraphs: [
      'Jeder Beitrag leitet etwas von Hand her und prüft es dann. Die Experimente sind kurze TypeScript-Programme. Der Bau der Website führt sie aus; jedes Diagramm, jede gemessene Zahl in einem Satz und jede [Behauptung](/claims/) stammt aus ihren Ergebnissen. Stellt sich eine Behauptung als falsch heraus, bricht der Bau ab, und nichts wird veröffentlicht.',
      'Unter jeder Abbildung stehen ihre Startwerte, ihre Daten und ihr Quelltext, damit Sie sie wiederholen können.',
      'Keine Seite führt ein Skript aus, setzt ein Cookie oder lädt etwas von einer anderen Website. Abonnieren Sie per [RSS](/rss.xml) oder [JSON-Feed](/feed.json); beide enthalten die Beiträge vollständig.',
    ],
    source: 'Der [Quelltext](source) dieser Website ist offen.',
  },
};
