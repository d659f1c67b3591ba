/** Expected filings, their reminders, and how punctual they were. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateIn, timeIn } from '../../../../shared/core/calendar.ts';
import { isUntouched, lapsedReason, newFiling, type Step, stepsTo } from '../../../../shared/core/filings/expected.ts';
import { cardOf, type FilingCard } from '../../../../shared/core/filings/filingRows.ts';
import { type Filing, isOpen } from '../../../../shared/core/filings/filings.ts';
import { assign, excuse, extend, move, prepare } from '../../../../shared/core/filings/life.ts';
import { filingIdOf, type Obligation } from '../../../../shared/core/filings/obligations.ts';
import { punctualityOf } from '../../../../shared/core/filings/punctuality.ts';
import { isOvertaken, reminderDays, reminderRows, reminderTimes } from '../../../../shared/core/filings/reminders.ts';
import { responsibleFor } from '../../../../shared/core/filings/responsible.ts';
import { submit } from '../../../../shared/core/filings/submitting.ts';
import { remindedOf } from '../../../../shared/core/mailings.ts';
import type { Stored } from '../../../../shared/core/records.ts';
import { filingOf, obligationOf, paperOf } from '../../../support/filings.ts';

const today = '2024-03-01';
const at = '2024-03-01T12:00:00.000Z';
const id = 'us-irs-return~2023-12-31';
const storedOf = (data: Filing, version = 1): Stored<Filing> => ({ id: filingIdOf(data.obligation), version, data });
const sent = { amends: false, form: null, on: today, by: 'a', way: 'mail', confirmation: null, papers: [] } as const;
const asked = { askedOn: today, confirmation: '1', evidence: null };
const why = { reason: 'So it is.', evidence: null };

/** Each of them is touched. */
const touches: Record<string, (filing: Filing) => Filing> = {
  prepared: filing => prepare(filing, today, today),
  extended: filing => extend(filing, asked, today),
  moved: filing => move(filing, { ...why, due: '2024-06-01' }),
  submitted: filing => submit(filing, sent, today, at),
  excused: filing => excuse(filing, why),
  reviewed: filing => ({ ...filing, review: { paper: paperOf('a'), given: [] } }),
};

describe('what is expected', () => {
  it('is made when it is owed and not there', () => {
    expect(stepsTo([], [obligationOf()])).toEqual([
      { id, before: undefined, after: newFiling(obligationOf()), reason: null },
    ]);
  });

  it('is renewed when the duty is another now, and keeps who sees to it', () => {
    const before = storedOf(assign(filingOf(), ['a']));
    const now = obligationOf({ form: '990', due: '2024-05-16' });
    expect(stepsTo([before], [now])).toEqual([
      { id, before, after: { ...before.data, obligation: now }, reason: null },
    ]);
    expect(stepsTo([before], [obligationOf()])).toEqual([]);
  });

  it('lapses when it is owed no more, and comes back when it is owed again', () => {
    const before = storedOf(filingOf());
    const [lapse] = stepsTo([before], []);
    expect(lapse?.reason).toBe(lapsedReason);
    expect(lapse?.after.excuse).toEqual({ reason: lapsedReason, evidence: null, lapsed: true });
    const lapsed = storedOf(lapse?.after as Filing, 2);
    expect(stepsTo([lapsed], [])).toEqual([]);
    const [back] = stepsTo([lapsed], [obligationOf()]);
    expect(back?.after).toEqual(before.data);
    expect(back?.reason).toMatch(/^Owed again/);
  });

  it.each(Object.keys(touches))('is left alone once it is %s', name => {
    const filing = touches[name]?.(filingOf()) ?? filingOf();
    expect(isUntouched(filing)).toBe(false);
    expect(stepsTo([storedOf(filing)], [obligationOf({ due: '2024-05-17' })])).toEqual([]);
    expect(stepsTo([storedOf(filing)], [])).toEqual([]);
  });

  it('is what the rules ask for after one go, whatever was there: the next one finds nothing to do', () => {
    const obligations = fc.uniqueArray(
      fc.record({ year: fc.integer({ min: 2020, max: 2025 }), days: fc.integer({ min: 0, max: 3 }) }),
      { selector: ({ year }) => year, maxLength: 6 },
    );
    const toObligations = (drawn: readonly { year: number; days: number }[]): Obligation[] =>
      drawn.map(({ year, days }) =>
        obligationOf({
          period: { from: `${year}-01-01`, to: `${year}-12-31` },
          due: addDays(`${year + 1}-05-15`, days),
        }),
      );
    const touch = fc.constantFrom(undefined, ...Object.values(touches));
    const apply = (filings: readonly Stored<Filing>[], steps: readonly Step[]) => {
      const after = new Map(filings.map(filing => [filing.id, filing]));
      for (const step of steps) {
        expect(after.get(step.id)).toEqual(step.before);
        after.set(step.id, { id: step.id, version: (step.before?.version ?? 0) + 1, data: step.after });
      }
      return [...after.values()];
    };
    fc.assert(
      fc.property(fc.array(fc.tuple(obligations, fc.array(touch, { maxLength: 6 })), { maxLength: 4 }), rounds => {
        let filings: Stored<Filing>[] = [];
        for (const [drawn, touched] of rounds) {
          const owed = toObligations(drawn);
          filings = apply(filings, stepsTo(filings, owed));
          expect(stepsTo(filings, owed)).toEqual([]);
          for (const obligation of owed) {
            const found = filings.find(filing => filing.id === filingIdOf(obligation));
            expect(found).toBeDefined();
            if (found !== undefined && isUntouched(found.data)) {
              expect(found.data).toMatchObject({ obligation, excuse: null });
            }
          }
          const open = filings.filter(({ data }) => isOpen(data) && isUntouched(data)).map(filing => filing.id);
          expect(open.every(one => owed.some(obligation => filingIdOf(obligation) === one))).toBe(true);
          filings = filings.map((filing, index) => {
            const change = touched[index];
            return change === undefined || !isUntouched(filing.data) || filing.data.excuse !== null
              ? filing
              : { ...filing, data: change({ ...filing.data, obligation: obligationOf() }) };
          });
          // Identifiers belong to obligations: those that were given another one are set aside.
          filings = filings.filter(filing => filing.id === filingIdOf(filing.data.obligation));
        }
      }),
    );
  });
});

describe('who sees to a filing', () => {
  const settings = { responsible: [{ ruleId: 'us-irs-return', personIds: ['b'] }] };
  it('is whoever was named for it, else for its rule, else nobody in particular', () => {
    expect(responsibleFor(assign(filingOf(), ['a']), settings)).toEqual(['a']);
    expect(responsibleFor(filingOf(), settings)).toEqual(['b']);
    expect(responsibleFor(filingOf({ obligation: obligationOf({ ruleId: 'us-va-102' }) }), settings)).toEqual([]);
    expect(responsibleFor(filingOf(), undefined)).toEqual([]);
  });
});

describe('reminders', () => {
  const zone = 'America/New_York';
  const timesOf = (before: Filing | undefined, after: Filing, now = '2024-01-01T00:00:00.000Z') =>
    reminderRows(id, before, after, zone, now).map(({ card }) => String(card.dueAt));

  it('come at nine in the morning, 60, 30, 14, 7 and 1 day before, in summer and in winter', () => {
    expect(timesOf(undefined, filingOf())).toEqual([
      '2024-03-16T13:00:00.000Z',
      '2024-04-15T13:00:00.000Z',
      '2024-05-01T13:00:00.000Z',
      '2024-05-08T13:00:00.000Z',
      '2024-05-14T13:00:00.000Z',
    ]);
    expect(reminderTimes('2024-03-11', zone).map(time => time.slice(11, 16))).toEqual([
      '14:00',
      '14:00',
      '14:00',
      '14:00',
      '13:00',
    ]);
  });

  it('are at nine on those days wherever the organisation is', () => {
    const zones = fc.constantFrom('America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland', 'Africa/Cairo', 'UTC');
    const due = fc.integer({ min: 0, max: 20_000 }).map(days => addDays('2000-01-01', days));
    fc.assert(
      fc.property(due, zones, (day, timeZone) => {
        const times = reminderTimes(day, timeZone);
        expect(times.map(time => timeIn(timeZone, time))).toEqual(times.map(() => '09:00'));
        expect(times.map(time => dateIn(timeZone, time))).toEqual(reminderDays.map(days => addDays(day, -days)));
      }),
    );
  });

  it('are those that lie ahead, and only of a due date that is new', () => {
    expect(timesOf(undefined, filingOf(), '2024-05-08T13:00:00.000Z')).toEqual(['2024-05-14T13:00:00.000Z']);
    expect(timesOf(filingOf(), prepare(filingOf(), today, today))).toEqual([]);
    const extended = extend(filingOf(), asked, today);
    expect(timesOf(filingOf(), extended)[0]).toBe('2024-09-16T13:00:00.000Z');
    expect(timesOf(extended, move(extended, { ...why, due: '2024-12-15' }))[0]).toBe('2024-10-16T13:00:00.000Z');
  });

  it('name the filing and the due date that they are about, the same each time', () => {
    const [row] = reminderRows(id, undefined, filingOf(), zone, '2024-01-01T00:00:00.000Z');
    expect(remindedOf(row?.card as unknown as { about: string })).toEqual({ filingId: id, due: '2024-05-15' });
    expect(reminderRows(id, undefined, filingOf(), zone, '2024-01-02T00:00:00.000Z')[0]).toEqual(row);
  });

  it('are overtaken by the next one, and not by themselves where the clock was changed', () => {
    const overtaken = (dueAt: string, now: string, timeZone = zone) => isOvertaken('2024-05-15', timeZone, dueAt, now);
    expect(overtaken('2024-05-01T13:00:00.000Z', '2024-05-08T12:59:59.000Z')).toBe(false);
    expect(overtaken('2024-05-01T13:00:00.000Z', '2024-05-08T13:00:00.000Z')).toBe(true);
    expect(overtaken('2024-05-14T13:00:00.000Z', '2024-06-01T13:00:00.000Z')).toBe(false);
    expect(overtaken('2024-05-14T13:00:00.000Z', '2024-05-14T20:00:00.000Z', 'America/Los_Angeles')).toBe(false);
  });
});

describe('punctuality', () => {
  const cards = (filings: readonly Filing[]): FilingCard[] => filings.map(filing => cardOf(storedOf(filing), at));
  const filedOn = (on: string, filing = filingOf()) => submit(filing, { ...sent, on }, '2030-01-01', at);
  const extended = extend(filingOf(), asked, today);

  it('counts what was filed, and what is too late; not what has time, nor what is excused', () => {
    const all = cards([
      filedOn('2024-05-15'),
      filedOn('2024-05-16'),
      filedOn('2024-11-15', extended),
      filingOf(),
      extended,
      excuse(filingOf(), why),
    ]);
    expect(punctualityOf(all, '2024-05-15')).toEqual({ due: 3, onTime: 2, late: 1, missing: 0, percentage: 66 });
    expect(punctualityOf(all, '2024-05-16')).toEqual({ due: 4, onTime: 2, late: 1, missing: 1, percentage: 50 });
    expect(punctualityOf(all, '2024-11-16')).toEqual({ due: 5, onTime: 2, late: 1, missing: 2, percentage: 40 });
  });

  it('is 100 only when all were on time, and nothing when none was due', () => {
    expect(punctualityOf(cards([filingOf()]), today).percentage).toBeNull();
    const most = Array.from({ length: 399 }, () => filedOn('2024-05-15'));
    expect(punctualityOf(cards([...most, filedOn('2024-05-16')]), today).percentage).toBe(99);
    expect(punctualityOf(cards(most), today).percentage).toBe(100);
  });
});
