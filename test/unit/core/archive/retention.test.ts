// How long documents are kept: to the day, in every time zone, and never too short.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArchivedDocument, documentKinds } from '../../../../shared/core/archive/documents.ts';
import {
  defaultRules,
  keptBecause,
  protectionOf,
  retainedUntil,
  rulesOn,
  type Trigger,
} from '../../../../shared/core/archive/retention.ts';
import { paperKinds } from '../../../../shared/core/filings/inspection.ts';
import { recordFacts } from '../../../../shared/core/history.ts';
import { archived, documentOf, now, zone } from './archived.ts';
import { anyCircumstances, anyDocument, id, lastDay, reasonsToStay, rulesOf, wallDate } from './circumstances.ts';

describe('the last day of the retention', () => {
  const noon = '2024-02-29T12:00:00.000Z';
  it.each<[string, number | null, Trigger, ArchivedDocument, string | null]>([
    ['from the end of the period', 7, 'period-end', documentOf(noon, '2023-12-31'), '2030-12-31'],
    [
      'from the sealing, for what is about no time',
      7,
      'period-end',
      documentOf('2024-03-01T12:00:00.000Z'),
      '2031-03-01',
    ],
    [
      'from the sealing, whatever the period',
      7,
      'sealed',
      documentOf('2024-03-01T12:00:00.000Z', '2023-12-31'),
      '2031-03-01',
    ],
    ['from the sealing, when the period ended before', 7, 'later', documentOf(noon, '2023-12-31'), '2031-02-28'],
    ['from the end of the period, when that is later', 7, 'later', documentOf(noon, '2024-12-31'), '2031-12-31'],
    ['from the sealing, for what is about no time at all', 7, 'later', documentOf(noon), '2031-02-28'],
    ['28 February after a leap day, in a common year', 1, 'sealed', documentOf(noon), '2025-02-28'],
    ['29 February after a leap day, in a leap year', 4, 'sealed', documentOf(noon), '2028-02-29'],
    ['28 February after a leap day, in a century that is no leap year', 76, 'sealed', documentOf(noon), '2100-02-28'],
    ['the day itself without any years', 0, 'sealed', documentOf(noon), '2024-02-29'],
    ['the date on the wall, not that of UTC', 1, 'sealed', documentOf('2024-01-01T04:59:59.999Z'), '2024-12-31'],
    ['the date on the wall a moment later', 1, 'sealed', documentOf('2024-01-01T05:00:00.000Z'), '2025-01-01'],
    ['never, when it is kept for ever', null, 'sealed', documentOf(noon), null],
    [
      'never, when it is kept for ever and longer',
      null,
      'period-end',
      documentOf(noon, '2023-12-31', '2030-01-01'),
      null,
    ],
    ['never, before anything was sealed', 1, 'sealed', documentOf(null), null],
    ['a later day that was decided', 1, 'sealed', documentOf(noon, null, '2040-12-31'), '2040-12-31'],
    ['no earlier day that was decided', 7, 'sealed', documentOf(noon, null, '2025-12-31'), '2031-02-28'],
  ])('is %s: %s years, %s', (_what, years, from, document, last) => {
    expect(retainedUntil(document, rulesOf({ years, from, basis: '' }), zone)).toBe(last);
  });

  it('is the one that the calendar shows', () => {
    fc.assert(
      fc.property(anyDocument, anyCircumstances, (document, on) => {
        expect(retainedUntil(document, on.rules, on.timeZone)).toBe(lastDay(document, on) ?? null);
      }),
    );
  });

  it('is over when the next day begins in the time zone of the organisation, and no moment before', () => {
    const document = documentOf('2024-06-30T12:00:00.000Z');
    const at = (moment: string) => keptBecause(document, { ...calm, now: moment });
    expect(at('2025-07-01T03:59:59.999Z')).toContain('2025-06-30');
    expect(at('2025-07-01T04:00:00.000Z')).toBeNull();
  });

  it('is never over when it lies behind the last year that a date can have', () => {
    const document = documentOf('2024-06-30T12:00:00.000Z', '9999-12-31');
    const rules = rulesOf({ years: 10, from: 'period-end', basis: '' });
    expect(keptBecause(document, { ...calm, rules })).not.toBeNull();
  });
});

describe('the schedule', () => {
  const short = rulesOf({ years: 1, from: 'sealed', basis: 'Short.' });
  const long = rulesOf({ years: 20, from: 'sealed', basis: 'Long.' });
  const history = recordFacts(recordFacts([], { from: '2024-01-01', rules: long }), {
    from: '2025-01-01',
    rules: short,
  });

  it.each([
    ['2023-12-31', defaultRules],
    ['2024-01-01', long],
    ['2024-12-31', long],
    ['2025-01-01', short],
    ['9999-12-31', short],
  ])('of %s is the latest one that holds by then', (day, rules) => {
    expect(rulesOn({ history }, day)).toEqual(rules);
  });

  it('is the one that Minutebook brings while the organisation has none', () => {
    expect(rulesOn(undefined, '2024-01-01')).toEqual(defaultRules);
  });

  it('has the rule that Minutebook brings for a kind that it does not speak of', () => {
    const { brochure: _, ...others } = long;
    const recorded = recordFacts([], { from: '2024-01-01', rules: others as typeof long });
    expect(rulesOn({ history: recorded }, '2024-06-30')).toEqual({ ...long, brochure: defaultRules.brochure });
  });

  it('of Minutebook has a rule and a reason for each kind, and lets nothing go that is permanent by law', () => {
    expect(Object.keys(defaultRules).toSorted()).toEqual([...documentKinds].toSorted());
    expect(Object.values(defaultRules).every(({ basis }) => basis.length > 10)).toBe(true);
    for (const kind of ['articles', 'bylaws', 'minutes', 'consent', ...paperKinds] as const) {
      expect(defaultRules[kind].years).toBeNull();
    }
    // Their time never runs out before the last version has been on record for all of it.
    for (const kind of ['financial-statement', 'return'] as const) expect(defaultRules[kind].from).toBe('later');
    const finite = Object.values(defaultRules).flatMap(({ years }) => years ?? []);
    expect(Math.min(...finite)).toBeGreaterThanOrEqual(5);
  });
});

const calm = {
  id,
  rules: rulesOf({ years: 1, from: 'sealed', basis: '' }),
  timeZone: zone,
  now,
  holds: { holds: [] },
  references: {},
};

describe('the protection in the store', () => {
  const zones = [...Intl.supportedValuesOf('timeZone'), 'Etc/GMT+12', 'Etc/GMT-14'];

  it('never ends before the last day of the retention is over anywhere on earth, and ends the day after', () => {
    const rules = rulesOf({ years: 0, from: 'sealed', basis: '' });
    for (const day of ['2024-02-29', '2024-12-31', '2025-03-09', '2025-11-02']) {
      const document = documentOf('2024-01-01T12:00:00.000Z', null, day);
      expect(retainedUntil(document, rules, zone)).toBe(day);
      const during = { ...calm, rules, now: `${day}T12:00:00.000Z` };
      const retainUntil = String(protectionOf(id, document, during).retainUntil);
      expect(zones.filter(one => wallDate(one, retainUntil) <= day)).toEqual([]);
      expect(Date.parse(retainUntil) - Date.parse(`${day}T00:00:00Z`)).toBeLessThanOrEqual(36 * 3_600_000);
      expect(protectionOf(id, document, { ...during, now: retainUntil })).toEqual({ retainUntil: null, hold: false });
    }
  });

  it('is never asked for until a time that is over: the store would refuse that', () => {
    fc.assert(
      fc.property(anyDocument, anyCircumstances, (document, on) => {
        const { retainUntil } = protectionOf(id, document, on);
        expect(retainUntil === null || retainUntil > on.now).toBe(true);
      }),
    );
  });

  it('lasts at least as long as the book says, and is a hold for what is held or kept for ever', () => {
    fc.assert(
      fc.property(anyDocument, anyCircumstances, (document, on) => {
        const { retainUntil, hold } = protectionOf(id, document, on);
        const reasons = reasonsToStay(document, on);
        if (reasons.includes('held')) expect(hold).toBe(true);
        if (lastDay(document, on) === undefined)
          expect({ retainUntil, hold }).toEqual({ retainUntil: null, hold: true });
        if (reasons.includes('retained')) expect(hold || (retainUntil !== null && retainUntil > on.now)).toBe(true);
      }),
    );
  });

  it('is none for what is gone', () => {
    const disposal = { proposedAt: now, retainedUntil: '2024-01-01', basis: '', approvals: [], executeAfter: now };
    const gone = archived({ disposal: { ...disposal, executedAt: now } });
    const holds = { holds: [{ id: 'hold', scope: { documentIds: [id], bodyIds: [], period: null } }] };
    expect(protectionOf(id, gone, { ...calm, holds })).toEqual({ retainUntil: null, hold: false });
  });
});
