/**
 * What a build tells of a post's links when all pages are there, told of the page that the dev server makes: places that
 * only pages have, such as the figures of `/experiments/x/`, and pages that only data make.
 */
import { VFile } from 'vfile';
import { type PostError, postError, report } from '../../math/index.ts';
import { idsOnPage, missingPlace } from '../built-pages.ts';
import { textIn } from '../places.ts';
import { type Source, type Target, targetOf } from '../targets.ts';
import { addressesInText, isOfPage } from './links.ts';

/** Asks the server for a page of the site, or only whether there is one. */
export type Ask = (method: 'GET' | 'HEAD', path: `/${string}`) => Promise<Pick<Response, 'ok' | 'status' | 'text'>>;

/** What is wrong with an address. A page that fails says so itself. */
async function problemOf(target: Target, address: string, own: string, ask: Ask): Promise<string | undefined> {
  if (target.kind === 'place') return missingPlace(target.id, idsOnPage(own), address);
  if (target.kind === 'post' && (target.id === '' || !isOfPage(target.id))) return undefined;
  if (target.kind === 'site' && target.id === '' && !target.open) return undefined;
  if (target.kind !== 'post' && target.kind !== 'site') return undefined;
  const answer = await ask(target.id === '' ? 'HEAD' : 'GET', target.path);
  if (answer.status === 404) return `${address}: the site has no such page or file`;
  if (target.id === '' || !answer.ok) return undefined;
  return missingPlace(target.id, idsOnPage(await answer.text()), address);
}

/** What is wrong with the links of a post, whose page the server makes as `html`; undefined if nothing is. */
export async function servedLinksError({ file, root }: Source, html: string, ask: Ask): Promise<PostError | undefined> {
  const post = new VFile({ path: file, cwd: root });
  for (const { address, use, start } of addressesInText(textIn(file))) {
    const problem = await problemOf(targetOf(address, { file, root }, use), address, html, ask);
    if (problem !== undefined) report(post, start, problem);
  }
  return postError(post);
}
