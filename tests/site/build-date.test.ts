/** The day of a build, and the posts that wait for theirs. */
import { describe, expect, test } from 'vitest';
import { buildDay, dayOf, isScheduled } from '../../src/site/posts/build-date.ts';

describe('the day of a build', () => {
  test.each([
    ['0', '1970-01-01'],
    ['1795910399', '2026-11-28'],
    ['1795910400', '2026-11-29'],
  ])('SOURCE_DATE_EPOCH=%s is %s', (epoch, day) => expect(dayOf(epoch)).toBe(day));

  test.each(['', 'today', '-1', '1.5', '2026-11-28', '99999999999999'])('SOURCE_DATE_EPOCH=%s is an error', (epoch) =>
    expect(() => dayOf(epoch)).toThrow(`SOURCE_DATE_EPOCH is “${epoch}”: write seconds since 1970`),
  );

  test('is today without it', () => expect(dayOf(undefined)).toMatch(/^20\d\d-\d\d-\d\d$/));
});

describe('a post waits', () => {
  const inDays = (days: number, hours = 0) => new Date(Date.parse(buildDay()) + (days * 24 + hours) * 3600_000);
  test.each([
    ['of yesterday', inDays(-1), false],
    ['of this evening', inDays(0, 23), false],
    ['of tomorrow', inDays(1), true],
  ])('%s', (_, date, waits) => {
    expect(isScheduled({ date, draft: false })).toBe(waits);
    expect(isScheduled({ date, draft: true })).toBe(false);
  });
});
