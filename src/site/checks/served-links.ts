/**
 * Checks a post's links in dev against the pages that the server renders: anchors that only pages have, such as the
 * figures of `/experiments/x/`, and pages generated from data. A build checks the same in its output.
 */
import { VFile } from 'vfile';
import { type PostError, postError, report } from '../../math/index.ts';
import { type LinkSource, type Target, targetOf } from '../links/link-targets.ts';
import { postText } from '../links/post-anchors.ts';
import { idsOnPage, missingAnchor } from '../output/check-output.ts';
import { addressesInText, isPageAnchor } from './links.ts';

/** Requests a page of the site from the dev server; HEAD if only its existence matters. */
export type RequestPage = (
  method: 'GET' | 'HEAD',
  path: `/${string}`,
) => Promise<Pick<Response, 'ok' | 'status' | 'text'>>;

/** The error for an address; undefined if there is none, or if the page itself fails, which reports its own error. */
async function problemOf(target: Target, address: string, own: string, ask: RequestPage): Promise<string | undefined> {
  if (target.kind === 'place') return missingAnchor(target.id, idsOnPage(own), address);
  if (target.kind === 'post' && (target.id === '' || !isPageAnchor(target.id))) return undefined;
  if (target.kind === 'site' && target.id === '' && !target.open) return undefined;
  if (target.kind !== 'post' && target.kind !== 'site') return undefined;
  const answer = await ask(target.id === '' ? 'HEAD' : 'GET', target.path);
  if (answer.status === 404) return `${address}: the site has no such page or file`;
  if (target.id === '' || !answer.ok) return undefined;
  return missingAnchor(target.id, idsOnPage(await answer.text()), address);
}

/** The errors of the links in a post whose rendered page is `html`; undefined if there are none. */
export async function servedLinksError(
  { file, root }: LinkSource,
  html: string,
  ask: RequestPage,
): Promise<PostError | undefined> {
  const post = new VFile({ path: file, cwd: root });
  for (const { address, use, start } of addressesInText(postText(file), file)) {
    const problem = await problemOf(targetOf(address, { file, root }, use), address, html, ask);
    if (problem !== undefined) report(post, start, problem);
  }
  return postError(post);
}
