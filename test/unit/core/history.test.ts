// Facts in force: whatever is recorded in whatever order, each day has the facts recorded last for the latest day up to it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type History, inForce, recordFacts } from '../../../shared/core/history.ts';
import { anyDay, calendarDays } from './days.ts';

interface Name {
  readonly name: number;
}

const anyFacts = fc.array(fc.record({ from: anyDay, name: fc.integer() }), { maxLength: 12, size: 'max' });
const record = (all: readonly (Name & { from: string })[]) =>
  all.reduce<History<Name>>((history, facts) => recordFacts(history, facts), []);

it('gives every day the facts that a calendar would hold into which each recording was written from its day on', () => {
  fc.assert(
    fc.property(anyFacts, all => {
      const latest = new Map(all.map(facts => [facts.from, facts]));
      let expected: (Name & { from: string }) | undefined;
      for (const day of calendarDays) {
        expected = latest.get(day) ?? expected;
        expect(inForce(record(all), day)).toEqual(expected);
      }
    }),
  );
});

it('stays ordered by date, names each date once, and loses no other date', () => {
  fc.assert(
    fc.property(anyFacts, all => {
      const dates = record(all).map(facts => facts.from);
      expect(dates).toEqual([...new Set(all.map(facts => facts.from))].sort());
    }),
  );
});

it('leaves the history it was given as it was', () => {
  const before = Object.freeze(record([{ from: '2024-03-01', name: 1 }]));
  recordFacts(before, { from: '2024-02-01', name: 2 });
  expect(before).toEqual([{ from: '2024-03-01', name: 1 }]);
});

it('knows nothing before the first facts and keeps the last ones for ever', () => {
  const history = record([{ from: '2024-03-01', name: 1 }]);
  expect(inForce(history, '2024-02-29')).toBeUndefined();
  expect(inForce(history, '9999-12-31')).toMatchObject({ name: 1 });
  expect(inForce([], '2024-03-01')).toBeUndefined();
});
