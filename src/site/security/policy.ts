/** The Content-Security-Policy of every page, made from the configured hosts, whose names `config.ts` has checked. */

/** Origins besides the site's own that pages may load from: `https://images.example.org`, `https://*.example.org`. */
export type AllowedHosts = { readonly images: readonly string[]; readonly frames: readonly string[] };

/** Whether a text is an origin that the policy can name, so that it cannot add other directives. */
export const isOrigin = (host: string): boolean => origin.test(host);

const origin = /^https?:\/\/(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*(?::\d+)?$/;

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
    'img-src': ["'self'", 'data:', ...images],
    'media-src': ["'self'"],
    ...(frames.length > 0 && { 'frame-src': frames }),
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
