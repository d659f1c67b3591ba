// Bodies and seats: who may hold a place on a day, how seats end, and what is left of a seat when its body ends.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Office, offices } from '../../../shared/core/authorisation.ts';
import {
  type Body,
  bodyOn,
  bodyRow,
  endSeat,
  type Place,
  placeOf,
  type Seat,
  seatLists,
  seatRows,
  takePlace,
  withinBody,
} from '../../../shared/core/bodies.ts';
import { covers, type Term } from '../../../shared/core/calendar.ts';
import { listPartition } from '../../../shared/core/records.ts';
import { StateConflictError } from '../../../shared/errors.ts';
import { anyDay, anyTerm, calendarDays } from './days.ts';

const seat = (term: Term, more: Partial<Seat> = {}): Seat => ({
  bodyId: 'board',
  personId: 'ann',
  office: 'chair',
  title: null,
  voting: true,
  weight: 1,
  group: null,
  term,
  ...more,
});
const daysOf = (term: Term) => calendarDays.filter(day => covers(term, day));

describe('a place', () => {
  const anyTakings = fc.array(fc.record({ seatId: fc.constantFrom('s1', 's2', 's3', 's4', 's5'), term: anyTerm }), {
    maxLength: 10,
    size: 'max',
  });

  it('is held by one seat on each day, whoever takes it in whatever order, and refused only for days that are taken', () => {
    fc.assert(
      fc.property(anyTakings, takings => {
        let place: Place = { terms: [] };
        const terms = new Map<string, Term>();
        for (const { seatId, term } of takings) {
          const taken = [...terms].some(
            ([other, held]) => other !== seatId && daysOf(held).some(day => covers(term, day)),
          );
          if (taken) {
            expect(() => takePlace(place, seatId, term)).toThrow(StateConflictError);
            continue;
          }
          place = takePlace(place, seatId, term);
          terms.set(seatId, term);
        }
        expect(new Map(place.terms.map(({ seatId, ...term }) => [seatId, term]))).toEqual(terms);
        expect(place.terms).toHaveLength(terms.size);
        for (const day of calendarDays) expect(place.terms.filter(term => covers(term, day)).length).toBeLessThan(2);
      }),
      { numRuns: 500 },
    );
  });

  it('is given free from the day after a seat was ended', () => {
    const held = takePlace({ terms: [] }, 's1', { from: '2024-01-01', to: null });
    const ended = takePlace(held, 's1', { from: '2024-01-01', to: '2024-06-30' });
    expect(() => takePlace(ended, 's2', { from: '2024-06-30', to: null })).toThrow(/until 2024-06-30/);
    expect(takePlace(ended, 's2', { from: '2024-07-01', to: null }).terms).toHaveLength(2);
    expect(() => takePlace(held, 's2', { from: '9999-12-31', to: null })).toThrow(/with no end/);
  });

  const together: Record<Office, boolean> = {
    director: true,
    chair: false,
    'co-chair': true,
    secretary: false,
    treasurer: false,
    member: true,
    auditor: true,
    administrator: true,
  };

  it.each(offices)('of a %s is shared exactly by those who cannot hold it together', office => {
    const place = (personId: string, bodyId = 'board') => placeOf({ bodyId, office, personId });
    expect(place('ann') === place('bob')).toBe(!together[office]);
    expect(place('ann')).toBe(place('ann'));
    expect(place('ann')).not.toBe(place('ann', 'committee'));
  });

  it('of one office is never that of another', () => {
    expect(new Set(offices.map(office => placeOf({ bodyId: 'b', office, personId: 'p' }))).size).toBe(offices.length);
  });
});

describe('ending a seat', () => {
  const open = seat({ from: '2024-01-10', to: null });
  const closed = seat({ from: '2024-01-10', to: '2024-12-31' });

  it.each([
    ['on its first day', open, '2024-01-10'],
    ['later', open, '2030-01-01'],
    ['a day early', closed, '2024-12-30'],
  ])('is possible %s, and changes nothing else', (_when, before, lastDay) => {
    expect(endSeat(before, lastDay)).toEqual({ ...before, term: { from: '2024-01-10', to: lastDay } });
  });

  it.each([
    ['before it began', open, '2024-01-09', /began on 2024-01-10/],
    ['on the last day that it has', closed, '2024-12-31', /ends on 2024-12-31 already/],
    ['after that, for ends are not put off', closed, '2025-01-01', /record a new seat/],
  ])('is refused %s', (_when, before, lastDay, message) => {
    expect(() => endSeat(before, lastDay)).toThrow(StateConflictError);
    expect(() => endSeat(before, lastDay)).toThrow(message);
  });

  it('takes away exactly the days after the last one', () => {
    fc.assert(
      fc.property(anyTerm, anyDay, (term, lastDay) => {
        const before = seat(term);
        const possible = lastDay >= term.from && (term.to === null || lastDay < term.to);
        if (!possible) expect(() => endSeat(before, lastDay)).toThrow(StateConflictError);
        else expect(daysOf(endSeat(before, lastDay).term)).toEqual(daysOf(term).filter(day => day <= lastDay));
      }),
    );
  });
});

it('a seat lasts on exactly the days of its term on which its body exists', () => {
  fc.assert(
    fc.property(anyTerm, anyTerm, (term, body) => {
      const shared = daysOf(term).filter(day => covers(body, day));
      const within = withinBody(term, body);
      expect(within === null ? [] : daysOf(within)).toEqual(shared);
      if (within !== null) expect(within.to === null).toBe(term.to === null && body.to === null);
    }),
    { numRuns: 500 },
  );
});

describe('a body', () => {
  const facts = (from: string, name: string) => ({ from, name, purpose: '', parentBodyId: null });
  const body: Body = {
    kind: 'committee',
    term: { from: '2022-01-14', to: '2024-06-30' },
    publishesSeats: true,
    history: [facts('2022-01-14', 'First'), facts('2023-01-01', 'Second'), facts('2024-12-01', 'Never')],
  };

  it.each([
    ['2022-01-13', undefined],
    ['2022-01-14', 'First'],
    ['2022-12-31', 'First'],
    ['2023-01-01', 'Second'],
    ['2024-06-30', 'Second'],
    ['2024-07-01', undefined],
    ['2024-12-01', undefined],
  ])('on %s is called %s', (day, name) => {
    expect(bodyOn(body, day)?.name).toBe(name);
  });

  it('is listed by its beginning, with its whole record', () => {
    const row = bodyRow({ id: 'b1', version: 3, data: body });
    expect(row.key.sort).toBe('2022-01-14#b1');
    expect(row.card).toEqual({ id: 'b1', version: 3, ...body });
  });
});

it('a seat is listed under its body and under its person, by its beginning', () => {
  const held = seat({ from: '2024-01-10', to: null });
  const rows = seatRows({ id: 's1', version: 1, data: held });
  expect(rows.map(({ key }) => [key.partition, key.sort])).toEqual([
    [listPartition(seatLists.ofBody('board')), '2024-01-10#s1'],
    [listPartition(seatLists.ofPerson('ann')), '2024-01-10#s1'],
  ]);
  expect(rows.map(row => row.card)).toEqual([
    { id: 's1', ...held },
    { id: 's1', ...held },
  ]);
});
