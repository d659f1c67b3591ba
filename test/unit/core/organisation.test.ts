// The organisation's fiscal year end and time zone.
import { expect, it } from 'vitest';
import { isFiscalYearEnd, type Organisation, timeZoneOf } from '../../../shared/core/organisation.ts';

it('a fiscal year ends on the last day of a month as most years have it, and on no other', () => {
  const two = (number: number) => String(number).padStart(2, '0');
  const accepted: string[] = [];
  for (let month = 0; month <= 13; month++) {
    for (let day = 0; day <= 32; day++) {
      if (isFiscalYearEnd(`${two(month)}-${two(day)}`)) accepted.push(`${two(month)}-${two(day)}`);
    }
  }
  expect(accepted.join(' ')).toBe('01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31');
});

it.each(['', '1-1', '12-31\n', '2023-12-31', '12/31', '--12-31', '１２-31'])('%j is no fiscal year end', text => {
  expect(isFiscalYearEnd(text)).toBe(false);
});

it('the time zone of now is that of the facts in force, of the first before them, and UTC without any', () => {
  const facts = (from: string, timeZone: string) => ({ from, timeZone }) as Organisation['history'][number];
  const history = [facts('2022-01-14', 'America/New_York'), facts('2024-01-01', 'Europe/Paris')];
  const zoneAt = (now: string) => timeZoneOf({ history }, now);
  expect(zoneAt('2023-12-31T23:59:59.999Z')).toBe('America/New_York');
  expect(zoneAt('2024-01-01T00:00:00.000Z')).toBe('Europe/Paris');
  expect(zoneAt('1999-01-01T00:00:00.000Z')).toBe('America/New_York');
  expect(timeZoneOf({ history: [] }, '2024-01-01T00:00:00.000Z')).toBe('UTC');
});
