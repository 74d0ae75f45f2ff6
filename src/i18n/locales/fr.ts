/** The texts of the site in French. */
import { counting } from '../plural.ts';
import type { Words } from './en.ts';

const count = counting('fr');
const verbs = { rises: 'monte', falls: 'descend', goes: 'va' } as const;

export const words: Words = {
  numbers: { decimal: ',', group: '\u00a0', percent: '\u202f%', range: (low, high) => `de ${low} à ${high}` },
  quotes: { open: '«\u00a0', close: '\u00a0»', openInner: '“', closeInner: '”' },
  and: (parts) => parts.join(' et '),
  points: (n) => count(n, { one: 'point', other: 'points' }),
  seeds: (n) => count(n, { one: 'graine', other: 'graines' }),

  site: {
    skip: 'Aller au texte',
    navigation: 'Site',
    archive: 'Archives',
    experiments: 'Expériences',
    claims: 'Affirmations',
    notation: 'Notation',
    about: 'À propos',
    jsonFeed: 'Flux JSON',
    source: 'Code source',
    theme: 'Thème',
    system: 'Système',
    light: 'Clair',
    dark: 'Sombre',
  },

  post: {
    minutes: (n) => `${n}\u00a0min`,
    updated: (day) => `mis à jour le ${day}`,
    draft: 'brouillon',
    scheduled: 'programmé',
    topics: 'Thèmes',
    contents: 'Sommaire',
    cite: 'Comment citer',
    discuss: 'Discuter de cet article',
    edit: 'Modifier cette page',
    related: 'Articles apparentés',
    neighbours: 'Articles voisins',
    previous: 'Précédent',
    next: 'Suivant',
    part: (n: number, all: number) => `Partie ${n} sur ${all}`,
  },

  text: {
    notes: 'Notes',
    references: 'Références',
    backToReference: (note, again) => `Retour à l’appel de note ${note}${again === undefined ? '' : `-${again}`}`,
    linkToSection: (heading) => `Lien vers la section «\u00a0${heading}\u00a0»`,
    table: (n) => `Tableau ${n}`,
    equation: (n) => `Équation ${n}`.trim(),
    done: 'Fait',
    toDo: 'À faire',
    callouts: { note: 'NOTE', tip: 'ASTUCE', important: 'IMPORTANT', warning: 'AVERTISSEMENT', caution: 'ATTENTION' },
  },

  figure: {
    numbered: (n) => `Figure ${n}.`,
    reference: (n) => `figure ${n}`,
    title: (title) => `${title}.`,
    frames: (title) => `${title}\u00a0: images`,
    dataAndSource: 'Données et provenance',
    size: (points, seeds, key) => `${points} × ${seeds}, clé ${key}`,
    refreshing: ', nouvelle mesure en cours',
    foot: (experiment) =>
      `Mesuré par [${experiment}](experiment) ([code source](source)). Données\u00a0: [CSV](csv), [JSON](json). Figure\u00a0: [SVG](svg), [Vega-Lite](spec), [ouvrir dans l’éditeur Vega](editor). Reproduire\u00a0:`,
    dataOf: (title) => `Données de «\u00a0${title}\u00a0»`,
    thinned: (shown, all) =>
      `${shown} lignes sur ${all}, réparties régulièrement\u202f; le fichier CSV les contient toutes.`,
    editorTitle: (title) => `${title} dans l’éditeur Vega`,
    editorDescription: (title) =>
      `La spécification Vega-Lite de la figure «\u00a0${title}\u00a0», avec ses données, pour l’éditeur Vega.`,
    editorNote: 'Le lien transmet à l’éditeur la spécification et ses données\u202f; rien d’autre n’est envoyé.',
    openInEditor: (title) => `Ouvrir «\u00a0${title}\u00a0» dans l’éditeur Vega`,
  },

  describe: {
    titleOnly: (title) => `${title}.`,
    items: (n, x, y) => `${count(n, { one: 'élément', other: 'éléments' })} selon ${x} et ${y}.`,
    itemsAlong: (n, x) => `${count(n, { one: 'élément', other: 'éléments' })} par ${x}.`,
    values: (value, n, range) => `${value} de ${count(n, { one: 'élément', other: 'éléments' })}\u00a0: ${range}.`,
    opening: (y, log, x, low, high) =>
      `${y}${log ? ' sur une échelle logarithmique' : ''} en fonction de ${x}, de ${low} à ${high}`,
    series: (opening, lines) => `${opening}\u00a0: ${lines.join('\u202f; ')}.`,
    it: 'la courbe',
    moreLines: (n) => `et ${count(n, { one: 'autre courbe', other: 'autres courbes' })}`,
    isAt: (line, y, x) => `${line} vaut ${y} à ${x}`,
    staysAt: (line, y) => `${line} reste à ${y}`,
    course: (line, how, from, to, asides) =>
      `${line} ${verbs[how]} de ${from} à ${to}${asides.length > 0 ? `, avec ${asides.join(' et ')}` : ''}`,
    low: (y, x) => `un minimum de ${y} à ${x}`,
    high: (y, x) => `un maximum de ${y} à ${x}`,
    crossing: (a, b, places) => `Les courbes de ${a} et de ${b} se croisent près de ${places.join(' et ')}.`,
    cells: (value, columns, x, rows, y) =>
      `${value} en ${count(columns, { one: 'colonne', other: 'colonnes' })} selon ${x} et ${count(rows, { one: 'ligne', other: 'lignes' })} selon ${y}.`,
    everyCell: (value) => `Chaque case vaut ${value}.`,
    cell: (x, atX, y, atY) => `${x} ${atX} et ${y} ${atY}`,
    extremes: (low, atLow, high, atHigh) =>
      `Le plus bas, ${low}, à ${atLow}\u202f; le plus haut, ${high}, à ${atHigh}.`,
    categories: (value, category, parts) =>
      `${value}${category === '' ? '' : ` selon ${category}`}. ${parts.join('\u202f; ')}.`,
    quartiles: (value) => `${value}, quartiles`,
    category: (name, values) => `${name}\u00a0: ${values}`,
    more: (n) => `et ${n} de plus`,
    rules: (places) => `Une ligne de repère marque ${places.join(', ')}.`,
    plot: (n) => `Graphique ${n}`,
    morePlots: (n) => `Et ${count(n, { one: 'autre graphique', other: 'autres graphiques' })}.`,
  },

  value: {
    interval: (n, level, low, high) => `moyenne de ${n}, intervalle à ${level}\u00a0% de ${low} à ${high}\u202f; `,
    exact: (value) => `${value}\u202f; `,
    origin: (measure, size) => `mesuré sous le nom ${measure}, ${size}`,
    theory: (expected, because) => `théorie\u00a0: ${expected}${because === undefined ? '' : `\u202f; ${because}`}`,
  },

  claim: {
    tested: 'affirmation vérifiée',
    behind: (asserted, value, origin) => `Vérifié\u00a0: ${asserted}. La valeur est ${value}, ${origin}`,
    equals: (bound) => `vaut exactement ${bound}`,
    atMost: (bound) => `vaut au plus ${bound}`,
    atLeast: (bound) => `vaut au moins ${bound}`,
    above: (bound) => `est supérieur à ${bound}`,
    below: (bound) => `est inférieur à ${bound}`,
    covers: (bound) => `a un intervalle qui contient ${bound}`,
    within: (low, high) => `est compris entre ${low} et ${high}`,
    near: (target, margin) => `s’écarte de ${target} d’au plus ${margin}`,
    relative: (part) => `${part} fois cette valeur`,
    increasing: 'croît partout',
    decreasing: 'décroît partout',
    ordered: (members) => `croît dans l’ordre ${members.join(', ')}`,
    nothing: 'rien',
    interval: (value, low, high) => `${value} (de ${low} à ${high})`,
    all: (value, n) => `${value} dans les ${n} cas`,
    range: (low, high, n) => `de ${low} à ${high} dans ${n} cas`,
    inTheseRuns: 'dans ces exécutions',
  },

  derivation: {
    line: 'Ligne d’une démonstration',
    code: (n) => `ligne ${n}`,
    exactly: 'exactement',
    within: (amount) => `à ${amount} près`,
    agree: (amount, points) =>
      `Exécuté\u00a0: les lignes concordent ${amount} en ${count(points, { one: 'point', other: 'points' })}`,
    held: (roads) => `\u202f; la dernière concorde avec ${roads.join(', ')}`,
  },

  statement: {
    theorem: (n) => `théorème ${n}`,
    lemma: (n) => `lemme ${n}`,
    proposition: (n) => `proposition ${n}`,
    corollary: (n) => `corollaire ${n}`,
    definition: (n) => `définition ${n}`,
    opens: ' (',
    closes: ')',
    proof: 'Démonstration',
    end: 'fin de la démonstration',
  },

  archive: {
    description: 'Tous les articles par année et par thème.',
    year: (year) => `${year}`,
    categories: 'Catégories',
    tags: 'Étiquettes',
    authors: 'Auteurs',
  },

  topic: {
    tags: (name) => `Articles portant l’étiquette «\u00a0${name}\u00a0».`,
    categories: (name) => `Articles de la catégorie «\u00a0${name}\u00a0».`,
    authors: (name) => `Articles de ${name}.`,
  },

  list: {
    pages: 'Pages',
    page: (n, all) => `Page ${n} sur ${all}`,
    newer: 'Articles plus récents',
    older: 'Articles plus anciens',
  },

  claims: {
    description: 'Toutes les phrases de ce site vérifiées à sa construction, avec leur valeur et leur borne.',
    lead: (n) =>
      n === 1
        ? 'Une phrase de ce site est vérifiée à chaque construction. Si elle était fausse, il n’y aurait pas de page.'
        : `${n} phrases de ce site sont vérifiées à chaque construction. Si l’une d’elles était fausse, il n’y aurait pas de page.`,
    of: (post) => `Affirmations de «\u00a0${post}\u00a0»`,
    sentence: 'Phrase',
    tested: 'Vérifié',
    value: 'Valeur',
    size: 'Points × graines',
    none: 'Aucun article publié ne contient encore d’affirmation.',
    fresh: 'Avec de nouvelles graines',
    held: (held, sets, margin) => `${held} sur ${sets}\u202f; plus petit écart à la borne\u00a0: ${margin}`,
    deterministic: 'identique pour toute graine',
    untried: 'pas encore éprouvé',
  },

  experiments: {
    description: 'Tout ce qui a été mesuré pour ce blog, avec les données et le code source.',
    descriptionOf: (name, question) => `L’expérience «\u00a0${name}\u00a0»\u00a0: ${question}`,
    experiment: 'Expérience',
    points: 'Points',
    seedsAtEach: 'Graines par point',
    result: 'Résultat',
    reproduce: 'Reproduire',
    measures: 'Mesures',
    measure: 'Mesure',
    value: 'Valeur',
    interval: (value, low, high, n) => `${value} (de ${low} à ${high}, n = ${n})`,
    sourceTitle: (name) => `Code source de ${name}`,
    sourceDescription: (name, question) => `Le code de l’expérience «\u00a0${name}\u00a0»\u00a0: ${question}`,
    sourceNote: (name) => `[Résultats](results). Exécution\u00a0: \`npm run experiments -- ${name}\`.`,
  },

  notation: {
    description: 'Les symboles de tous les articles et leurs noms dans le moteur de calcul.',
    symbols: 'Symboles',
    symbol: 'Symbole',
    meaning: 'Signification',
    inCode: 'Dans le code',
    inFormulas: 'Symboles des formules',
  },

  notFound: {
    title: 'Page introuvable',
    description: 'Il n’y a pas de page à cette adresse.',
    elsewhere: {
      '/archive/': 'Les [archives](page) donnent la liste de tous les articles.',
      '/experiments/': '[Expériences](page) donne la liste de tout ce qui a été mesuré.',
    },
  },

  about: {
    description: 'Un blog dont les figures, les nombres et les affirmations sont mesurés à chaque construction.',
    paragraphs: [
      'Chaque article démontre quelque chose à la main, puis le vérifie. Les expériences sont de courts programmes TypeScript. La construction du site les exécute\u202f; chaque graphique, chaque nombre mesuré dans une phrase et chaque [affirmation](/claims/) vient de leurs résultats. Si une affirmation se révèle fausse, la construction s’arrête et rien n’est publié.',
      'Sous chaque figure se trouvent ses graines, ses données et son code, pour que vous puissiez la reproduire.',
      'Aucune page n’exécute de script, ne dépose de cookie ni ne charge quoi que ce soit d’un autre site. Abonnez-vous par [RSS](/rss.xml) ou par le [flux JSON](/feed.json)\u202f; tous deux contiennent les articles en entier.',
    ],
    source: 'Le [code source](source) de ce site est ouvert.',
  },
};
