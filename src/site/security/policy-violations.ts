/** Finds what the Content-Security-Policy forbids in an element, with messages that say what to write instead. */
import { isSafeUrl } from '../links/safe-url.ts';
import { type AllowedHosts, mayLoad } from './policy.ts';

/** An element of any syntax tree: its name in lower case, attributes by their HTML names. */
export type Tag = { readonly name: string; readonly attributes: Readonly<Record<string, string>> };

const noScript = 'pages run no script';
const forbiddenElements: Readonly<Record<string, string>> = {
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

/** SVG presentation attributes whose CSS may load files (SVG 2, "Presentation attributes"), with or without hyphens. */
const presentationAttribute =
  /^(?:fill|stroke|filter|clip-?path|mask(?:-?image|-?border(?:-?source)?)?|marker(?:-?(?:start|mid|end))?|cursor)$/;

/** Whether an address has a scheme or a host. */
export const isRemote = (address: string): boolean => /^\s*(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(address);
const isData = (address: string): boolean => /^\s*data:/i.test(address);

/** The addresses of a `srcset`. */
export const srcsetAddresses = (srcset: string): string[] =>
  [...srcset.matchAll(/(?:^|,)\s*([^\s,]\S*)/g)].map(([, address]) => address!.replace(/,$/, ''));

/** What kind of file an attribute of an element loads, if any; media only from the site itself. */
function loadedKind(
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

const settingAdvice = (kind: string, address: string): string => {
  const origin = URL.parse(address.trim().replace(/^\/\//, 'https://'))?.origin ?? 'null';
  return `allow it in the options of measured(), ${kind}: ['${origin === 'null' ? 'https://…' : origin}']`;
};

/** The message for an address that the policy does not let an element load; undefined if it is allowed. */
function addressProblem(
  kind: NonNullable<ReturnType<typeof loadedKind>>,
  address: string,
  hosts: AllowedHosts,
): string | undefined {
  if (kind === 'frames') {
    if (mayLoad('frames', address.replace(/^\s*\/\//, 'https://'), hosts)) return undefined;
    return isRemote(address)
      ? `pages show no frames of this host; ${settingAdvice('frames', address)}, or write a link`
      : 'pages show no frames of the site itself; write a link to it';
  }
  if (!isRemote(address)) return undefined;
  if (kind === 'images') {
    if (isData(address) || mayLoad('images', address.replace(/^\s*\/\//, 'https://'), hosts)) return undefined;
    return `pages load no images of this host; put the file beside the post, or ${settingAdvice('images', address)}`;
  }
  return kind === 'media'
    ? 'pages play only what the site itself serves; put the file beside the post, or write a link'
    : 'pages load no styles of other hosts; put the file into public/';
}

/** The violations in CSS: addresses in `url(…)` and `@import`. */
function styleProblems(css: string, hosts: AllowedHosts): string[] {
  const imported = [...css.matchAll(/@import\s+(?:url\()?\s*["']?([^"')\s;]+)/gi)].map(([, address]) => address!);
  const urls = [...css.matchAll(/url\(\s*["']?([^"')]+)/gi)].map(([, address]) => address!);
  return [
    ...imported.filter(isRemote).map((address) => `@import ${address}: pages load no styles of other hosts`),
    ...urls
      .filter((address) => !imported.includes(address))
      .flatMap((address) => {
        const problem = addressProblem('images', address, hosts);
        return problem === undefined ? [] : [`url(${address}): ${problem}`];
      }),
  ];
}

/** All violations in an element; `parent` is the name of the element around it, `text` the content of a `<style>`. */
export function policyViolations({ name, attributes }: Tag, hosts: AllowedHosts, parent = '', text = ''): string[] {
  const problems: string[] = [];
  const forbidden = forbiddenElements[name];
  if (forbidden !== undefined) return [`<${name}>: ${forbidden}`];
  if (name === 'iframe' && attributes.srcdoc !== undefined)
    return ['<iframe srcdoc>: pages show no frames of the site itself; write its content in the post'];
  for (const [attribute, value] of Object.entries(attributes)) {
    const shown = `<${name} ${attribute}="${value.length > 60 ? `${value.slice(0, 60)}…` : value}">`;
    if (/^on[a-z]/.test(attribute)) problems.push(`<${name} ${attribute}>: ${noScript}; remove the attribute`);
    else if (attribute === 'action' || attribute === 'formaction' || attribute === 'ping')
      problems.push(`<${name} ${attribute}>: pages send nothing; remove the attribute`);
    else if (attribute === 'style' || presentationAttribute.test(attribute))
      problems.push(...styleProblems(value, hosts).map((problem) => `<${name} ${attribute}>: ${problem}`));
    if (['href', 'xlink:href', 'cite', 'longdesc'].includes(attribute) && name !== 'image' && !isSafeUrl(value))
      problems.push(`${shown}: links lead to http, https, mailto, tel or within the site; write such an address`);
    const kind = loadedKind(name, attribute, parent === 'picture');
    if (kind === undefined) continue;
    if (name === 'link' && !/stylesheet|preload|prefetch|icon|manifest|preconnect/i.test(attributes.rel ?? ''))
      continue;
    const addresses = attribute.endsWith('srcset') ? srcsetAddresses(value) : [value];
    for (const address of addresses) {
      const problem = addressProblem(kind, address, hosts);
      if (problem !== undefined) problems.push(`${shown}: ${problem}`);
    }
  }
  if (name === 'style') problems.push(...styleProblems(text, hosts).map((problem) => `<style>: ${problem}`));
  return problems;
}
