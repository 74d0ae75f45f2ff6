/** The texts of the site in Japanese. */
import type { Words } from './en.ts';

const verbs = { rises: '上昇', falls: '下降', goes: '推移' } as const;

export const words: Words = {
  numbers: { decimal: '.', group: ',', percent: '%', range: (low, high) => `${low}〜${high}` },
  quotes: { open: '「', close: '」', openInner: '『', closeInner: '』' },
  and: (parts) => parts.join('、かつ'),
  points: (n) => `${n}点`,
  seeds: (n) => `${n}シード`,

  site: {
    skip: '本文へ移動',
    navigation: 'サイト',
    archive: 'アーカイブ',
    experiments: '実験',
    claims: '主張',
    notation: '記法',
    about: 'このブログについて',
    jsonFeed: 'JSONフィード',
    source: 'ソースコード',
    theme: 'テーマ',
    system: 'システム',
    light: 'ライト',
    dark: 'ダーク',
  },

  post: {
    minutes: (n) => `${n}分`,
    updated: (day) => `${day}更新`,
    draft: '下書き',
    scheduled: '公開予定',
    topics: 'トピック',
    contents: '目次',
    cite: '引用方法',
    discuss: 'この記事について議論する',
    edit: 'このページを編集する',
    related: '関連記事',
    neighbours: '前後の記事',
    previous: '前の記事',
    next: '次の記事',
    part: (n: number, all: number) => `全${all}回の第${n}回`,
  },

  text: {
    notes: '注',
    references: '参考文献',
    backToReference: (note, again) => `参照元${note}${again === undefined ? '' : `-${again}`}へ戻る`,
    linkToSection: (heading) => `節「${heading}」へのリンク`,
    table: (n) => `表${n}`,
    equation: (n) => `式${n}`.trim(),
    done: '完了',
    toDo: '未完了',
    callouts: { note: '注記', tip: 'ヒント', important: '重要', warning: '警告', caution: '注意' },
  },

  figure: {
    numbered: (n) => `図${n}.`,
    reference: (n) => `図${n}`,
    title: (title) => `${title}。`,
    frames: (title) => `${title}：フレーム`,
    dataAndSource: 'データと出所',
    size: (points, seeds, key) => `${points} × ${seeds}、キー ${key}`,
    refreshing: '、再計測中',
    foot: (experiment) =>
      `計測：[${experiment}](experiment)（[ソース](source)）。データ：[CSV](csv)、[JSON](json)。図：[SVG](svg)、[Vega-Lite](spec)、[Vegaエディターで開く](editor)。再現方法：`,
    dataOf: (title) => `「${title}」のデータ`,
    thinned: (shown, all) => `全${all}行のうち等間隔に選んだ${shown}行。すべての行はCSVファイルにあります。`,
    editorTitle: (title) => `Vegaエディター：${title}`,
    editorDescription: (title) => `図「${title}」のVega-Lite仕様とデータをVegaエディターで開くためのページ。`,
    editorNote: 'リンクは仕様とデータだけをエディターに渡します。ほかには何も送信しません。',
    openInEditor: (title) => `「${title}」をVegaエディターで開く`,
  },

  describe: {
    titleOnly: (title) => `${title}。`,
    items: (n, x, y) => `${x}と${y}による${n}項目。`,
    itemsAlong: (n, x) => `${x}別の${n}項目。`,
    values: (value, n, range) => `${n}項目の${value}：${range}。`,
    opening: (y, log, x, low, high) => `${x}（${low}〜${high}）に対する${y}${log ? '（対数目盛）' : ''}`,
    series: (opening, lines) => `${opening}：${lines.join('；')}。`,
    it: '線',
    moreLines: (n) => `ほか${n}本`,
    isAt: (line, y, x) => `${line}は${x}で${y}`,
    staysAt: (line, y) => `${line}は${y}のまま一定`,
    course: (line, how, from, to, asides) =>
      `${line}は${from}から${to}へ${verbs[how]}${asides.length > 0 ? `（途中、${asides.join('、')}）` : ''}`,
    low: (y, x) => `${x}で最小値${y}`,
    high: (y, x) => `${x}で最大値${y}`,
    crossing: (a, b, places) => `${a}と${b}の線は${places.join('と')}の付近で交わる。`,
    cells: (value, columns, x, rows, y) => `${value}。${x}で${columns}列、${y}で${rows}行。`,
    everyCell: (value) => `すべてのセルは${value}。`,
    cell: (x, atX, y, atY) => `${x} ${atX}、${y} ${atY}`,
    extremes: (low, atLow, high, atHigh) => `最小は${low}（${atLow}）、最大は${high}（${atHigh}）。`,
    categories: (value, category, parts) =>
      `${category === '' ? '' : `${category}ごとの`}${value}。${parts.join('；')}。`,
    quartiles: (value) => `${value}の四分位数`,
    category: (name, values) => `${name}：${values}`,
    more: (n) => `ほか${n}件`,
    rules: (places) => `${places.join('、')}に基準線。`,
    plot: (n) => `グラフ${n}`,
    morePlots: (n) => `ほか${n}個のグラフ。`,
  },

  value: {
    interval: (n, level, low, high) => `${n}個の平均、${level}%区間 ${low}〜${high}；`,
    exact: (value) => `${value}；`,
    origin: (measure, size) => `計測名 ${measure}、${size}`,
    theory: (expected, because) => `理論値：${expected}${because === undefined ? '' : `；${because}`}`,
  },

  claim: {
    tested: '検証済みの主張',
    behind: (asserted, value, origin) => `検証内容：${asserted}。値は${value}、${origin}`,
    equals: (bound) => `ちょうど${bound}`,
    atMost: (bound) => `${bound}以下`,
    atLeast: (bound) => `${bound}以上`,
    above: (bound) => `${bound}より大きい`,
    below: (bound) => `${bound}より小さい`,
    covers: (bound) => `区間が${bound}を含む`,
    within: (low, high) => `${low}以上${high}以下`,
    near: (target, margin) => `${target}との差が${margin}以下`,
    relative: (part) => `その${part}倍`,
    increasing: '常に増加する',
    decreasing: '常に減少する',
    ordered: (members) => `${members.join('、')}の順に大きくなる`,
    nothing: 'なし',
    interval: (value, low, high) => `${value}（${low}〜${high}）`,
    all: (value, n) => `${n}個すべてで${value}`,
    range: (low, high, n) => `${n}個で${low}〜${high}`,
    inTheseRuns: 'この実行では',
  },

  derivation: {
    line: '導出の行',
    code: (n) => `${n}行目`,
    exactly: '正確に',
    within: (amount) => `${amount}以内で`,
    agree: (amount, points) => `実行結果：各行は${points}点で${amount}一致`,
    held: (roads) => `。最後の行の照合先：${roads.join('、')}`,
  },

  statement: {
    theorem: (n) => `定理${n}`,
    lemma: (n) => `補題${n}`,
    proposition: (n) => `命題${n}`,
    corollary: (n) => `系${n}`,
    definition: (n) => `定義${n}`,
    opens: '（',
    closes: '）',
    proof: '証明',
    end: '証明終わり',
  },

  archive: {
    description: 'すべての記事の年別・トピック別の一覧。',
    year: (year) => `${year}年`,
    categories: 'カテゴリー',
    tags: 'タグ',
    authors: '著者',
  },

  topic: {
    tags: (name) => `タグ「${name}」の記事。`,
    categories: (name) => `カテゴリー「${name}」の記事。`,
    authors: (name) => `${name}の記事。`,
  },

  list: {
    pages: 'ページ',
    page: (n, all) => `${all}ページ中${n}ページ目`,
    newer: '新しい記事',
    older: '古い記事',
  },

  claims: {
    description: 'サイトのビルド時に検証されるすべての文と、その値と限界値。',
    lead: (n) =>
      `このサイトの${n}個の文は、ビルドのたびに検証されます。ひとつでも誤りがあれば、このページは存在しません。`,
    of: (post) => `「${post}」の主張`,
    sentence: '文',
    tested: '検証内容',
    value: '値',
    size: '点 × シード',
    none: '主張を含む公開記事はまだありません。',
    fresh: '新しいシードでの結果',
    held: (held, sets, margin) => `${sets}組中${held}組、限界値までの最小の余裕：${margin}`,
    deterministic: 'シードによらない',
    untried: '未検証',
  },

  experiments: {
    description: 'このブログのために計測したすべてと、そのデータとソースコード。',
    descriptionOf: (name, question) => `実験「${name}」：${question}`,
    experiment: '実験',
    points: '点の数',
    seedsAtEach: '各点のシード数',
    result: '結果',
    reproduce: '再現方法',
    measures: '計測値',
    measure: '計測項目',
    value: '値',
    interval: (value, low, high, n) => `${value}（${low}〜${high}、n = ${n}）`,
    sourceTitle: (name) => `${name}のソースコード`,
    sourceDescription: (name, question) => `実験「${name}」のコード：${question}`,
    sourceNote: (name) => `[結果](results)。\`npm run experiments -- ${name}\` で実行できます。`,
  },

  notation: {
    description: 'すべての記事で使う記号と、計算エンジンでの名前。',
    symbols: '記号',
    symbol: '記号',
    meaning: '意味',
    inCode: 'コードでの名前',
    inFormulas: '数式の記号',
  },

  notFound: {
    title: 'ページが見つかりません',
    description: 'このアドレスにページはありません。',
    elsewhere: {
      '/archive/': 'すべての記事は[アーカイブ](page)にあります。',
      '/experiments/': '計測したすべては[実験](page)にあります。',
    },
  },

  about: {
    description: '図・数値・主張のすべてを、ビルドのたびに計測するブログ。',
    paragraphs: [
      '各記事は何かを手で導出し、それを検証します。実験は短いTypeScriptプログラムです。サイトをビルドするたびに実験が実行され、すべてのグラフ、文中のすべての計測値、すべての[主張](/claims/)はその結果から得られます。主張がひとつでも誤りとわかれば、ビルドは止まり、何も公開されません。',
      'どの図の下にも、シードとデータとソースコードがあり、誰でも再現できます。',
      'どのページもスクリプトを実行せず、Cookieを設定せず、他のサイトから何も読み込みません。[RSS](/rss.xml)か[JSONフィード](/feed.json)で購読できます。どちらにも記事の全文が含まれます。',
    ],
    source: 'このサイトの[ソースコード](source)は公開されています。',
  },
};
