/**
 * Assigns palette colours to the colour scales of a compiled specification. Vega cannot interpolate between CSS
 * variables, and repeats colours when they run out. So a categorical scale gets as many colours as its domain has
 * values, and a continuous one gets steps between round numbers. The colours are computed from the domain of a second
 * scale (`color_domain`), since a scale cannot read its own.
 */
import { type expressionFunction, scale as scaleOfType } from 'vega';
import { categories, diverging, sequential, steps } from '../palette.ts';
import { isObject, type VegaLegend, type VegaNode, type VegaScale } from './vega-spec.ts';

/** How many categories can be distinguished by colours with shapes or dashes. */
const mostCategories = 12;

const mostEdges = 6;

type Domain = readonly (number | Date)[];
type Ticked = { domain(domain: readonly unknown[]): Ticked; ticks(count: number): (number | Date)[] };

const isTime = (type: string): boolean => type === 'time' || type === 'utc';

/** The boundaries between the colours of a domain: at most six round numbers inside it. */
function rampEdges(domain: Domain, type: string): (number | Date)[] {
  const [low, high] = [Number(domain[0]), Number(domain.at(-1))].sort((a, b) => a - b) as [number, number];
  if (!(low < high)) return [domain[0] ?? 0];
  if (type === 'log') {
    const powers = [];
    for (let power = Math.ceil(Math.log10(low)); 10 ** power < high; power++)
      if (10 ** power > low) powers.push(Number(`1e${power}`));
    const stride = Math.ceil(powers.length / mostEdges);
    if (powers.length >= 3) return powers.filter((_, i) => i % stride === 0);
  }
  const ticksInside = (count: number): (number | Date)[] => {
    const ticked = (scaleOfType(isTime(type) ? 'utc' : 'linear') as unknown as () => Ticked)();
    return ticked
      .domain([low, high])
      .ticks(count)
      .filter((edge) => Number(edge) > low && Number(edge) < high);
  };
  let edges = ticksInside(mostEdges);
  for (let count = mostEdges - 1; edges.length > mostEdges && count > 0; count--) edges = ticksInside(count);
  if (edges.length > mostEdges) edges = edges.filter((_, i) => i % Math.ceil(edges.length / mostEdges) === 0);
  return edges.length > 0 ? edges : [isTime(type) ? new Date((low + high) / 2) : (low + high) / 2];
}

/** A colour for each step between edges; in a diverging ramp, by the step's distance from the middle. */
function rampColours(domain: Domain, type: string, ramp: string): string[] {
  const edges = rampEdges(domain, type).map(Number);
  if (ramp !== 'diverging') return rampSteps(visible(ramp, edges.length + 1), edges.length + 1);
  const [low, high] = [Number(domain[0]), Number(domain.at(-1))];
  const middle = domain.length === 3 ? Number(domain[1]) : (low + high) / 2;
  const bounds = [low, ...edges, high];
  const centres = bounds.slice(1).map((end, i) => (bounds[i]! + end) / 2 - middle);
  const reach = Math.max(...centres.map(Math.abs)) || 1;
  return centres.map((centre) => diverging[Math.round(((centre / reach + 1) / 2) * (diverging.length - 1))]!);
}

const rampSteps = (ramp: readonly string[], n: number): string[] => (n < 2 ? [ramp.at(-2)!] : steps(ramp, n));

/** The colours of a ramp in order, one for each value. Throws for more values than a ramp has colours. */
function orderedColours(values: readonly unknown[] | number, ramp: string): string[] {
  const n = typeof values === 'number' ? values : values.length;
  const of = ramp === 'diverging' ? diverging : sequential;
  if (n > of.length)
    throw new Error(
      `${n} ordered colours; ${of.length} can be told apart: bin the values (\`bin: {maxbins: ${of.length - 1}}\`), or say \`type: 'nominal'\` for up to 10 without order`,
    );
  if (ramp === 'diverging') return rampSteps(of, n);
  const colours = visible(ramp, n);
  return n <= 4 ? steps(of.slice(1), Math.max(2, n)).slice(-n) : rampSteps(colours, n);
}

/** The colours for `n` steps. The palest is close to the paper's: good for cells (`heatmap`), too pale for points and lines (`ramp`). */
const visible = (ramp: string, n: number): readonly string[] =>
  ramp === 'ramp' && n < sequential.length ? sequential.slice(1) : sequential;

/** A colour for each category. Above ten, colours repeat, and shapes or dashes have to differ. Throws above twelve. */
function categoryColours(domain: readonly unknown[]): string[] {
  if (domain.length > mostCategories)
    throw new Error(
      `${domain.length} categories in colour; ${mostCategories} at most can be told apart: group the rare ones (\`calculate\`), show them in panels (\`facet\`), or tell them apart by \`detail\` without colour`,
    );
  const palette = categories(domain.length);
  return domain.map((_, i) => palette[i % palette.length]!);
}

/** Makes these functions available to Vega's expressions. */
export function installColourExpressions(install: typeof expressionFunction): void {
  install('rampEdges', rampEdges);
  install('rampColours', rampColours);
  install('orderedColours', orderedColours);
  install('categoryColours', categoryColours);
}

const ramps = ['ramp', 'heatmap', 'diverging'];
/** Properties of continuous scales that threshold scales do not have. */
const continuousOnly =
  'interpolate nice zero domainMid domainMin domainMax clamp base exponent constant bins reverse'.split(' ');
const continuous = ['linear', 'log', 'pow', 'sqrt', 'symlog', 'time', 'utc', 'sequential'];

/** Replaces the ranges of the colour scales of a scope by palette colours, and makes continuous ones threshold scales. */
export function colourScales(node: VegaNode): void {
  const added: VegaScale[] = [];
  const thresholdScales = new Map<string, string>();
  for (const scale of node.scales ?? []) {
    const { name, type = 'linear', range } = scale;
    const domain = `${name}_domain`;
    const addDomainScale = (rest: object): void => {
      const { range: _, interpolate: __, ...own } = scale;
      added.push({ ...own, name: domain, ...rest });
    };
    if (type === 'ordinal' && (range === 'category' || range === 'ordinal' || ramps.includes(String(range)))) {
      addDomainScale({ range: [0] });
      scale.range = {
        signal:
          range === 'category'
            ? `categoryColours(domain('${domain}'))`
            : `orderedColours(domain('${domain}'), '${range}')`,
      };
    } else if (typeof range === 'string' && ramps.includes(range) && continuous.includes(type)) {
      const middle = scale.domainMid !== undefined;
      addDomainScale({ range: [0, 1], nice: false });
      const ramp = middle ? 'diverging' : range;
      const { reverse } = scale;
      for (const key of continuousOnly) delete scale[key];
      scale.type = 'threshold';
      scale.domain = { signal: `rampEdges(domain('${domain}'), '${type}')` };
      const colours = `rampColours(domain('${domain}'), '${type}', '${ramp}')`;
      scale.range = { signal: reverse === true ? `reverse(${colours})` : colours };
      thresholdScales.set(name, type);
    } else if (typeof range === 'string' && ramps.includes(range)) {
      delete scale.interpolate;
      if (type === 'bin-ordinal' && scale.bins !== undefined) {
        const { signal } = scale.bins as { signal?: string };
        if (signal !== undefined)
          scale.range = {
            signal: `orderedColours(round((${signal}.stop - ${signal}.start) / ${signal}.step), '${range}')`,
          };
      } else if (type === 'quantize' || type === 'quantile')
        scale.range = rampSteps(range === 'diverging' ? diverging : visible(range, 5), 5);
      else if (type === 'threshold' && Array.isArray(scale.domain))
        scale.range = orderedColours(scale.domain.length + 1, range);
    }
  }
  node.scales?.push(...added);
  for (const legend of node.legends ?? []) {
    const type = thresholdScales.get(String(legend.fill ?? legend.stroke));
    // A legend that shows sizes or shapes as well keeps its symbols.
    const shows = ['fill', 'stroke', 'size', 'shape', 'opacity', 'strokeDash', 'strokeWidth'].filter(
      (key) => key in legend,
    );
    if (type !== undefined && shows.length === 1) showSteps(legend, isTime(type));
  }
}

/** Makes a legend show steps: boxes with the values between them. */
function showSteps(legend: VegaLegend, isDate: boolean): void {
  legend.type = 'gradient';
  legend.gradientLength ??= 280;
  for (const key of ['symbolType', 'tickCount', 'values']) delete legend[key];
  if (isDate) legend.formatType = 'utc';
  const { encode } = legend;
  if (encode === undefined) return;
  delete encode.symbols;
  const text = encode.labels?.update?.text;
  // The outer steps are unbounded.
  if (isObject(text) && typeof text.signal === 'string')
    encode.labels!.update!.text = { signal: `isFinite(datum.value) ? ${text.signal} : ''` };
}
