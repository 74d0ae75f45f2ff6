/**
 * Every claim of the site, tested: what the page `/claims/` lists and the lab compares with the last publication. Read
 * from the posts' text, so it does not depend on which page is rendered first.
 */
import type { Nodes } from 'mdast';
import { type ExperimentResult, findMeasure, LabError, type Measure, type Results, writeClaims } from '../lab/load.ts';
import { tex } from '../site/tex.ts';
import { type Bounds, type Check, checkClaim, shown } from './claim-check.ts';
import { claimId } from './claim-text.ts';
import { ComponentError, tagOf } from './errors.ts';
import { format, plain, single } from './numbers.ts';
import { type PostElement, postElements } from './post-elements.ts';
import { allResults, experimentNamed } from './results.ts';

/** A claim with what was found of it. */
export type TestedClaim = {
  readonly post: string;
  readonly at: string;
  readonly id: string;
  readonly of: string;
  /** As text, TeX between dollars; and as HTML. */
  readonly sentence: string;
  readonly html: string;
  readonly measure: Measure;
  readonly value: string;
  readonly checks: readonly Check[];
  readonly result: ExperimentResult;
  /** Whether it speaks of its own runs only. */
  readonly inTheseRuns?: true;
};

const escapeHtml = (text: string): string => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);

/** A sentence as text and as HTML, with its `<Value>`s in place. */
function sentenceOf(nodes: readonly Nodes[], results: Results): { text: string; html: string } {
  const parts = nodes.map((node): { text: string; html: string } => {
    if (node.type === 'text' || node.type === 'inlineCode') return { text: node.value, html: escapeHtml(node.value) };
    if (node.type === 'inlineMath') return { text: `$${node.value}$`, html: tex(node.value) };
    if ((node.type === 'mdxJsxTextElement' || node.type === 'mdxJsxFlowElement') && node.name === 'Value') {
      const attribute = (name: string) =>
        node.attributes.find((one) => 'name' in one && one.name === name)?.value as string | undefined;
      const of = attribute('of') ?? '';
      const number = plain(format(single(findMeasure(results, of), of), attribute('format')));
      return { text: number, html: escapeHtml(number) };
    }
    return 'children' in node ? sentenceOf(node.children as Nodes[], results) : { text: '', html: '' };
  });
  const join = (pick: 'text' | 'html') =>
    parts
      .map((part) => part[pick])
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
  return { text: join('text'), html: join('html') };
}

function tested({ post, at, attributes, children }: PostElement, results: Results): TestedClaim {
  const { of, inTheseRuns, ...bounds } = attributes as Bounds & { of: string; inTheseRuns?: true };
  const tag = tagOf('Claim', attributes);
  try {
    const measure = findMeasure(results, of);
    const { text, html } = sentenceOf(children, results);
    return {
      post,
      at,
      id: claimId(at),
      of,
      sentence: text,
      html,
      measure,
      value: shown(measure, of),
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
  return (await postElements(['Claim'])).map((element) => tested(element, results));
}

/** Notes every assertion, from which `npm run experiments` tells what changed. Throws LabError where it cannot. */
export async function noteClaims(claims: readonly TestedClaim[]): Promise<void> {
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
