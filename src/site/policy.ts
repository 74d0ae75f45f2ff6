/** The Content-Security-Policy of every page, made from the configuration; what it forbids, a post may not write. */

/** Hosts beyond the site itself that pages may load from, as origins: `https://images.example.org`, `https://*.example.org`. */
export type AllowedHosts = { readonly images: readonly string[]; readonly frames: readonly string[] };

const origin = /^https?:\/\/(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*(?::\d+)?$/;

/** The origins as the policy takes them. Throws at one that is none, which could say anything else in a policy. */
function checked(kind: keyof AllowedHosts, hosts: readonly string[]): readonly string[] {
  for (const host of hosts) {
    if (origin.test(host)) continue;
    const words = URL.canParse(host) ? new URL(host).origin : 'https://www.example.org';
    throw new Error(`${kind} in src/site/config.ts: “${host}” is no origin; write one such as '${words}'`);
  }
  return hosts;
}

/**
 * The policy as one line. What is published runs no script; while writing, Astro's client may run and speak to its
 * server, and nothing else differs.
 */
export function contentSecurityPolicy({ images, frames }: AllowedHosts, command: 'build' | 'dev'): string {
  const dev = command === 'dev';
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': dev ? ["'self'", "'unsafe-inline'"] : ["'none'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', ...checked('images', images)],
    'media-src': ["'self'"],
    ...(frames.length > 0 && { 'frame-src': checked('frames', frames) }),
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
