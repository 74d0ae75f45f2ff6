/** Includes and tags that show an image, a video or a gallery: as the HTML that they would make, without the old theme. */
import { type Fill, markdownify } from '../blog/liquid-engine.ts';

const imagePath = /\.(?:png|jpe?g|gif|svg|webp|avif|tiff?|bmp)(?:[?#].*)?$/i;

/** The arguments of a tag, `name="value"`, `name=value`, `name: value`; values without quotes are filled in. */
export function argumentsOf(words: string, fill: Fill): Map<string, string> {
  const found = new Map<string, string>();
  const pattern = /([\w-]+)\s*[=:]\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([^\s,"']+))/g;
  for (const [, name, double, single, bare] of words.matchAll(pattern)) {
    const quoted = (double ?? single)?.replace(/\\(["'])/g, '$1');
    const value = quoted ?? fill.value(bare!) ?? bare!;
    // As Jekyll, arguments may hold values themselves.
    found.set(
      name!.toLowerCase(),
      value.replace(/\{\{(.*?)\}\}/g, (_, inner: string) => fill.value(inner.trim()) ?? ''),
    );
  }
  return found;
}

const escaped = (text: string): string =>
  text
    .replace(/&(?!#?\w+;)/g, '&amp;')
    .replace(/"/g, '&quot;')
    .replace(/</g, '&lt;');

const first = (values: ReadonlyMap<string, string>, names: string): string =>
  names
    .split(' ')
    .map((name) => values.get(name)?.trim() ?? '')
    .find((value) => value !== '') ?? '';

/** A caption as HTML; Markdown in it is read, unless it could be a formula. */
const captionHtml = (text: string): string =>
  /[<$\\]/.test(text) || !/[*_`[]/.test(text)
    ? text
    : markdownify(text)
        .replace(/^<p>|<\/p>$/g, '')
        .trim();

/** An image with its caption and size. */
function figureHtml(src: string, values: ReadonlyMap<string, string>): string {
  const caption = first(values, 'caption description desc text title');
  const alt = first(values, 'alt alternative') || (caption.includes('<') ? '' : caption);
  const [width, height] = [first(values, 'width max-width max_width maxwidth'), first(values, 'height')];
  const size = `${width ? ` width="${escaped(width)}"` : ''}${height ? ` height="${escaped(height)}"` : ''}`;
  const image = `<img src="${escaped(src)}" alt="${escaped(alt)}"${size}>`;
  const link = first(values, 'link href');
  const shown = /^(?:https?:|\/)/.test(link) && link !== src ? `<a href="${escaped(link)}">${image}</a>` : image;
  return caption ? `<figure>${shown}<figcaption>${captionHtml(caption)}</figcaption></figure>` : shown;
}

/** The address of a video by the arguments of a tag. */
function videoAddress(name: string, words: string, values: ReadonlyMap<string, string>): string | undefined {
  if (!/youtube|vimeo|video/i.test(name)) return undefined;
  const written = first(values, 'url src path link');
  if (/^https?:/.test(written)) return written;
  const id =
    first(values, 'id video_id videoid video youtubeid youtube_id code') ||
    (/^["']?([\w-]{6,})["']?/.exec(words)?.[1] ?? '');
  if (!id) return undefined;
  if (/^https?:/.test(id)) return id;
  return /vimeo/i.test(name + first(values, 'provider'))
    ? `https://vimeo.com/${id}`
    : `https://www.youtube.com/watch?v=${id}`;
}

/** What a tag shows: HTML, and a note if it stands for something else; undefined if it is none of these. */
export function shownBy(name: string, words: string, fill: Fill): { html: string; note?: string } | undefined {
  const values = argumentsOf(words, fill);
  const images = [...values].filter(
    ([key, value]) => imagePath.test(value) && !/^(?:link|href|alt|caption|title)$/.test(key),
  );
  const [only] = images;
  if (only && new Set(images.map(([, value]) => value)).size === 1) return { html: figureHtml(only[1], values) };
  const video = videoAddress(name, words, values);
  if (video) {
    const text = first(values, 'caption title description') || video;
    const note = 'a video needs another host; a link stands in its place';
    return { html: `<p><a href="${escaped(video)}">${text}</a></p>`, note };
  }
  if (/^gallery\b/.test(name)) {
    const list = fill.object(`page.${values.get('id') ?? 'gallery'}`);
    const found = (Array.isArray(list) ? list : []) as Readonly<Record<string, unknown>>[];
    const shown = found.flatMap((each) => {
      const entries = new Map(Object.entries(each ?? {}).map(([key, value]) => [key, String(value)]));
      const src = first(entries, 'image_path url');
      return src ? [figureHtml(src, new Map([...entries].filter(([key]) => key !== 'url')))] : [];
    });
    const caption = values.get('caption');
    if (shown.length > 0)
      return { html: `<div>${shown.join('\n')}${caption ? `<p>${captionHtml(caption)}</p>` : ''}</div>` };
  }
  if (only === undefined && values.size === 0) {
    // `{% img left /a.png 300 200 Title %}`
    const parts = words.split(/\s+/);
    const at = parts.findIndex((part) => imagePath.test(part));
    if (at >= 0 && /img|image|picture|figure|asset/i.test(name)) {
      const rest = parts.slice(at + 1);
      const sizes = rest.filter((part) => /^\d+%?$/.test(part)).slice(0, 2);
      const text = rest
        .filter((part) => !sizes.includes(part))
        .join(' ')
        .replace(/^["']|["']$/g, '');
      const entries: [string, string][] = [
        ['alt', text],
        ['width', sizes[0] ?? ''],
        ['height', sizes[1] ?? ''],
      ];
      return { html: figureHtml(parts[at]!, new Map(entries)) };
    }
  }
  return undefined;
}
