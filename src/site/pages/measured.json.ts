/** The manifest: versions and results that the site was built from. Saves the claims for other commands, and the tasks whose results are published. The build adds its files (`output/manifest.ts`). */
import { version } from '../../../package.json';
import { allClaims, saveClaims } from '../claims/all-claims.ts';
import { allResults } from '../components/find-result.ts';
import type { Origin } from '../output/manifest.ts';
import { publishedResults } from '../output/publish-results.ts';
import { buildDay } from '../posts/build-date.ts';

export async function GET(): Promise<Response> {
  await saveClaims(await allClaims());
  const results = await allResults();
  publishedResults.tasks = results.flatMap(({ name, tasks }) => tasks.map(({ key }) => [name, key] as const));
  const keys = results.map(({ name, key }) => [name, key] as const);
  const origin: Origin = {
    versions: { measured: version, node: process.version },
    date: buildDay(),
    site: import.meta.env.SITE,
    base: import.meta.env.BASE_URL,
    results: Object.fromEntries(keys.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
  return Response.json(origin);
}
