/** How a phone names and draws this site on its home screen. */
import { site } from '../site/config.ts';
import { href } from '../site/href.ts';
import { iconSizes } from '../site/icon.ts';

export function GET(): Response {
  const icons = iconSizes.map((size) => ({
    src: href(`/icons/${size}.png`),
    sizes: `${size}x${size}`,
    type: 'image/png',
  }));
  const colours = { theme_color: '#fdfcf9', background_color: '#fdfcf9' };
  const { title: name, description, language: lang } = site;
  return Response.json({
    name,
    short_name: name,
    description,
    lang,
    start_url: href('/'),
    display: 'browser',
    ...colours,
    icons,
  });
}
