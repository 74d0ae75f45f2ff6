/** The manifest: what this site was made from. The build adds every file with its hash (`src/site/manifest.ts`). */
import { version } from '../../package.json';
import { allResults } from '../components/results.ts';
import type { Origin } from '../site/manifest.ts';

export async function GET(): Promise<Response> {
  const keys = (await allResults()).map(({ name, key }) => [name, key] as const);
  const origin: Origin = {
    versions: { measured: version, node: process.version },
    site: import.meta.env.SITE,
    base: import.meta.env.BASE_URL,
    results: Object.fromEntries(keys.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
  return Response.json(origin);
}
