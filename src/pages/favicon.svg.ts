/** The icon in the browser's tab. */
import { icon } from '../site/icon.ts';

export function GET(): Response {
  return new Response(icon);
}
