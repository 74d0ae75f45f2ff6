/**
 * Finds and tests every claim of the site, for the page `/claims/` and for the comparison with the published baseline.
 * Claims are read from the posts' text, so the result does not depend on the order in which pages are rendered.
 */
import type { Nodes } from 'mdast';
import {
  type ExperimentResult,
  findMeasure,
  LabError,
  type Measure,
  type Results,
  writeClaims,
} from '../../lab/results/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { ComponentError, tagOf } from '../components/author-error.ts';
import { allResults, experimentNamed } from '../components/find-result.ts';
import { format, numberToText, singleValue } from '../components/show-number.ts';
import { escapeHtml } from '../escape-html.ts';
import { type PostElement, postElements } from '../posts/post-elements.ts';
import { tex } from '../tex.ts';
import { type Bounds, type Check, checkClaim, measureText } from './check-claim.ts';
import { claimId } from './claim-text.ts';

/** A claim and the outcome of its test. */
export type TestedClaim = {
  readonly post: string;
  readonly at: string;
  readonly id: string;
  readonly of: string;
  /** The sentence as text, TeX between dollars; `html` is the same as HTML. */
  readonly sentence: string;
  readonly html: string;
  readonly measure: Measure;
  readonly value: string;
  readonly checks: readonly Check[];
  readonly result: ExperimentResult;
  /** Set if the claim is about its own runs only. */
  readonly inTheseRuns?: true;
};

/** Renders a sentence as text and as HTML, with its `<Value>`s filled in. */
function renderSentence(nodes: readonly Nodes[], results: Results): { text: string; html: string } {
  const parts = nodes.map((node): { text: string; html: string } => {
    if (node.type === 'text' || node.type === 'inlineCode') return { text: node.value, html: escapeHtml(node.value) };
    if (node.type === 'inlineMath') return { text: `$${node.value}$`, html: tex(node.value) };
    if (isJsxElement(node) && node.name === 'Value') {
      const attribute = (name: string) =>
        node.attributes.find((one) => 'name' in one && one.name === name)?.value as string | undefined;
      const of = attribute('of') ?? '';
      const number = numberToText(format(singleValue(findMeasure(results, of), of), attribute('format')));
      return { text: number, html: escapeHtml(number) };
    }
    return 'children' in node ? renderSentence(node.children as Nodes[], results) : { text: '', html: '' };
  });
  const join = (pick: 'text' | 'html') =>
    parts
      .map((part) => part[pick])
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
  return { text: join('text'), html: join('html') };
}

function testClaim({ post, at, attributes, children }: PostElement, results: Results): TestedClaim {
  const { of, inTheseRuns, ...bounds } = attributes as Bounds & { of: string; inTheseRuns?: true };
  const tag = tagOf('Claim', attributes);
  try {
    const measure = findMeasure(results, of);
    const { text, html } = renderSentence(children, results);
    return {
      post,
      at,
      id: claimId(at),
      of,
      sentence: text,
      html,
      measure,
      value: measureText(measure, of),
      checks: checkClaim(results, of, bounds),
      result: experimentNamed(results, of.split('.')[0]!, at, tag),
      ...(inTheseRuns && { inTheseRuns }),
    };
  } catch (error) {
    if (error instanceof LabError || error instanceof RangeError)
      throw new ComponentError(at, tag, error.message, { cause: error });
    throw error;
  }
}

/** All claims of all published posts, in order. */
export async function allClaims(): Promise<TestedClaim[]> {
  const results = await allResults();
  return (await postElements(['Claim'])).map((element) => testClaim(element, results));
}

/** Saves every assertion, so that `npm run experiments` can report what changed. Throws LabError if it cannot. */
export async function saveClaims(claims: readonly TestedClaim[]): Promise<void> {
  const entries = claims.flatMap(({ post, at, of, measure, sentence, checks, inTheseRuns }) =>
    checks.map(({ kind, bound, holds }) => ({
      post,
      at,
      of,
      kind,
      bound,
      value: measure,
      holds,
      sentence,
      ...(inTheseRuns && { inTheseRuns }),
    })),
  );
  await writeClaims('.', entries);
}
