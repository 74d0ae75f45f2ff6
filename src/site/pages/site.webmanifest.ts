/** The web app manifest: the site's name, colours and icons on a phone's home screen. */
import { valuesOf } from '../../figure/palette.ts';
import { site } from '../config.ts';
import { iconSizes } from '../icon.ts';
import { href } from '../links/href.ts';

export function GET(): Response {
  const icons = iconSizes.map((size) => ({
    src: href(`/icons/${size}.png`),
    sizes: `${size}x${size}`,
    type: 'image/png',
  }));
  const colours = { theme_color: valuesOf('accent')[0], background_color: valuesOf('paper')[0] };
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
