/** The day of a build, which decides which posts are published: the only thing about a site that its sources do not say. */
import { sharedState } from '../../lab/shared-state.ts';
import { isDev } from '../command.ts';
import { isoDate } from './dates.ts';

const shared = sharedState<{ day?: string }>('build-day', () => ({}));

/** The day that `SOURCE_DATE_EPOCH` names, the standard of reproducible builds; else today. Both in UTC. Throws an Error. */
export function dayOf(epoch: string | undefined): string {
  if (epoch === undefined) return isoDate(new Date());
  const date = new Date(/^\d+$/.test(epoch) ? Number(epoch) * 1000 : Number.NaN);
  if (Number.isNaN(date.valueOf()))
    throw new Error(`SOURCE_DATE_EPOCH is “${epoch}”: write seconds since 1970, such as 1795824000, or unset it`);
  return isoDate(date);
}

/** The build's day, `2026-11-28`: one for the whole of a build; in dev, that of now. */
export function buildDay(): string {
  const { SOURCE_DATE_EPOCH } = process.env;
  if (isDev()) return dayOf(SOURCE_DATE_EPOCH);
  shared.day ??= dayOf(SOURCE_DATE_EPOCH);
  return shared.day;
}

/** Whether a post waits for its day. */
export const isScheduled = ({ date, draft }: { readonly date: Date; readonly draft: boolean }): boolean =>
  !draft && isoDate(date) > buildDay();
