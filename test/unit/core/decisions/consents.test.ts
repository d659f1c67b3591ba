import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Consent,
  consentStateAt,
  leastSignatures,
  mostSignatories,
  type NewConsent,
  newConsent,
  object,
  settle,
  sign,
  withdrawSignature,
} from '../../../../shared/core/decisions/consents.ts';
import { explainConsent } from '../../../../shared/core/decisions/explainConsent.ts';
import { NotAllowedError, StateConflictError, ValidationError } from '../../../../shared/errors.ts';

const openedAt = '2024-03-01T17:00:00.000Z';
const expiresAt = '2024-06-01T00:00:00.000Z';
const hash = 'a'.repeat(64);
const half = { numerator: 1, denominator: 2 };
const majorityQuorum = { of: 'in-office', fraction: half, comparison: 'more-than' } as const;

const asked = (more: Partial<NewConsent> = {}): NewConsent => ({
  openedBy: 'leader',
  basis: 'unanimous',
  membersMustApprove: false,
  expiresAt,
  rule: { allowed: 'fewer', source: 'Articles, IV' },
  quorum: majorityQuorum,
  fixed: null,
  holidays: 'us-federal',
  timeZone: 'America/New_York',
  textHash: hash,
  inOffice: 3,
  ...more,
});

const opened = (more: Partial<NewConsent> = {}, at = openedAt) => newConsent(asked(more), at);
const people = (count: number) => Array.from({ length: count }, (_, index) => `p${index + 1}`);
const later = (seconds: number, from = openedAt) => new Date(Date.parse(from) + seconds * 1000).toISOString();

/** Each signs a second after the one before. */
function signedBy(consent: Consent, signers: readonly string[], inOffice: readonly string[]): Consent {
  return signers.reduce((before, by, index) => {
    const at = later(index + 1);
    return settle(sign(before, by, hash, at), inOffice, at);
  }, consent);
}

const stateOf = (consent: Consent) => consentStateAt(consent);

describe('a unanimous consent', () => {
  it.each([1, 2, 3, 12, mostSignatories])('of %i is adopted by the last of them, and by no one before', count => {
    const all = people(count);
    const consent = opened({ inOffice: count });
    const oneMissing = signedBy(consent, all.slice(0, -1), all);
    expect(stateOf(oneMissing)).toBe('signing');
    const done = signedBy(consent, all, all);
    expect(done.decided).toMatchObject({ carried: true, at: later(count), signatories: all });
    expect(done.decided?.reasons).toEqual([
      expect.objectContaining({ kind: 'signatures', inOffice: count, needed: count, got: count, met: true }),
    ]);
  });

  it('needs whoever was seated meanwhile, too', () => {
    const signed = signedBy(opened(), ['p1', 'p2'], people(3));
    const withNew = [...people(3), 'p4'];
    const third = settle(sign(signed, 'p3', hash, later(9)), withNew, later(9));
    expect(stateOf(third)).toBe('signing');
    expect(stateOf(settle(sign(third, 'p4', hash, later(10)), withNew, later(10)))).toBe('carried');
  });

  it('does not need, and does not count, whose seat has ended', () => {
    const signed = signedBy(opened(), ['p1', 'p2'], people(3));
    // p1 signed and left, p3 left: p2 alone is in office, and has signed.
    const alone = settle(signed, ['p2'], expiresAt);
    expect(alone.decided).toMatchObject({ carried: true, at: expiresAt, signatories: ['p2'] });
    expect(alone.decided?.reasons[0]).toMatchObject({ inOffice: 1, needed: 1, got: 1 });
    // Whoever signed and left does not stand for somebody else.
    expect(settle(signed, ['p2', 'p3'], expiresAt).decided).toMatchObject({ carried: false });
  });

  it('is adopted by nobody where nobody is in office', () => {
    expect(settle(opened(), [], expiresAt).decided).toMatchObject({ carried: false, at: expiresAt });
  });

  it('lets a signature be withdrawn right before the last one, and never after it', () => {
    const all = people(2);
    const one = signedBy(opened({ inOffice: 2 }), ['p1'], all);
    const without = withdrawSignature(one, 'p1', all);
    expect(without.signatures).toEqual([]);
    expect(stateOf(signedBy(without, ['p2'], all))).toBe('signing');
    const done = signedBy(one, ['p2'], all);
    expect(() => withdrawSignature(done, 'p1', all)).toThrow(StateConflictError);
    expect(() => withdrawSignature(one, 'p2', all)).toThrow('You have not signed it.');
  });

  it('fails at its expiry, and not a millisecond before', () => {
    const signed = signedBy(opened(), ['p1', 'p2'], people(3));
    const before = new Date(Date.parse(expiresAt) - 1).toISOString();
    expect(settle(signed, people(3), before)).toBe(signed);
    const failed = settle(signed, people(3), expiresAt);
    expect(failed.decided).toMatchObject({ carried: false, at: expiresAt });
    expect(() => sign(failed, 'p3', hash, expiresAt)).toThrow('failed');
    expect(explainConsent(failed)).toEqual([
      '3 people held a voting seat in the body and had to sign, all of them; 2 did.',
      'It had to be complete before Friday, May 31, 2024 at 8:00 PM Eastern Daylight Time, and was not.',
      'So it failed.',
    ]);
  });

  it('takes signatures of the text that it is about only, once from each', () => {
    const consent = opened();
    expect(() => sign(consent, 'p1', 'b'.repeat(64), later(1))).toThrow('another text');
    const once = sign(consent, 'p1', hash, later(1));
    expect(sign(once, 'p1', hash, later(2))).toBe(once);
  });

  it('takes no objections', () => {
    expect(() => object(opened(), { by: 'p1', at: later(1), reason: 'No.' }, people(3))).toThrow(StateConflictError);
  });
});

describe('a consent of fewer than all', () => {
  const fewer = (more: Partial<NewConsent> = {}, at = openedAt) => opened({ basis: 'fewer', inOffice: 5, ...more }, at);
  const until = String(fewer().objectionsUntil);

  it.each([
    // Quorum: more than half. A majority of 1..12 in office.
    [majorityQuorum, null, [1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7]],
    // A quorum of two thirds is more than that.
    [
      { of: 'in-office', fraction: { numerator: 2, denominator: 3 }, comparison: 'at-least' } as const,
      null,
      [1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 8],
    ],
    // A third is less.
    [
      { of: 'in-office', fraction: { numerator: 1, denominator: 3 }, comparison: 'at-least' } as const,
      null,
      [1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7],
    ],
    [{ number: 4 }, null, [4, 4, 4, 4, 4, 4, 4, 5, 5, 6, 6, 7]],
    // Half of twelve seats that the rules fix.
    [{ of: 'fixed', fraction: half, comparison: 'at-least' } as const, 12, [6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7]],
    [null, null, [1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7]],
  ])('needs the greater of a majority and of a quorum of %o', (quorum, fixed, expected) => {
    const needs = expected.map((_, index) => leastSignatures({ basis: 'fewer', quorum, fixed }, index + 1).needed);
    expect(needs).toEqual(expected);
  });

  it('is adopted at the end of the tenth business day, never before, even when all have signed', () => {
    const all = people(5);
    const signed = signedBy(fewer(), all, all);
    expect(stateOf(signed)).toBe('signing');
    expect(signed.wakeAt).toBe(until);
    const before = new Date(Date.parse(until) - 1).toISOString();
    expect(settle(signed, all, before)).toBe(signed);
    const adopted = settle(signed, all, until);
    expect(adopted.decided).toMatchObject({ carried: true, at: until });
    expect(explainConsent(adopted)).toEqual([
      '5 people held a voting seat in the body, and at least 3 had to sign: more than half of them (3), and as many as a quorum takes (3); 5 did.',
      'The last signature that was needed was given on Friday, March 1, 2024 at 12:00 PM Eastern Standard Time.',
      'Notice was given to all on 2024-03-01, and nobody objected within ten business days of it, until the end of 2024-03-15.',
      'So it was adopted on Saturday, March 16, 2024 at 12:00 AM Eastern Daylight Time.',
    ]);
  });

  it('that lacks signatures at that end is adopted by the last needed one, or expires', () => {
    const all = people(5);
    const waiting = settle(signedBy(fewer(), ['p1', 'p2'], all), all, until);
    expect(waiting).toMatchObject({ decided: null, wakeAt: expiresAt });
    const at = later(60, until);
    expect(settle(sign(waiting, 'p3', hash, at), all, at).decided).toMatchObject({ carried: true, at });
    expect(settle(waiting, all, expiresAt).decided).toMatchObject({ carried: false, at: expiresAt });
    expect(explainConsent(settle(waiting, all, expiresAt))).toHaveLength(4);
  });

  it.each([
    // Noon on Friday 1 March; summer time begins on 10 March.
    ['2024-03-01T17:00:00.000Z', 'us-federal', '2024-03-16T04:00:00.000Z'],
    // A second before, and at, midnight in New York: the day of the notice is another one.
    ['2024-03-05T04:59:59.000Z', 'us-federal', '2024-03-19T04:00:00.000Z'],
    ['2024-03-05T05:00:00.000Z', 'us-federal', '2024-03-20T04:00:00.000Z'],
    // Thanksgiving is a holiday in between; not where the rules know none.
    ['2024-11-20T17:00:00.000Z', 'us-federal', '2024-12-06T05:00:00.000Z'],
    ['2024-11-20T17:00:00.000Z', 'none', '2024-12-05T05:00:00.000Z'],
    // Christmas and New Year, over the turn of the year.
    ['2024-12-20T17:00:00.000Z', 'us-federal', '2025-01-08T05:00:00.000Z'],
    // On a Saturday.
    ['2024-03-02T17:00:00.000Z', 'us-federal', '2024-03-16T04:00:00.000Z'],
  ] as const)('opened at %s with the holidays %s can be objected to until %s', (at, holidays, end) => {
    const consent = newConsent(asked({ basis: 'fewer', holidays, expiresAt: later(60 * 86_400, at) }), at);
    expect(consent.objectionsUntil).toBe(end);
  });

  it('fails by one objection at the last moment of that time, and takes none after it', () => {
    const all = people(5);
    const signed = signedBy(fewer(), all, all);
    const last = new Date(Date.parse(until) - 1).toISOString();
    const failed = object(signed, { by: 'p5', at: last, reason: 'Let us meet.' }, all);
    expect(failed.decided).toMatchObject({ carried: false, at: last });
    expect(explainConsent(failed).at(-1)).toBe('So it failed.');
    expect(settle(failed, all, until)).toBe(failed);
    expect(() => object(signed, { by: 'p5', at: until, reason: 'Late.' }, all)).toThrow('ended');
    expect(() => object(signed, { by: 'p6', at: last, reason: 'No seat.' }, all)).toThrow(NotAllowedError);
  });

  it('lets no signature be withdrawn once enough have signed', () => {
    const all = people(5);
    const two = signedBy(fewer(), ['p1', 'p2'], all);
    expect(withdrawSignature(two, 'p1', all).signatures.map(({ by }) => by)).toEqual(['p2']);
    const three = signedBy(two, ['p3'], all);
    expect(() => withdrawSignature(three, 'p1', all)).toThrow('no signature can be withdrawn');
    // Two more are seated, and three are enough no longer.
    expect(withdrawSignature(three, 'p1', people(7)).signatures).toHaveLength(2);
  });
});

describe('a consent is not opened', () => {
  it.each([
    ['where the body never decides like this', { rule: { allowed: 'never', source: 'Bylaws' } }, StateConflictError],
    [
      'by fewer, where the articles do not say so',
      { basis: 'fewer', rule: { allowed: 'unanimous', source: 'Statute' } },
      ValidationError,
    ],
    ['by fewer, where members must approve too', { basis: 'fewer', membersMustApprove: true }, ValidationError],
    ['by nobody', { inOffice: 0 }, StateConflictError],
    ['by more than a record can hold', { inOffice: mostSignatories + 1 }, StateConflictError],
    ['by fewer than its quorum takes', { basis: 'fewer', quorum: { number: 4 } }, StateConflictError],
    ['with an end that has passed', { expiresAt: openedAt }, ValidationError],
    ['for more than a year', { expiresAt: '2026-03-01T00:00:00.000Z' }, ValidationError],
    [
      'with an end within the time for objections',
      { basis: 'fewer', expiresAt: '2024-03-16T03:59:59.999Z' },
      ValidationError,
    ],
  ] as const)('%s', (_, more, error) => {
    expect(() => newConsent(asked(more as Partial<NewConsent>), openedAt)).toThrow(error);
  });

  it.each([
    ['unanimously, though members must approve too', { membersMustApprove: true }],
    ['by as many as a record can hold', { inOffice: mostSignatories }],
    [
      'by fewer until the very end of the time for objections',
      { basis: 'fewer', expiresAt: '2024-03-16T04:00:00.000Z' },
    ],
  ] as const)('but is %s', (_, more) => {
    expect(stateOf(newConsent(asked(more as Partial<NewConsent>), openedAt))).toBe('signing');
  });
});

describe('whatever happens', () => {
  const seats = fc.subarray(people(8), { minLength: 0 });
  const step = fc.record({ by: fc.constantFrom(...people(8)), what: fc.constantFrom('sign', 'withdraw'), seats });
  const story = fc.record({ basis: fc.constantFrom('unanimous', 'fewer'), steps: fc.array(step, { maxLength: 30 }) });

  it('what is adopted was signed by enough of those in office, and is decided once', () => {
    fc.assert(
      fc.property(story, ({ basis, steps }) => {
        let consent = opened({ basis, inOffice: 8, expiresAt: later(30 * 86_400) });
        for (const [index, { by, what, seats: inOffice }] of steps.entries()) {
          // Two days between any two steps, so that the time for objections ends in the middle.
          const at = later(index * 2 * 86_400);
          const before = consent;
          try {
            if (what === 'withdraw') consent = withdrawSignature(consent, by, inOffice);
            else if (inOffice.includes(by)) consent = sign(consent, by, hash, at);
          } catch (error) {
            expect(error).toBeInstanceOf(StateConflictError);
          }
          consent = settle(consent, inOffice, at);
          if (before.decided !== null) expect(consent).toBe(before);
          const signers = new Set(consent.signatures.map(one => one.by));
          expect(signers.size).toBe(consent.signatures.length);
          if (before.decided !== null || consent.decided?.carried !== true) continue;
          const got = inOffice.filter(one => signers.has(one)).length;
          expect(got).toBeGreaterThanOrEqual(leastSignatures(consent, inOffice.length).needed);
          expect(got).toBeGreaterThan(0);
          if (basis === 'unanimous') expect(got).toBe(inOffice.length);
          else expect(at >= String(consent.objectionsUntil)).toBe(true);
        }
        expect(stateOf(settle(consent, people(8), consent.expiresAt))).not.toBe('signing');
      }),
    );
  });

  it('fewer never means fewer than a majority, nor more than all where a quorum is a part of those in office', () => {
    const fraction = fc
      .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
      .map(([a, b]) => ({ numerator: Math.min(a, b), denominator: Math.max(a, b) }));
    fc.assert(
      fc.property(fraction, fc.integer({ min: 1, max: 200 }), (part, inOffice) => {
        const quorum = { of: 'in-office', fraction: part, comparison: 'at-least' } as const;
        const { needed } = leastSignatures({ basis: 'fewer', quorum, fixed: null }, inOffice);
        expect(needed * 2).toBeGreaterThan(inOffice);
        expect(needed * part.denominator).toBeGreaterThanOrEqual(inOffice * part.numerator);
        expect(needed).toBeLessThanOrEqual(inOffice);
      }),
    );
  });
});
