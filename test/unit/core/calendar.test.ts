// Plain dates, time zones and terms: what exists, what the wall calendar shows, and which days two terms share.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addYears,
  covers,
  dateIn,
  instant,
  instantAt,
  isLanguageTag,
  isPlainDate,
  isTimeZone,
  overlaps,
  timeIn,
} from '../../../shared/core/calendar.ts';
import { anyDay, anyTerm, calendarDays } from './days.ts';

const anyDate = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9700-12-31'), noInvalidDate: true })
  .map(moment => instant(moment).slice(0, 10));

describe('a plain date', () => {
  it.each([
    ['0001-01-01', 'the first year'],
    ['9999-12-31', 'the last day there is'],
    ['2024-02-29', 'a leap year'],
    ['2000-02-29', 'a century that is a leap year'],
    ['0004-02-29', 'an early leap year'],
    ['2023-06-30', 'a month of 30 days'],
    ['2023-12-31', 'a month of 31 days'],
  ])('%s exists: %s', text => {
    expect(isPlainDate(text)).toBe(true);
  });

  it.each([
    ['2023-02-29', 'no leap year'],
    ['1900-02-29', 'a century that is no leap year'],
    ['2100-02-29', 'another'],
    ['2023-02-30', 'February has no 30 days'],
    ['2023-06-31', 'June has no 31 days'],
    ['2023-13-01', 'month 13'],
    ['2023-00-10', 'month 0'],
    ['2023-01-00', 'day 0'],
    ['2023-01-32', 'day 32'],
    ['0000-01-01', 'year 0'],
    ['-001-01-01', 'a negative year'],
    ['+12023-01-01', 'an extended year'],
    ['2023-1-1', 'no leading zeros'],
    ['2023-01', 'no day'],
    ['20230101', 'no dashes'],
    ['2023-01-01T00:00:00Z', 'a time'],
    ['2023-01-01\n', 'a line end'],
    [' 2023-01-01', 'a space'],
    ['٢٠٢٣-٠٦-٣٠', 'other digits'],
    ['', 'nothing'],
  ])('%j does not exist: %s', text => {
    expect(isPlainDate(text)).toBe(false);
  });

  it('exists exactly when counting the days of the months says so', () => {
    const daysIn = (year: number, month: number) =>
      month === 2
        ? (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
          ? 29
          : 28
        : [4, 6, 9, 11].includes(month)
          ? 30
          : 31;
    const number = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(number(9999), number(14), number(33), (year, month, day) => {
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const exists = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
        expect(isPlainDate(text)).toBe(exists);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the date on the wall', () => {
  it.each([
    [
      'America/New_York',
      '2024-03-10T04:59:59.999Z',
      '2024-03-09',
      'the last moment before the day of the spring change',
    ],
    ['America/New_York', '2024-03-10T05:00:00.000Z', '2024-03-10', 'that day begins on winter time'],
    ['America/New_York', '2024-03-11T03:59:59.999Z', '2024-03-10', 'and has 23 hours'],
    ['America/New_York', '2024-03-11T04:00:00.000Z', '2024-03-11', 'the next begins on summer time'],
    ['America/New_York', '2024-11-04T04:59:59.999Z', '2024-11-03', 'the day of the autumn change has 25 hours'],
    ['America/New_York', '2024-11-04T05:00:00.000Z', '2024-11-04', 'the next begins on winter time'],
    ['Europe/London', '2024-03-30T23:59:59.999Z', '2024-03-30', 'London in winter is UTC'],
    ['Europe/London', '2024-06-30T23:00:00.000Z', '2024-07-01', 'London in summer is ahead of it'],
    ['Pacific/Kiritimati', '2023-12-31T10:00:00.000Z', '2024-01-01', 'the first place to see a year'],
    ['Pacific/Pago_Pago', '2024-01-01T10:59:59.999Z', '2023-12-31', 'the last place to see it'],
    ['Pacific/Apia', '2011-12-30T09:59:59.999Z', '2011-12-29', 'Samoa before it crossed the date line'],
    ['Pacific/Apia', '2011-12-30T10:00:00.000Z', '2011-12-31', 'Samoa had no 30 December 2011'],
    ['Asia/Kathmandu', '2024-02-28T18:15:00.000Z', '2024-02-29', 'an offset of 5:45'],
    ['UTC', '2024-02-29T23:59:59.999Z', '2024-02-29', 'UTC itself'],
  ])('in %s at %s is %s: %s', (timeZone, at, date) => {
    expect(dateIn(timeZone, at)).toBe(date);
  });

  it('is a date that exists, and in UTC the date of the instant itself', () => {
    const moments = fc.date({ min: new Date('1900-01-02'), max: new Date('9998-12-30'), noInvalidDate: true });
    const zones = fc.constantFrom('UTC', 'America/New_York', 'Pacific/Apia', 'Pacific/Kiritimati', 'Asia/Kathmandu');
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        expect(isPlainDate(dateIn(zone, instant(moment)))).toBe(true);
        expect(dateIn('UTC', instant(moment))).toBe(instant(moment).slice(0, 10));
      }),
    );
  });
});

describe('days later', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2024-03-01', -1, '2024-02-29'],
    ['2023-12-31', 1, '2024-01-01'],
    ['2024-03-10', 1, '2024-03-11'],
    ['2024-06-30', 0, '2024-06-30'],
    ['2024-01-01', 366, '2025-01-01'],
    ['0001-01-01', 1, '0001-01-02'],
    ['0099-12-31', 1, '0100-01-01'],
    ['9999-12-30', 1, '9999-12-31'],
  ])('%s and %i days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });

  it('are the next dates that exist, one after the other', () => {
    for (const [index, day] of calendarDays.entries()) expect(addDays('2024-02-22', index)).toBe(day);
  });

  it('are so many dates later, and come back', () => {
    fc.assert(
      fc.property(anyDate, fc.nat(50_000), (date, days) => {
        const later = addDays(date, days);
        expect(isPlainDate(later)).toBe(true);
        expect(Date.parse(later) - Date.parse(date)).toBe(days * 86_400_000);
        expect(addDays(later, -days)).toBe(date);
      }),
    );
  });
});

describe('years later', () => {
  it.each([
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2024-02-29', 76, '2100-02-28'],
    ['2024-02-28', 4, '2028-02-28'],
    ['2023-12-31', 7, '2030-12-31'],
    ['2024-06-30', 0, '2024-06-30'],
    ['0004-02-29', 1, '0005-02-28'],
    ['0099-12-31', 1, '0100-12-31'],
    ['9998-01-01', 1, '9999-01-01'],
  ])('%s and %i years is %s', (date, years, expected) => {
    expect(addYears(date, years)).toBe(expected);
  });

  it('are the same day of the same month, but for 29 February; a later date never comes out earlier', () => {
    fc.assert(
      fc.property(anyDate, anyDate, fc.nat(200), (one, other, years) => {
        const [earlier = one, later = other] = [one, other].sort();
        const moved = addYears(earlier, years);
        expect(isPlainDate(moved)).toBe(true);
        expect(Number(moved.slice(0, 4))).toBe(Number(earlier.slice(0, 4)) + years);
        if (moved.slice(4) !== earlier.slice(4)) expect([earlier.slice(5), moved.slice(5)]).toEqual(['02-29', '02-28']);
        expect(moved <= addYears(later, years)).toBe(true);
      }),
    );
  });

  it('and days later end with the last date that there is', () => {
    for (const [date, years] of [
      ['9999-01-01', 1],
      ['9999-12-31', 1],
      ['2024-02-29', 200_000],
    ] as const) {
      expect(addYears(date, years)).toBe('9999-12-31');
    }
    for (const days of [0, 1, 365, 3_000_000]) expect(addDays('9999-12-31', days)).toBe('9999-12-31');
    expect(addDays('9999-01-01', 400)).toBe('9999-12-31');
    expect(addDays('9999-12-31', -1)).toBe('9999-12-30');
  });
});

it.each(['UTC', 'America/New_York', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Asia/Kathmandu'])(
  'takes %s for a time zone',
  name => {
    expect(isTimeZone(name)).toBe(true);
  },
);

it.each(['', '+02:00', '-05', 'Z', 'Mars/Phobos', 'America', 'America/New_York ', '../UTC', 'UTC\u0000'])(
  'does not take %j for a time zone',
  name => {
    expect(isTimeZone(name)).toBe(false);
  },
);

it.each(['en', 'EN', 'pt-BR', 'zh-Hant-TW', 'de-1996', 'sl-rozaj-biske-1994', 'es-419', 'und', 'en-u-ca-gregory'])(
  'takes %s for a language tag',
  tag => {
    expect(isLanguageTag(tag)).toBe(true);
  },
);

it.each(['', 'e', 'en_US', 'en-', '-en', 'en--US', 'portuguese', 'a-DE', 'en US', 'en"><script>', 'ｅｎ'])(
  'does not take %j for a language tag',
  tag => {
    expect(isLanguageTag(tag)).toBe(false);
  },
);

describe('terms', () => {
  it('cover a day exactly when it is one of their days', () => {
    fc.assert(
      fc.property(anyTerm, anyDay, (term, day) => {
        const days = calendarDays.filter(one => one >= term.from && (term.to === null || one <= term.to));
        expect(covers(term, day)).toBe(days.includes(day));
      }),
    );
  });

  it('overlap exactly when some day lies in both, whichever is named first', () => {
    fc.assert(
      fc.property(anyTerm, anyTerm, (a, b) => {
        const shared = calendarDays.some(day => covers(a, day) && covers(b, day));
        expect(overlaps(a, b)).toBe(shared);
        expect(overlaps(b, a)).toBe(shared);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['meet on one day', { from: '2024-01-01', to: '2024-01-31' }, { from: '2024-01-31', to: null }, true],
    ['follow each other', { from: '2024-01-01', to: '2024-01-31' }, { from: '2024-02-01', to: null }, false],
    ['never end', { from: '2020-01-01', to: null }, { from: '9999-12-31', to: null }, true],
    [
      'last the same single day',
      { from: '2024-01-01', to: '2024-01-01' },
      { from: '2024-01-01', to: '2024-01-01' },
      true,
    ],
  ])('that %s: %j and %j overlap: %s', (_case, a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
    expect(overlaps(b, a)).toBe(expected);
  });
});

describe('the time on the wall', () => {
  it.each([
    ['a plain day', 'America/New_York', '2024-02-09', '18:30', '2024-02-09T23:30:00.000Z'],
    ['just before clocks go forward', 'America/New_York', '2024-03-10', '01:59', '2024-03-10T06:59:00.000Z'],
    [
      'skipped: as much later as clocks go forward',
      'America/New_York',
      '2024-03-10',
      '02:30',
      '2024-03-10T07:30:00.000Z',
    ],
    ['just after clocks went forward', 'America/New_York', '2024-03-10', '03:00', '2024-03-10T07:00:00.000Z'],
    ['shown twice: the first time', 'America/New_York', '2024-11-03', '01:30', '2024-11-03T05:30:00.000Z'],
    ['after clocks went back', 'America/New_York', '2024-11-03', '02:00', '2024-11-03T07:00:00.000Z'],
    ['skipped by half an hour', 'Australia/Lord_Howe', '2024-10-06', '02:15', '2024-10-05T15:45:00.000Z'],
    ['an offset of three quarters of an hour', 'Asia/Kathmandu', '2024-01-01', '00:00', '2023-12-31T18:15:00.000Z'],
    ['east of the date line', 'Pacific/Kiritimati', '2024-01-01', '08:00', '2023-12-31T18:00:00.000Z'],
    ['midnight', 'UTC', '2024-01-01', '00:00', '2024-01-01T00:00:00.000Z'],
  ])('%s', (_what, zone, date, time, expected) => {
    expect(instantAt(zone, date, time)).toBe(expected);
  });

  it('leads to a moment at which it is shown, whatever the zone, unless clocks skip it', () => {
    const anyMinute = fc
      .integer({ min: 0, max: 10 * 366 * 1440 })
      .map(minutes => new Date(Date.UTC(2020, 0, 1, 0, minutes)));
    const zones = fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
    fc.assert(
      fc.property(anyMinute, zones, (moment, zone) => {
        const [date, time] = [dateIn(zone, instant(moment)), timeIn(zone, instant(moment))];
        const found = instantAt(zone, date, time);
        expect([dateIn(zone, found), timeIn(zone, found)]).toEqual([date, time]);
        expect(found <= instant(moment)).toBe(true);
      }),
    );
  });
});
