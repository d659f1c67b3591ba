// How a document leaves: only when nothing keeps it, by two officers, after a time to object; whatever happens in between.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArchivedDocument } from '../../../../shared/core/archive/documents.ts';
import {
  approve,
  type Circumstances,
  execute,
  graceDays,
  type HoldScope,
  keep,
  keptBecause,
  propose,
  protectionOf,
  settle,
} from '../../../../shared/core/archive/retention.ts';
import { StateConflictError } from '../../../../shared/errors.ts';
import { archived, facts } from './archived.ts';
import { anyCircumstances, anyDocument, id, lastDay, reasonsToStay, rulesOf, wallDate } from './circumstances.ts';

const hour = 3_600_000;
const day = 24 * hour;
const begin = Date.parse('2024-06-30T12:00:00.000Z');
const at = (time: number) => new Date(time).toISOString();
const holdOn: HoldScope = { documentIds: [id], bodyIds: [], period: null };

/** A brochure of January, kept for no year: it may go. */
const idle = archived({ facts: { ...facts, kind: 'brochure' } });
const calm = (time = begin, more: Partial<Circumstances> = {}): Circumstances => ({
  id,
  rules: rulesOf({ years: 0, from: 'sealed', basis: 'Of use for a time.' }),
  timeZone: 'America/New_York',
  now: at(time),
  holds: { holds: [] },
  references: {},
  ...more,
});
const inTheWay: Record<string, Partial<Circumstances>> = {
  'a hold': { holds: { holds: [{ id: 'hold', scope: holdOn }] } },
  'a published disclosure': { references: { a: { versions: [1], publishAt: at(begin - day), withdrawn: false } } },
  'a scheduled disclosure': {
    references: { a: { versions: [1], publishAt: at(begin + 999 * day), withdrawn: false } },
  },
  'a longer schedule': { rules: rulesOf({ years: 9, from: 'sealed', basis: '' }) },
  'a schedule for ever': { rules: rulesOf({ years: null, from: 'sealed', basis: '' }) },
};

const proposed = propose(idle, calm()) ?? idle;
const once = approve(proposed, 'ann', calm(begin + hour));
const twice = approve(once, 'bob', calm(begin + 2 * hour));
const due = begin + 2 * hour + graceDays * day;

describe('a disposal', () => {
  it('is proposed with its reason, approved by two and carried out after seven days', () => {
    expect(proposed.disposal).toEqual({
      proposedAt: at(begin),
      retainedUntil: '2024-01-31',
      basis: 'Of use for a time.',
      approvals: [],
      executeAfter: null,
      executedAt: null,
    });
    expect(once.disposal).toMatchObject({ approvals: [{ by: 'ann', at: at(begin + hour) }], executeAfter: null });
    expect(twice.disposal).toMatchObject({ executeAfter: at(due), executedAt: null });
    expect(settle(twice, calm(due - 1))).toBe('wait');
    expect(settle(twice, calm(due))).toBe('execute');
    const gone = execute(twice, calm(due));
    expect(gone).toEqual({ ...twice, disposal: { ...twice.disposal, executedAt: at(due) } });
    expect(settle(gone, calm(due + day))).toBe('wait');
  });

  it('needs two officers: one alone cannot approve twice, and a third is not needed', () => {
    expect(() => approve(once, 'ann', calm())).toThrow('different officers');
    expect(() => approve(twice, 'ann', calm())).toThrow(StateConflictError);
    expect(() => approve(twice, 'cem', calm())).toThrow('approved already');
    for (const document of [proposed, once]) expect(settle(document, calm(due + 999 * day))).toBe('wait');
  });

  it('is not approved when it is not proposed, nor proposed again', () => {
    expect(() => approve(idle, 'ann', calm())).toThrow(StateConflictError);
    for (const document of [proposed, once, twice]) expect(propose(document, calm())).toBeUndefined();
  });

  it.each(Object.keys(inTheWay))('is neither proposed nor approved, and is dropped, when there is %s', what => {
    const on = calm(due, inTheWay[what]);
    expect(keptBecause(idle, on)).not.toBeNull();
    expect(propose(idle, on)).toBeUndefined();
    for (const document of [proposed, once]) expect(() => approve(document, 'cem', on)).toThrow(StateConflictError);
    for (const document of [proposed, once, twice]) expect(settle(document, on)).toBe('drop');
  });

  it('is not hindered by a draft or by what was withdrawn', () => {
    const draft = { versions: [1], publishAt: null, withdrawn: false };
    const withdrawn = { versions: [1], publishAt: at(begin - day), withdrawn: true };
    expect(settle(twice, calm(due, { references: { draft, withdrawn } }))).toBe('execute');
  });

  it('of what is gone is over', () => {
    const gone = execute(twice, calm(due));
    expect(propose(gone, calm(due))).toBeUndefined();
    expect(() => approve(gone, 'cem', calm(due))).toThrow(StateConflictError);
    expect(() => keep(gone, '2040-01-01', '2024-07-08')).toThrow(StateConflictError);
  });

  it.each([
    ['not proposed', idle],
    ['not approved', proposed],
    ['approved by one only', once],
    ['carried out already', execute(twice, calm(due))],
  ])('is not carried out when it is %s', (_what, document) => {
    expect(() => execute(document, calm(due + day))).toThrow(StateConflictError);
  });

  it('is not carried out before its time, nor when anything came in the way', () => {
    expect(() => execute(twice, calm(due - 1))).toThrow(StateConflictError);
    for (const more of Object.values(inTheWay)) {
      expect(() => execute(twice, calm(due, more))).toThrow(StateConflictError);
    }
  });
});

describe('keeping a document', () => {
  it('ends a proposal, whoever approved it, until the day that was named is over', () => {
    for (const document of [proposed, once, twice]) {
      const kept = keep(document, '2030-06-30', '2024-07-01');
      expect(kept).toEqual({ ...document, keepUntil: '2030-06-30', disposal: null });
      expect(settle(kept, calm(due))).toBe('wait');
      expect(propose(kept, calm(Date.parse('2030-07-01T03:59:59.999Z')))).toBeUndefined();
      const again = propose(kept, calm(Date.parse('2030-07-01T04:00:00.000Z')));
      expect(again?.disposal).toMatchObject({ retainedUntil: '2030-06-30', approvals: [] });
    }
  });

  it.each(['2024-06-30', '2024-07-01'])('until %s decides nothing on 1 July 2024', until => {
    expect(() => keep(proposed, until, '2024-07-01')).toThrow(StateConflictError);
  });

  it('never lets it go sooner than was decided before', () => {
    const kept = keep(idle, '2040-12-31', '2024-07-01');
    expect(() => keep(kept, '2040-12-30', '2024-07-01')).toThrow('2040-12-31');
    expect(keep(kept, '2040-12-31', '2024-07-01').keepUntil).toBe('2040-12-31');
    expect(keep(kept, '2041-01-01', '2024-07-01').keepUntil).toBe('2041-01-01');
  });
});

const anyProposal = fc.record({
  approvals: fc.constantFrom([], [{ by: 'ann', at: at(begin) }]),
  isApproved: fc.boolean(),
});

describe('whatever the circumstances', () => {
  it('nothing that is held, retained, referred to or gone is proposed, approved or carried out, and everything else may be', () => {
    fc.assert(
      fc.property(anyDocument, anyCircumstances, anyProposal, (document, on, { approvals, isApproved }) => {
        const reasons = reasonsToStay(document, on);
        const isFree = reasons.length === 0;
        expect(keptBecause(document, on) === null).toBe(isFree);
        expect(propose(document, on) !== undefined).toBe(isFree);
        const disposal = { proposedAt: at(begin), retainedUntil: '', basis: '', approvals, executedAt: null };
        const open: ArchivedDocument = { ...document, disposal: { ...disposal, executeAfter: null } };
        if (isFree) expect(approve(open, 'bob', on).disposal?.approvals).toHaveLength(approvals.length + 1);
        else expect(() => approve(open, 'bob', on)).toThrow(StateConflictError);
        const ready = { ...open, disposal: { ...disposal, executeAfter: isApproved ? on.now : null } };
        const next = isFree ? (isApproved ? 'execute' : 'wait') : 'drop';
        expect(settle(ready, on)).toBe(next);
        if (next === 'execute') expect(execute(ready, on).disposal?.executedAt).toBe(on.now);
        else expect(() => execute(ready, on)).toThrow(StateConflictError);
      }),
      { numRuns: 1000 },
    );
  });

  it('a document leaves only when two officers approved one proposal, and nothing was in the way to the last', () => {
    let left = 0;
    const step = fc.record({
      wait: fc.constantFrom(0, hour, day, (graceDays - 1) * day, graceDays * day),
      does: fc.constantFrom(
        'propose',
        'propose',
        'approve',
        'approve',
        'approve',
        'settle',
        'settle',
        'keep',
        'change',
      ),
      by: fc.constantFrom('ann', 'bob', 'cem'),
      change: fc.constantFrom('', '', '', ...Object.keys(inTheWay)),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), steps => {
        let [document, time, change] = [idle, begin, ''];
        let approvals: { by: string; time: number }[] = [];
        for (const { wait, does, by, change: next } of steps) {
          time += wait;
          if (does === 'change') change = next;
          const on = calm(time, inTheWay[change]);
          if (does === 'propose') document = propose(document, on) ?? document;
          if (does === 'approve') {
            const after = attempt(() => approve(document, by, on));
            if (after !== undefined) approvals.push({ by, time });
            document = after ?? document;
          }
          if (does === 'keep') {
            const today = wallDate(on.timeZone, on.now);
            document = attempt(() => keep(document, wallDate(on.timeZone, at(time + 2 * day)), today)) ?? document;
          }
          const outcome = does === 'settle' ? settle(document, on) : 'wait';
          if (outcome === 'drop') document = { ...document, disposal: null };
          if (document.disposal === null) approvals = [];
          if (outcome !== 'execute') continue;
          left++;
          expect(reasonsToStay(document, on)).toEqual([]);
          expect(new Set(approvals.map(one => one.by)).size).toBe(2);
          expect(time).toBeGreaterThanOrEqual((approvals.at(-1)?.time ?? Infinity) + graceDays * day);
          // The store lets go of it by then.
          const { retainUntil, hold } = protectionOf(id, document, on);
          expect([hold, retainUntil]).toEqual([false, null]);
          expect(wallDate(on.timeZone, on.now) > (lastDay(document, on) ?? '')).toBe(true);
          return;
        }
      }),
      { numRuns: 800 },
    );
    expect(left).toBeGreaterThan(10);
  });
});

function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch (error) {
    expect(error).toBeInstanceOf(StateConflictError);
    return undefined;
  }
}
