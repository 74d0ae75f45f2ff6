/** The icon in the browser's tab. */
import { icon } from '../icon.ts';

export function GET(): Response {
  return new Response(icon);
}
