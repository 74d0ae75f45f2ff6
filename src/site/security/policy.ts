/** The Content-Security-Policy of every page, made from the configured hosts. */

/** Origins besides the site's own that pages may load from: `https://images.example.org`, `https://*.example.org`. */
export type AllowedHosts = { readonly images: readonly string[]; readonly frames: readonly string[] };

const origin = /^https?:\/\/(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*(?::\d+)?$/;

/** The origins, validated. Throws an Error if one is invalid, since it could inject other directives into the policy. */
function validated(kind: keyof AllowedHosts, hosts: readonly string[]): readonly string[] {
  for (const host of hosts) {
    if (origin.test(host)) continue;
    const suggestion = URL.canParse(host) ? new URL(host).origin : 'https://www.example.org';
    throw new Error(`${kind} in src/site/config.ts: “${host}” is no origin; write one such as '${suggestion}'`);
  }
  return hosts;
}

/**
 * The policy as one line. Published pages run no script; in dev, Astro's client may run and connect to its server, and
 * nothing else differs.
 */
export function contentSecurityPolicy({ images, frames }: AllowedHosts, command: 'build' | 'dev'): string {
  const dev = command === 'dev';
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': dev ? ["'self'", "'unsafe-inline'"] : ["'none'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', ...validated('images', images)],
    'media-src': ["'self'"],
    ...(frames.length > 0 && { 'frame-src': validated('frames', frames) }),
    'connect-src': dev ? ["'self'", 'ws:', 'wss:'] : ["'self'"],
    'font-src': ["'self'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** Whether a page may load an image or a frame from an absolute address; a host on the list allows all its paths. */
export function mayLoad(kind: keyof AllowedHosts, address: string, hosts: AllowedHosts): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return hosts[kind].some((allowed) => {
    const [scheme, name] = allowed.split('//') as [string, string];
    if (scheme !== protocol) return false;
    return name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name;
  });
}
