// How long documents are kept and what holds them longer: to the day, in every time zone, and never too short.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArchivedDocument, documentKinds } from '../../../../shared/core/archive/documents.ts';
import {
  defaultRules,
  type Hold,
  type HoldScope,
  type HoldsInForce,
  isHeld,
  keptBecause,
  maxHeld,
  maxHolds,
  protectionOf,
  release,
  retainedUntil,
  rulesOn,
  type Trigger,
  withHold,
} from '../../../../shared/core/archive/retention.ts';
import { recordFacts } from '../../../../shared/core/history.ts';
import { StateConflictError } from '../../../../shared/errors.ts';
import { archived, facts, now } from './archived.ts';
import { anyCircumstances, anyDocument, id, lastDay, reasonsToStay, rulesOf, wallDate } from './circumstances.ts';

const zone = 'America/New_York';
const sealedAt = (at: string) => {
  const { latest } = archived();
  return latest === null ? null : { ...latest, sealedAt: at };
};
/** Not yet sealed when `at` is null. */
function documentOf(at: string | null, periodEnd: string | null = null, keepUntil: string | null = null) {
  const period = periodEnd === null ? null : { from: '2023-01-01', to: periodEnd };
  return archived({ facts: { ...facts, period }, latest: at === null ? null : sealedAt(at), keepUntil });
}

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

  // Text with a year of five digits sorts before every other year.
  it.fails('is never over when it lies behind the last year that a date can have', () => {
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
    expect(rulesOn({ history }, day)).toBe(rules);
  });

  it('is the one that Minutebook brings while the organisation has none', () => {
    expect(rulesOn(undefined, '2024-01-01')).toBe(defaultRules);
  });

  it('of Minutebook has a rule and a reason for each kind, and lets nothing go that is permanent by law', () => {
    expect(Object.keys(defaultRules).toSorted()).toEqual([...documentKinds].toSorted());
    expect(Object.values(defaultRules).every(({ basis }) => basis.length > 10)).toBe(true);
    for (const kind of ['articles', 'bylaws', 'minutes', 'consent', 'determination-letter'] as const) {
      expect(defaultRules[kind].years).toBeNull();
    }
    const finite = Object.values(defaultRules).flatMap(({ years }) => years ?? []);
    expect(Math.min(...finite)).toBeGreaterThanOrEqual(5);
  });
});

const nothing: HoldScope = { documentIds: [], bodyIds: [], period: null };
const held = (document: ArchivedDocument, scope: Partial<HoldScope>) =>
  isHeld(id, document, {
    holds: [
      { id: 'other', scope: nothing },
      { id: 'hold', scope: { ...nothing, ...scope } },
    ],
  });
const calm = {
  id,
  rules: rulesOf({ years: 1, from: 'sealed', basis: '' }),
  timeZone: zone,
  now,
  holds: { holds: [] },
  references: {},
};

describe('a hold', () => {
  const about2023 = documentOf('2024-06-30T12:00:00.000Z', '2023-12-31');
  const timeless = documentOf('2024-06-30T12:00:00.000Z');
  const days = (from: string, to: string) => ({ period: { from, to } });

  it.each<[string, ArchivedDocument, Partial<HoldScope>, boolean]>([
    ['the document itself', timeless, { documentIds: ['another', id] }, true],
    ['another document', timeless, { documentIds: ['another'] }, false],
    ['its body', timeless, { bodyIds: ['board', 'committee'] }, true],
    ['another body', timeless, { bodyIds: ['board'] }, false],
    [
      'any body, for a document of none',
      archived({ facts: { ...facts, bodyId: null } }),
      { bodyIds: ['committee'] },
      false,
    ],
    ['the last day of its period', about2023, days('2023-12-31', '2024-05-31'), true],
    ['the day after its period', about2023, days('2024-01-01', '2024-05-31'), false],
    ['the first day of its period', about2023, days('2022-01-01', '2023-01-01'), true],
    ['the day before its period', about2023, days('2022-01-01', '2022-12-31'), false],
    ['the day of its sealing, when it is about no time', timeless, days('2024-06-30', '2024-06-30'), true],
    ['the day before its sealing, when it is about no time', timeless, days('2023-01-01', '2024-06-29'), false],
    [
      'any days, when it is about no time and nothing is sealed',
      documentOf(null),
      days('1999-01-01', '1999-01-01'),
      true,
    ],
    ['nothing', timeless, {}, false],
  ])('of %s reaches it or not', (_what, document, scope, reaches) => {
    expect(held(document, scope)).toBe(reaches);
  });

  // Days are those of the organisation: 1 January in UTC is still New Year's Eve in New York.
  it.fails('of the year of its sealing reaches a document by the time zone of the organisation', () => {
    const document = documentOf('2024-01-01T02:00:00.000Z');
    expect(held(document, days('2023-12-31', '2023-12-31'))).toBe(true);
  });

  // The hold is on what was there in 2023: another version in 2024 takes nothing of it away.
  it.fails('of a period reaches a document of that time, even when another version is sealed later', () => {
    const document = archived({ facts: { ...facts, period: null }, versions: 2, latest: sealedAt(now) });
    // Its first version was sealed in January.
    expect(held(document, days('2024-01-01', '2024-01-31'))).toBe(true);
  });

  it('is one of at most fifty in force, and all of them fit one item of the store', () => {
    const uuid = '01890a5d-ac96-774b-bcce-b302099a8072';
    const ids = Array.from({ length: maxHeld }, () => uuid);
    const scope = { documentIds: ids, bodyIds: ids, period: { from: '2023-01-01', to: '2023-12-31' } };
    let inForce: HoldsInForce = { holds: [] };
    for (let count = 0; count < maxHolds; count++) inForce = withHold(inForce, uuid, scope);
    expect(JSON.stringify(inForce).length).toBeLessThan(400 * 1024 - 2048);
    expect(() => withHold(inForce, uuid, scope)).toThrow(StateConflictError);
  });

  it('is released once, by somebody, for a reason', () => {
    const placed: Hold = {
      title: 'Case',
      reason: 'Sued.',
      scope: nothing,
      placedBy: 'ann',
      placedAt: now,
      release: null,
    };
    const released = release(placed, 'bob', 'Settled.', now);
    expect(released).toEqual({ ...placed, release: { by: 'bob', at: now, reason: 'Settled.' } });
    expect(() => release(released, 'ann', 'Again.', now)).toThrow(StateConflictError);
  });
});

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
    const holds = { holds: [{ id: 'hold', scope: { ...nothing, documentIds: [id] } }] };
    expect(protectionOf(id, gone, { ...calm, holds })).toEqual({ retainUntil: null, hold: false });
  });
});
