/** Makes a built page one file that needs no other: styles, fonts and pictures inside, all links leading to the site. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Element, ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { toString as plainText } from 'hast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import { decodeAddress } from '../links/safe-url.ts';
import { srcsetAddresses } from '../security/policy-violations.ts';
import type { Origin } from './manifest.ts';
import { mediaType } from './media-types.ts';

/** What such a page may load: what it holds itself, and nothing else. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'media-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Links of the head that need the site or files beside the page. */
const droppedLinks = ['icon', 'apple-touch-icon', 'manifest', 'sitemap', 'preload', 'modulepreload'];

/**
 * The font faces of a style sheet that have no character of the text are left out. The others are waited for: they are there,
 * and a browser would not use an `optional` one that it has yet to decode.
 */
function withFacesOf(css: string, text: ReadonlySet<number>): string {
  const faces = css.replace(/font-display:\s*\w+/g, 'font-display:block');
  return faces.replace(/@font-face\s*\{[^}]*\}/g, (face) => {
    const [, ranges] = /unicode-range:\s*([^;}]*)/i.exec(face) ?? [];
    if (ranges === undefined) return face;
    const isUsed = [...ranges.matchAll(/U\+([\da-f?]+)(?:-([\da-f]+))?/gi)].some(([, from = '', to]) => {
      const first = Number.parseInt(from.replaceAll('?', '0'), 16);
      const last = Number.parseInt(to ?? from.replaceAll('?', 'F'), 16);
      return [...text].some((code) => code >= first && code <= last);
    });
    return isUsed ? face : '';
  });
}

/** A page of a built site. */
export type BuiltPage = {
  /** The folder of the site. */
  readonly dist: string;
  /** The path of the page in it: `posts/x`. */
  readonly path: string;
};

/** The address of a site, as its manifest says it. */
const originOf = (dist: string): Pick<Origin, 'site' | 'base'> =>
  JSON.parse(readFileSync(join(dist, 'measured.json'), 'utf8')) as Origin;

/** The page as one file. Throws an Error for a file that the page shows and that is not in the site. */
export function singleFile({ dist, path }: BuiltPage): string {
  const tree = fromHtml(readFileSync(join(dist, path, 'index.html'), 'utf8'));
  const origin = originOf(dist);
  const root = origin.base.replace(/\/?$/, '/');
  const address = new URL(`${root}${path}/`, origin.site);

  /** The file of an address of the site, as it is written at `from`; undefined for one elsewhere. */
  const fileOf = (written: string, from: URL = address): string | undefined => {
    const url = URL.parse(written, from);
    if (url?.origin !== address.origin || !url.pathname.startsWith(root)) return undefined;
    const file = join(dist, decodeAddress(url.pathname.slice(root.length)));
    if (!existsSync(file)) throw new Error(`${path}: the site has no file ${written}`);
    return file;
  };
  const asData = (written: string, from?: URL): string | undefined => {
    if (/^data:/i.test(written)) return written;
    const file = fileOf(written, from);
    if (file === undefined) return undefined;
    return `data:${mediaType(file)};base64,${readFileSync(file, 'base64')}`;
  };
  const text = new Set([...plainText(tree)].map((character) => character.codePointAt(0)!));
  const style = (css: string, from?: URL): string =>
    withFacesOf(css, text).replace(/url\((["']?)([^)"'#]+)\1\)/g, (whole, _, written: string) => {
      const data = asData(written, from);
      return data === undefined ? whole : `url(${data})`;
    });

  /** A link: to a place in the page as it is, else to the site. */
  const link = (written: string): string => {
    const url = URL.parse(written, address);
    if (url === null) return written;
    const here = url.origin === address.origin && url.pathname === address.pathname && url.search === '';
    return here && url.hash !== '' ? url.hash : url.href;
  };

  /** A link to what a file cannot hold: a picture or a page of another host. */
  const elsewhere = ({ properties: { src, alt, title } }: Element): ElementContent => {
    const shown = String(alt || title || src);
    return {
      type: 'element',
      tagName: 'a',
      properties: { href: String(src) },
      children: [{ type: 'text', value: shown }],
    };
  };

  visit(tree, 'element', (element, index, parent) => {
    const { tagName, properties } = element;
    const replace = (by: readonly ElementContent[]): [typeof SKIP, number] => {
      parent!.children.splice(index!, 1, ...by);
      return [SKIP, index! + by.length];
    };
    if (tagName === 'meta' && properties.httpEquiv !== undefined) properties.content = policy;
    if (tagName === 'link') {
      const kinds = [properties.rel].flat().map(String);
      if (kinds.some((kind) => droppedLinks.includes(kind))) return replace([]);
      if (kinds.includes('stylesheet')) {
        const sheet = new URL(String(properties.href), address);
        const css = style(readFileSync(fileOf(sheet.href)!, 'utf8'), sheet);
        return replace([
          { type: 'element', tagName: 'style', properties: {}, children: [{ type: 'text', value: css }] },
        ]);
      }
    }
    if (tagName === 'style')
      for (const child of element.children) if (child.type === 'text') child.value = style(child.value);
    if (typeof properties.style === 'string') properties.style = style(properties.style);
    if (properties.srcSet !== undefined && tagName === 'img') {
      // The picture of the largest size, which is the last.
      const last = srcsetAddresses(String(properties.srcSet)).at(-1);
      if (last !== undefined && asData(last) !== undefined) properties.src = last;
      delete properties.srcSet;
      delete properties.sizes;
    }
    if (tagName === 'source' && properties.srcSet !== undefined) {
      const data = asData(srcsetAddresses(String(properties.srcSet)).at(-1) ?? '');
      if (data === undefined) return replace([]);
      properties.srcSet = data;
    }
    for (const name of ['src', 'poster', 'data'] as const) {
      if (typeof properties[name] !== 'string') continue;
      const data = tagName === 'iframe' || tagName === 'embed' ? undefined : asData(properties[name]);
      if (data !== undefined) properties[name] = data;
      else if (name === 'src') {
        properties.src = link(properties.src as string);
        return replace([elsewhere(element)]);
      } else delete properties[name];
    }
    for (const name of ['href', 'xLinkHref'] as const) {
      const written = properties[name];
      if (typeof written !== 'string') continue;
      properties[name] = tagName === 'image' ? (asData(written) ?? link(written)) : link(written);
    }
    return undefined;
  });
  return toHtml(tree, { allowDangerousCharacters: true });
}
