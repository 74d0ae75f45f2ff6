/** The texts of the site in Spanish. */
import { counting } from '../plural.ts';
import type { Words } from './en.ts';

const count = counting('es');
const verbs = { rises: 'sube', falls: 'baja', goes: 'va' } as const;

export const words: Words = {
  numbers: { decimal: ',', group: '\u00a0', percent: '\u202f%', range: (low, high) => `de ${low} a ${high}` },
  quotes: { open: '«', close: '»', openInner: '“', closeInner: '”' },
  and: (parts) => parts.join(' y '),
  points: (n) => count(n, { one: 'punto', other: 'puntos' }),
  seeds: (n) => count(n, { one: 'semilla', other: 'semillas' }),

  site: {
    skip: 'Saltar al texto',
    navigation: 'Sitio',
    archive: 'Archivo',
    experiments: 'Experimentos',
    claims: 'Afirmaciones',
    notation: 'Notación',
    about: 'Acerca de',
    jsonFeed: 'Canal JSON',
    source: 'Código fuente',
    theme: 'Tema',
    system: 'Sistema',
    light: 'Claro',
    dark: 'Oscuro',
  },

  post: {
    minutes: (n) => `${n} min`,
    updated: (day) => `actualizado el ${day}`,
    draft: 'borrador',
    scheduled: 'programado',
    topics: 'Temas',
    contents: 'Contenido',
    cite: 'Cómo citar',
    discuss: 'Comentar esta entrada',
    edit: 'Editar esta página',
    related: 'Entradas relacionadas',
    neighbours: 'Entradas vecinas',
    previous: 'Anterior',
    next: 'Siguiente',
    part: (n: number, all: number) => `Parte ${n} de ${all}`,
  },

  text: {
    notes: 'Notas',
    references: 'Referencias',
    backToReference: (note, again) => `Volver a la referencia ${note}${again === undefined ? '' : `-${again}`}`,
    linkToSection: (heading) => `Enlace a la sección «${heading}»`,
    table: (n) => `Tabla ${n}`,
    equation: (n) => `Ecuación ${n}`.trim(),
    done: 'Hecho',
    toDo: 'Pendiente',
    callouts: { note: 'NOTA', tip: 'CONSEJO', important: 'IMPORTANTE', warning: 'ADVERTENCIA', caution: 'PRECAUCIÓN' },
  },

  figure: {
    numbered: (n) => `Figura ${n}.`,
    reference: (n) => `figura ${n}`,
    title: (title) => `${title}.`,
    frames: (title) => `${title}: fotogramas`,
    dataAndSource: 'Datos y origen',
    size: (points, seeds, key) => `${points} × ${seeds}, clave ${key}`,
    refreshing: ', se está midiendo de nuevo',
    foot: (experiment) =>
      `Medido por [${experiment}](experiment) ([código](source)). Datos: [CSV](csv), [JSON](json). Figura: [SVG](svg), [Vega-Lite](spec), [abrir en el editor de Vega](editor). Reproducir:`,
    dataOf: (title) => `Datos de «${title}»`,
    thinned: (shown, all) =>
      `${shown} de ${all} filas, repartidas de manera uniforme; el archivo CSV las contiene todas.`,
    editorTitle: (title) => `${title} en el editor de Vega`,
    editorDescription: (title) =>
      `La especificación Vega-Lite de la figura «${title}», con sus datos, para el editor de Vega.`,
    editorNote: 'El enlace lleva al editor la especificación y sus datos; no se envía nada más.',
    openInEditor: (title) => `Abrir «${title}» en el editor de Vega`,
  },

  describe: {
    titleOnly: (title) => `${title}.`,
    items: (n, x, y) => `${count(n, { one: 'elemento', other: 'elementos' })} por ${x} y ${y}.`,
    itemsAlong: (n, x) => `${count(n, { one: 'elemento', other: 'elementos' })} por ${x}.`,
    values: (value, n, range) => `${value} de ${count(n, { one: 'elemento', other: 'elementos' })}: ${range}.`,
    opening: (y, log, x, low, high) => `${y}${log ? ' en escala logarítmica' : ''} frente a ${x}, de ${low} a ${high}`,
    series: (opening, lines) => `${opening}: ${lines.join('; ')}.`,
    it: 'la línea',
    moreLines: (n) => `y ${count(n, { one: 'línea', other: 'líneas' })} más`,
    isAt: (line, y, x) => `${line} vale ${y} en ${x}`,
    staysAt: (line, y) => `${line} se mantiene en ${y}`,
    course: (line, how, from, to, asides) =>
      `${line} ${verbs[how]} de ${from} a ${to}${asides.length > 0 ? `, con ${asides.join(' y ')}` : ''}`,
    low: (y, x) => `un mínimo de ${y} en ${x}`,
    high: (y, x) => `un máximo de ${y} en ${x}`,
    crossing: (a, b, places) => `Las líneas de ${a} y ${b} se cruzan cerca de ${places.join(' y ')}.`,
    cells: (value, columns, x, rows, y) =>
      `${value} en ${count(columns, { one: 'columna', other: 'columnas' })} por ${x} y ${count(rows, { one: 'fila', other: 'filas' })} por ${y}.`,
    everyCell: (value) => `Todas las celdas valen ${value}.`,
    cell: (x, atX, y, atY) => `${x} ${atX} y ${y} ${atY}`,
    extremes: (low, atLow, high, atHigh) => `Mínimo, ${low}, en ${atLow}; máximo, ${high}, en ${atHigh}.`,
    categories: (value, category, parts) =>
      `${value}${category === '' ? '' : ` por ${category}`}. ${parts.join('; ')}.`,
    quartiles: (value) => `${value}, cuartiles`,
    category: (name, values) => `${name}: ${values}`,
    more: (n) => `y ${n} más`,
    rules: (places) => `Una línea de referencia marca ${places.join(', ')}.`,
    plot: (n) => `Gráfico ${n}`,
    morePlots: (n) => `Y ${count(n, { one: 'gráfico', other: 'gráficos' })} más.`,
  },

  value: {
    interval: (n, level, low, high) => `media de ${n}, intervalo del ${level} % de ${low} a ${high}; `,
    exact: (value) => `${value}; `,
    origin: (measure, size) => `medido como ${measure}, ${size}`,
    theory: (expected, because) => `teoría: ${expected}${because === undefined ? '' : `; ${because}`}`,
  },

  claim: {
    tested: 'afirmación comprobada',
    behind: (asserted, value, origin) => `Comprobado: ${asserted}. El valor es ${value}, ${origin}`,
    equals: (bound) => `es exactamente ${bound}`,
    atMost: (bound) => `es como máximo ${bound}`,
    atLeast: (bound) => `es como mínimo ${bound}`,
    above: (bound) => `es mayor que ${bound}`,
    below: (bound) => `es menor que ${bound}`,
    covers: (bound) => `tiene un intervalo que contiene ${bound}`,
    within: (low, high) => `está entre ${low} y ${high}`,
    near: (target, margin) => `difiere de ${target} en ${margin} como máximo`,
    relative: (part) => `${part} veces ese valor`,
    increasing: 'crece en todo momento',
    decreasing: 'decrece en todo momento',
    ordered: (members) => `asciende en el orden ${members.join(', ')}`,
    nothing: 'nada',
    interval: (value, low, high) => `${value} (de ${low} a ${high})`,
    all: (value, n) => `${value} en los ${n} casos`,
    range: (low, high, n) => `de ${low} a ${high} en ${n} casos`,
    inTheseRuns: 'en estas ejecuciones',
  },

  derivation: {
    line: 'Línea de una deducción',
    code: (n) => `línea ${n}`,
    exactly: 'exactamente',
    within: (amount) => `con un margen de ${amount}`,
    agree: (amount, points) =>
      `Ejecutado: las líneas coinciden ${amount} en ${count(points, { one: 'punto', other: 'puntos' })}`,
    held: (roads) => `; la última coincide con ${roads.join(', ')}`,
  },

  statement: {
    theorem: (n) => `teorema ${n}`,
    lemma: (n) => `lema ${n}`,
    proposition: (n) => `proposición ${n}`,
    corollary: (n) => `corolario ${n}`,
    definition: (n) => `definición ${n}`,
    opens: ' (',
    closes: ')',
    proof: 'Demostración',
    end: 'fin de la demostración',
  },

  archive: {
    description: 'Todas las entradas por año y por tema.',
    year: (year) => `${year}`,
    categories: 'Categorías',
    tags: 'Etiquetas',
    authors: 'Autores',
  },

  topic: {
    tags: (name) => `Entradas con la etiqueta «${name}».`,
    categories: (name) => `Entradas de la categoría «${name}».`,
    authors: (name) => `Entradas de ${name}.`,
  },

  list: {
    pages: 'Páginas',
    page: (n, all) => `Página ${n} de ${all}`,
    newer: 'Entradas más recientes',
    older: 'Entradas anteriores',
  },

  claims: {
    description: 'Todas las frases de este sitio que se comprueban al generarlo, con su valor y su cota.',
    lead: (n) =>
      n === 1
        ? 'Una frase de este sitio se comprueba cada vez que se genera. Si fuera falsa, no habría página.'
        : `${n} frases de este sitio se comprueban cada vez que se genera. Si una fuera falsa, no habría página.`,
    of: (post) => `Afirmaciones de «${post}»`,
    sentence: 'Frase',
    tested: 'Comprobado',
    value: 'Valor',
    size: 'Puntos × semillas',
    none: 'Ninguna entrada publicada contiene todavía una afirmación.',
    fresh: 'Con semillas nuevas',
    held: (held, sets, margin) => `${held} de ${sets}; menor distancia a la cota: ${margin}`,
    deterministic: 'igual con cualquier semilla',
    untried: 'aún sin probar',
  },

  experiments: {
    description: 'Todo lo que se ha medido para este blog, con datos y código fuente.',
    descriptionOf: (name, question) => `El experimento «${name}»: ${question}`,
    experiment: 'Experimento',
    points: 'Puntos',
    seedsAtEach: 'Semillas por punto',
    result: 'Resultado',
    reproduce: 'Reproducir',
    measures: 'Medidas',
    measure: 'Medida',
    value: 'Valor',
    interval: (value, low, high, n) => `${value} (de ${low} a ${high}, n = ${n})`,
    sourceTitle: (name) => `Código fuente de ${name}`,
    sourceDescription: (name, question) => `El código del experimento «${name}»: ${question}`,
    sourceNote: (name) => `[Resultados](results). Se ejecuta con \`npm run experiments -- ${name}\`.`,
  },

  notation: {
    description: 'Los símbolos de todas las entradas y sus nombres en el motor de cálculo.',
    symbols: 'Símbolos',
    symbol: 'Símbolo',
    meaning: 'Significado',
    inCode: 'En el código',
    inFormulas: 'Símbolos de las fórmulas',
  },

  notFound: {
    title: 'Página no encontrada',
    description: 'No hay ninguna página en esta dirección.',
    elsewhere: {
      '/archive/': 'El [archivo](page) enumera todas las entradas.',
      '/experiments/': '[Experimentos](page) enumera todo lo que se ha medido.',
    },
  },

  about: {
    description: 'Un blog cuyas figuras, cifras y afirmaciones se miden cada vez que se genera.',
    paragraphs: [
      'Cada entrada deduce algo a mano y después lo comprueba. Los experimentos son programas cortos en TypeScript. Al generar el sitio se ejecutan, y cada gráfico, cada cifra medida de una frase y cada [afirmación](/claims/) procede de sus resultados. Si una afirmación resulta falsa, la generación se detiene y no se publica nada.',
      'Bajo cada figura están sus semillas, sus datos y su código, para que pueda repetirla.',
      'Ninguna página ejecuta un script, instala una cookie ni carga nada de otro sitio. Suscríbase por [RSS](/rss.xml) o por el [canal JSON](/feed.json); ambos contienen las entradas completas.',
    ],
    source: 'El [código fuente](source) de este sitio es abierto.',
  },
};
