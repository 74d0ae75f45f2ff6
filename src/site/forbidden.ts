/** What the Content-Security-Policy forbids in a page, found in one element, in words that say how to write it. */
import { type AllowedHosts, mayLoad } from './policy.ts';
import { isSafeAddress } from './safe-address.ts';

/** An element as any of the trees gives it: a lower-case name, attributes by their names in HTML. */
export type Tag = { readonly name: string; readonly attributes: Readonly<Record<string, string>> };

const noScript = 'pages run no script';
const elements: Readonly<Record<string, string>> = {
  script: `${noScript}; measure in an experiment, and show it with <Chart>, <Frames> or <Value>`,
  object: 'pages load no plug-ins; write <img>, <video>, <audio>, or a link to the file',
  embed: 'pages load no plug-ins; write <img>, <video>, <audio>, or a link to the file',
  applet: 'pages load no plug-ins; write <img>, <video>, <audio>, or a link to the file',
  form: 'pages send nothing; write a link, such as [write to us](mailto:…)',
  base: 'a page keeps its own address; write addresses from / on, such as /posts/x/',
  meta: 'the head of a page is made from the front matter of its post',
  frame: 'it shows another page; write a link to it',
  frameset: 'it shows another page; write a link to it',
  portal: 'it shows another page; write a link to it',
};

/** Attributes of SVG that hold CSS and may load what it names (SVG 2, "Presentation attributes"), hyphens left out or not. */
const presentation =
  /^(?:fill|stroke|filter|clip-?path|mask(?:-?image|-?border(?:-?source)?)?|marker(?:-?(?:start|mid|end))?|cursor)$/;

const isRemote = (address: string): boolean => /^\s*(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(address);
const isData = (address: string): boolean => /^\s*data:/i.test(address);

/** The addresses of a `srcset`. */
export const candidates = (srcset: string): string[] =>
  [...srcset.matchAll(/(?:^|,)\s*([^\s,]\S*)/g)].map(([, address]) => address!.replace(/,$/, ''));

/** What an attribute of an element loads: images, media (which only the site itself may serve), frames, nothing. */
function loads(
  name: string,
  attribute: string,
  inPicture: boolean,
): 'images' | 'media' | 'frames' | 'styles' | undefined {
  if (attribute === 'poster' || attribute === 'background') return 'images';
  if (attribute === 'srcset' || attribute === 'imagesrcset') return 'images';
  if (attribute === 'src') {
    if (name === 'iframe') return 'frames';
    if (name === 'source') return inPicture ? 'images' : 'media';
    return name === 'video' || name === 'audio' || name === 'track' ? 'media' : 'images';
  }
  if (attribute !== 'href' && attribute !== 'xlink:href') return undefined;
  if (name === 'link') return 'styles';
  return ['image', 'use', 'feimage', 'pattern', 'lineargradient', 'radialgradient', 'mpath', 'textpath'].includes(name)
    ? 'images'
    : undefined;
}

const setting = (kind: string, address: string): string => {
  const origin = URL.parse(address.trim().replace(/^\/\//, 'https://'))?.origin ?? 'null';
  return `allow it in src/site/config.ts, ${kind}: ['${origin === 'null' ? 'https://…' : origin}']`;
};

/** What is wrong with an address that an element loads; undefined if the policy lets it through. */
function blocked(
  kind: NonNullable<ReturnType<typeof loads>>,
  address: string,
  hosts: AllowedHosts,
): string | undefined {
  if (kind === 'frames') {
    if (mayLoad('frames', address.replace(/^\s*\/\//, 'https://'), hosts)) return undefined;
    return isRemote(address)
      ? `pages show no frames of this host; ${setting('frames', address)}, or write a link`
      : 'pages show no frames of the site itself; write a link to it';
  }
  if (!isRemote(address)) return undefined;
  if (kind === 'images') {
    if (isData(address) || mayLoad('images', address.replace(/^\s*\/\//, 'https://'), hosts)) return undefined;
    return `pages load no images of this host; put the file beside the post, or ${setting('images', address)}`;
  }
  return kind === 'media'
    ? 'pages play only what the site itself serves; put the file beside the post, or write a link'
    : 'pages load no styles of other hosts; put the file into public/';
}

/** Addresses of a style that a page would load: `url(…)` and `@import`. */
function inStyle(css: string, hosts: AllowedHosts): string[] {
  const imported = [...css.matchAll(/@import\s+(?:url\()?\s*["']?([^"')\s;]+)/gi)].map(([, address]) => address!);
  const urls = [...css.matchAll(/url\(\s*["']?([^"')]+)/gi)].map(([, address]) => address!);
  return [
    ...imported.filter(isRemote).map((address) => `@import ${address}: pages load no styles of other hosts`),
    ...urls
      .filter((address) => !imported.includes(address))
      .flatMap((address) => {
        const problem = blocked('images', address, hosts);
        return problem === undefined ? [] : [`url(${address}): ${problem}`];
      }),
  ];
}

/** All that the policy forbids in an element; `parent` is the name of the element around it. `text` is what a `<style>` holds. */
export function forbiddenIn({ name, attributes }: Tag, hosts: AllowedHosts, parent = '', text = ''): string[] {
  const problems: string[] = [];
  const known = elements[name];
  if (known !== undefined) return [`<${name}>: ${known}`];
  if (name === 'iframe' && attributes.srcdoc !== undefined)
    return ['<iframe srcdoc>: pages show no frames of the site itself; write its content in the post'];
  for (const [attribute, value] of Object.entries(attributes)) {
    const written = `<${name} ${attribute}="${value.length > 60 ? `${value.slice(0, 60)}…` : value}">`;
    if (/^on[a-z]/.test(attribute)) problems.push(`<${name} ${attribute}>: ${noScript}; remove the attribute`);
    else if (attribute === 'action' || attribute === 'formaction' || attribute === 'ping')
      problems.push(`<${name} ${attribute}>: pages send nothing; remove the attribute`);
    else if (attribute === 'style')
      problems.push(...inStyle(value, hosts).map((problem) => `<${name} style>: ${problem}`));
    else if (presentation.test(attribute))
      problems.push(...inStyle(value, hosts).map((problem) => `<${name} ${attribute}>: ${problem}`));
    if (['href', 'xlink:href', 'cite', 'longdesc'].includes(attribute) && name !== 'image' && !isSafeAddress(value))
      problems.push(`${written}: links lead to http, https, mailto, tel or within the site; write such an address`);
    const kind = loads(name, attribute, parent === 'picture');
    if (kind === undefined) continue;
    if (name === 'link' && !/stylesheet|preload|prefetch|icon|manifest|preconnect/i.test(attributes.rel ?? ''))
      continue;
    const addresses = attribute.endsWith('srcset') ? candidates(value) : [value];
    for (const address of addresses) {
      const problem = blocked(kind, address, hosts);
      if (problem !== undefined) problems.push(`${written}: ${problem}`);
    }
  }
  if (name === 'style') problems.push(...inStyle(text, hosts).map((problem) => `<style>: ${problem}`));
  return problems;
}
