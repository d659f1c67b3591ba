import { expect, it } from 'vitest';
import {
  dayText,
  isLateEntry,
  momentText,
  monthDayText,
  periodText,
  spanTime,
  timeZoneText,
} from '../../../web/dates.ts';

it('writes a day as people say it', () => {
  expect(dayText('2024-02-09')).toBe('9 February 2024');
  expect(monthDayText('12-31')).toBe('31 December');
});

it('writes a moment as the clock of the organisation shows it', () => {
  expect(momentText('2024-02-09T17:00:00.000Z', 'America/New_York')).toBe('9 February 2024, 12:00 EST');
  expect(momentText('2024-07-01T00:30:00.000Z', 'America/New_York')).toBe('30 June 2024, 20:30 EDT');
  expect(momentText('2024-07-01T12:00:00.000Z', 'Europe/London')).toBe('1 July 2024, 13:00 BST');
  expect(momentText('2024-07-01T23:59:00.000Z', 'UTC')).toBe('1 July 2024, 23:59 UTC');
});

it.each([
  ['2023-01-01', '2023-12-31', '2023'],
  ['2022-01-01', '2026-12-31', '2022 to 2026'],
  ['2022-07-01', '2023-06-30', 'July 2022 to June 2023'],
  ['2024-02-01', '2024-02-29', 'February 2024'],
  ['2023-02-01', '2023-02-27', '1 February 2023 to 27 February 2023'],
  ['2024-02-09', '2024-02-09', '9 February 2024'],
])('writes the period from %s to %s as %s', (from, to, text) => {
  expect(periodText({ from, to })).toBe(text);
});

it.each([
  ['2024-02-09T17:00:00.000Z', '2024-02-09T17:30:00.000Z', 'on 9 February 2024 from 12:00 to 12:30 EST'],
  [
    '2024-02-10T03:00:00.000Z',
    '2024-02-10T05:00:00.000Z',
    'from 9 February 2024, 22:00 EST to 10 February 2024, 00:00 EST',
  ],
])('writes the time from %s to %s as %s', (from, to, text) => {
  expect(String(spanTime(from, to, 'America/New_York')).replace(/<[^>]*>/g, '')).toBe(text);
});

it('names a time zone by its place', () => {
  expect(timeZoneText('America/Argentina/Buenos_Aires')).toBe('Buenos Aires time');
  expect(timeZoneText('UTC')).toBe('UTC');
});

it('takes for a late entry what was public for more than a day before', () => {
  expect(isLateEntry('2024-02-09T12:00:00.000Z', '2024-02-10T12:00:00.001Z')).toBe(true);
  expect(isLateEntry('2024-02-09T12:00:00.000Z', '2024-02-10T12:00:00.000Z')).toBe(false);
  expect(isLateEntry('2024-02-09T12:00:00.000Z', '2024-01-01T12:00:00.000Z')).toBe(false);
});
