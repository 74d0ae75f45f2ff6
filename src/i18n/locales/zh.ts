/** The texts of the site in simplified Chinese. */
import type { Words } from './en.ts';

const verbs = { rises: '上升', falls: '下降', goes: '变化' } as const;

export const words: Words = {
  numbers: { decimal: '.', group: ',', percent: '%', range: (low, high) => `${low} 至 ${high}` },
  quotes: { open: '“', close: '”', openInner: '‘', closeInner: '’' },
  and: (parts) => parts.join('，且'),
  points: (n) => `${n} 个点`,
  seeds: (n) => `${n} 个种子`,

  site: {
    skip: '跳到正文',
    navigation: '站点',
    archive: '归档',
    experiments: '实验',
    claims: '论断',
    notation: '符号',
    about: '关于',
    jsonFeed: 'JSON 订阅',
    source: '源代码',
    theme: '主题',
    system: '跟随系统',
    light: '浅色',
    dark: '深色',
  },

  post: {
    minutes: (n) => `${n} 分钟`,
    updated: (day) => `更新于${day}`,
    draft: '草稿',
    scheduled: '定时发布',
    topics: '主题',
    contents: '目录',
    cite: '如何引用',
    discuss: '讨论这篇文章',
    edit: '编辑此页',
    related: '相关文章',
    neighbours: '前后文章',
    previous: '上一篇',
    next: '下一篇',
    part: (n: number, all: number) => `第 ${n} 篇，共 ${all} 篇`,
  },

  text: {
    notes: '注释',
    references: '参考文献',
    backToReference: (note, again) => `返回引用处 ${note}${again === undefined ? '' : `-${again}`}`,
    linkToSection: (heading) => `“${heading}”一节的链接`,
    table: (n) => `表 ${n}`,
    equation: (n) => `公式 ${n}`.trim(),
    done: '已完成',
    toDo: '待办',
    callouts: { note: '注意', tip: '提示', important: '重要', warning: '警告', caution: '当心' },
  },

  figure: {
    numbered: (n) => `图 ${n}.`,
    reference: (n) => `图 ${n}`,
    title: (title) => `${title}。`,
    frames: (title) => `${title}：各帧`,
    dataAndSource: '数据与来源',
    size: (points, seeds, key) => `${points} × ${seeds}，键 ${key}`,
    refreshing: '，正在重新测量',
    foot: (experiment) =>
      `测量：[${experiment}](experiment)（[源代码](source)）。数据：[CSV](csv)、[JSON](json)。图：[SVG](svg)、[Vega-Lite](spec)、[在 Vega 编辑器中打开](editor)。重现：`,
    dataOf: (title) => `“${title}”的数据`,
    thinned: (shown, all) => `共 ${all} 行，均匀选取 ${shown} 行；CSV 文件包含全部。`,
    editorTitle: (title) => `Vega 编辑器：${title}`,
    editorDescription: (title) => `图“${title}”的 Vega-Lite 规范及其数据，供 Vega 编辑器使用。`,
    editorNote: '链接只把规范及其数据交给编辑器，不发送其他任何内容。',
    openInEditor: (title) => `在 Vega 编辑器中打开“${title}”`,
  },

  describe: {
    titleOnly: (title) => `${title}。`,
    items: (n, x, y) => `按${x}和${y}排列的 ${n} 项。`,
    itemsAlong: (n, x) => `按 ${x} 排列的 ${n} 项。`,
    values: (value, n, range) => `${n} 项的 ${value}：${range}。`,
    opening: (y, log, x, low, high) => `${y}${log ? '（对数刻度）' : ''}随${x}（${low} 至 ${high}）的变化`,
    series: (opening, lines) => `${opening}：${lines.join('；')}。`,
    it: '曲线',
    moreLines: (n) => `另有 ${n} 条曲线`,
    isAt: (line, y, x) => `${line}在 ${x} 处为 ${y}`,
    staysAt: (line, y) => `${line}保持在 ${y}`,
    course: (line, how, from, to, asides) =>
      `${line}从 ${from} ${verbs[how]}到 ${to}${asides.length > 0 ? `，其间${asides.join('、')}` : ''}`,
    low: (y, x) => `在 ${x} 处有最低值 ${y}`,
    high: (y, x) => `在 ${x} 处有最高值 ${y}`,
    crossing: (a, b, places) => `${a}与${b}的曲线在 ${places.join(' 和 ')} 附近相交。`,
    cells: (value, columns, x, rows, y) => `${value}，按${x}分 ${columns} 列，按${y}分 ${rows} 行。`,
    everyCell: (value) => `每个单元格均为 ${value}。`,
    cell: (x, atX, y, atY) => `${x} ${atX}、${y} ${atY}`,
    extremes: (low, atLow, high, atHigh) => `最低为 ${low}（${atLow}）；最高为 ${high}（${atHigh}）。`,
    categories: (value, category, parts) =>
      `${category === '' ? '' : `按${category}划分的`}${value}。${parts.join('；')}。`,
    quartiles: (value) => `${value}的四分位数`,
    category: (name, values) => `${name}：${values}`,
    more: (n) => `另有 ${n} 项`,
    rules: (places) => `参考线位于 ${places.join('、')}。`,
  },

  value: {
    interval: (n, level, low, high) => `${n} 个值的平均，${level}% 区间 ${low} 至 ${high}；`,
    exact: (value) => `${value}；`,
    origin: (measure, size) => `测量名 ${measure}，${size}`,
    theory: (expected, because) => `理论值：${expected}${because === undefined ? '' : `；${because}`}`,
  },

  claim: {
    tested: '经过检验的论断',
    behind: (asserted, value, origin) => `检验内容：${asserted}。值为 ${value}，${origin}`,
    equals: (bound) => `恰好等于 ${bound}`,
    atMost: (bound) => `不大于 ${bound}`,
    atLeast: (bound) => `不小于 ${bound}`,
    above: (bound) => `大于 ${bound}`,
    below: (bound) => `小于 ${bound}`,
    covers: (bound) => `区间包含 ${bound}`,
    within: (low, high) => `介于 ${low} 与 ${high} 之间`,
    near: (target, margin) => `与 ${target} 相差不超过 ${margin}`,
    relative: (part) => `其 ${part} 倍`,
    increasing: '始终递增',
    decreasing: '始终递减',
    ordered: (members) => `按 ${members.join('、')} 的顺序递增`,
    nothing: '无',
    interval: (value, low, high) => `${value}（${low} 至 ${high}）`,
    all: (value, n) => `${n} 个均为 ${value}`,
    range: (low, high, n) => `${n} 个介于 ${low} 至 ${high}`,
    inTheseRuns: '在这些运行中',
  },

  derivation: {
    line: '推导中的一行',
    code: (n) => `第 ${n} 行`,
    exactly: '完全',
    within: (amount) => `在 ${amount} 以内`,
    agree: (amount, points) => `已执行：各行在 ${points} 个点上${amount}一致`,
    held: (roads) => `；最后一行的对照：${roads.join('、')}`,
  },

  statement: {
    theorem: (n) => `定理 ${n}`,
    lemma: (n) => `引理 ${n}`,
    proposition: (n) => `命题 ${n}`,
    corollary: (n) => `推论 ${n}`,
    definition: (n) => `定义 ${n}`,
    opens: '（',
    closes: '）',
    proof: '证明',
    end: '证毕',
  },

  archive: {
    description: '按年份和主题列出的全部文章。',
    year: (year) => `${year}年`,
    categories: '分类',
    tags: '标签',
    authors: '作者',
  },

  topic: {
    tags: (name) => `带有标签“${name}”的文章。`,
    categories: (name) => `分类“${name}”中的文章。`,
    authors: (name) => `${name}的文章。`,
  },

  list: {
    pages: '分页',
    page: (n, all) => `第${n}页，共${all}页`,
    newer: '较新的文章',
    older: '较早的文章',
  },

  claims: {
    description: '本站每次构建时检验的全部句子，及其数值与界限。',
    lead: (n) => `本站有 ${n} 个句子在每次构建时接受检验。只要有一个不成立，就不会有这个页面。`,
    of: (post) => `“${post}”中的论断`,
    sentence: '句子',
    tested: '检验内容',
    value: '数值',
    size: '点 × 种子',
    none: '已发布的文章中还没有论断。',
    fresh: '新种子上的结果',
    held: (held, sets, margin) => `${sets} 组中有 ${held} 组成立；离界限最近：${margin}`,
    deterministic: '与种子无关',
    untried: '尚未检验',
  },

  experiments: {
    description: '为本博客测量的全部内容，附数据与源代码。',
    descriptionOf: (name, question) => `实验“${name}”：${question}`,
    experiment: '实验',
    points: '点数',
    seedsAtEach: '每点的种子数',
    result: '结果',
    reproduce: '重现',
    measures: '测量值',
    measure: '测量项',
    value: '数值',
    interval: (value, low, high, n) => `${value}（${low} 至 ${high}，n = ${n}）`,
    sourceTitle: (name) => `${name} 的源代码`,
    sourceDescription: (name, question) => `实验“${name}”的代码：${question}`,
    sourceNote: (name) => `[结果](results)。运行：\`npm run experiments -- ${name}\`。`,
  },

  notation: {
    description: '全部文章所用的符号，及其在计算引擎中的名称。',
    symbols: '符号',
    symbol: '符号',
    meaning: '含义',
    inCode: '代码中的名称',
    inFormulas: '公式中的符号',
  },

  notFound: {
    title: '找不到页面',
    description: '此地址没有页面。',
    elsewhere: {
      '/archive/': '[归档](page)列出了全部文章。',
      '/experiments/': '[实验](page)列出了测量过的全部内容。',
    },
  },

  about: {
    description: '一个在每次构建时测量其图表、数字与论断的博客。',
    paragraphs: [
      '每篇文章先用手工推导，再加以检验。实验是简短的 TypeScript 程序。构建网站时会运行这些实验；每张图、句子中每个测得的数字以及每条[论断](/claims/)都来自它们的结果。如果某条论断不成立，构建就会停止，不会发布任何内容。',
      '每张图的下方都有其种子、数据和源代码，您可以自行重现。',
      '任何页面都不运行脚本、不设置 Cookie，也不从其他网站加载内容。可通过 [RSS](/rss.xml) 或 [JSON 订阅](/feed.json)关注本站，两者都包含文章全文。',
    ],
    source: '本站的[源代码](source)是公开的。',
  },
};
