// What the archive knows of its bytes: who uses them, how they are protected, and whether they were read again in time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CheckResult,
  type Custody,
  checked,
  countArchive,
  custodyIn,
  custodyKey,
  forgetCustody,
  isClaimed,
  isDamaged,
  lasting,
  mayLeave,
  stronger,
  strongest,
  type Use,
  unused,
  used,
  writeCustody,
} from '../../../../shared/core/archive/custody.ts';
import { BusyError, StateConflictError } from '../../../../shared/errors.ts';
import type { Protection } from '../../../../shared/ports/blobStore.ts';

const now = '2024-06-30T12:00:00.000Z';
const before = '2024-06-01T12:00:00.000Z';
const sha256 = 'a'.repeat(64);
const none: Protection = { retainUntil: null, hold: false };
const useOf = (documentId: string, version = 1, as: Use['as'] = 'original'): Use => ({ documentId, version, as });
const custody: Custody = {
  size: 10,
  uses: [useOf('a')],
  checkedAt: before,
  result: 'good',
  askedAt: null,
  protection: none,
  leavingSince: null,
};

describe('bytes that are used', () => {
  it('for the first time count as read: they just were', () => {
    const first = used(undefined, 10, useOf('a'), { retainUntil: now, hold: true }, now);
    expect(first).toEqual({ ...custody, checkedAt: now, protection: { retainUntil: now, hold: true } });
  });

  it('once more are kept once, for all uses, and as long as the strictest asks', () => {
    const both = used(custody, 10, useOf('b'), { retainUntil: now, hold: false }, now);
    expect(both.uses).toEqual([useOf('a'), useOf('b')]);
    const third = used(both, 10, useOf('c'), { retainUntil: before, hold: true }, now);
    expect(third.protection).toEqual({ retainUntil: now, hold: true });
  });

  it('once more do not count as read: what was read came from the uploader, not from the archive', () => {
    expect(used(custody, 10, useOf('b'), none, now)).toEqual({ ...custody, uses: [useOf('a'), useOf('b')] });
  });

  // Good bytes have just taken the place of the bad ones, or the store held on to these: only reading them tells.
  it.each(['changed', 'missing'] as const)(
    'once more, when they were found %s, are neither good nor bad until they are read, which is asked for',
    result => {
      const again = used({ ...custody, result }, 10, useOf('b'), none, now);
      expect(again).toMatchObject({ result: null, checkedAt: before, askedAt: now });
      expect(isDamaged(again)).toBe(false);
    },
  );

  it('at most 500 times fit the store, and no more are taken', () => {
    const id = '01890a5d-ac96-774b-bcce-b302099a8072';
    const uses = Array.from({ length: 500 }, (_, index) => useOf(id, index));
    expect(JSON.stringify({ ...custody, uses }).length).toBeLessThan(400 * 1024);
    expect(() => used({ ...custody, uses: uses.slice(1) }, 10, useOf(id), none, now)).not.toThrow();
    expect(() => used({ ...custody, uses }, 10, useOf(id), none, now)).toThrow(StateConflictError);
  });
});

describe('bytes that a document gives up', () => {
  it('stay while another document uses them', () => {
    const uses = [useOf('a'), useOf('b'), useOf('a', 2), useOf('a', 2, 'text')];
    expect(unused({ ...custody, uses }, 'a')).toEqual({ ...custody, uses: [useOf('b')], leavingSince: null });
    expect(unused({ ...custody, uses }, 'c')).toEqual({ ...custody, uses, leavingSince: null });
  });

  it('may leave with the last, but not before the store lets them go', () => {
    expect(mayLeave(custody, now)).toBe(false);
    const free = unused(custody, 'a');
    expect(free).toEqual({ ...custody, uses: [] });
    expect(mayLeave(free, now)).toBe(true);
    const until = (retainUntil: string) => mayLeave({ ...free, protection: { retainUntil, hold: false } }, now);
    expect([until(before), until(now), until('2031-01-01T12:00:00.000Z')]).toEqual([true, true, false]);
  });

  it('cannot be used again once they leave, before they are gone', () => {
    const leaving = { ...unused(custody, 'a'), leavingSince: now };
    expect(() => used(leaving, 10, useOf('b'), none, now)).toThrow(BusyError);
  });

  it('are left to the round that claimed them, until it cannot be at it any more', () => {
    const claimed = (minutes: number) =>
      isClaimed({ ...custody, leavingSince: new Date(Date.parse(now) - minutes * 60_000).toISOString() }, now);
    expect([isClaimed(custody, now), claimed(0), claimed(19), claimed(20)]).toEqual([false, true, true, false]);
  });

  it('stay locked as long as the store was told, whatever is asked for later', () => {
    const later = '2031-01-01T12:00:00.000Z';
    const locked = { retainUntil: later, hold: true };
    expect(lasting(locked, none, now)).toEqual({ retainUntil: later, hold: false });
    expect(lasting({ ...locked, retainUntil: before }, none, now)).toEqual(none);
    expect(lasting(none, locked, now)).toEqual(locked);
  });

  it('stay exactly as long as somebody uses them, whatever the order', () => {
    const step = fc.record({ uses: fc.boolean(), documentId: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(step), steps => {
        let held: Custody | undefined;
        const users = new Set<string>();
        for (const { uses, documentId } of steps) {
          if (uses) held = used(held, 10, useOf(documentId), none, now);
          else if (held !== undefined) held = unused(held, documentId);
          if (uses) users.add(documentId);
          else users.delete(documentId);
          expect(new Set(held?.uses.map(use => use.documentId))).toEqual(users);
          const mayGo = held !== undefined && mayLeave(held, now);
          expect(mayGo).toBe(held !== undefined && users.size === 0);
          // Gone; the next use begins anew.
          if (mayGo) held = undefined;
        }
      }),
    );
  });
});

const anyProtection: fc.Arbitrary<Protection> = fc.record({
  retainUntil: fc.constantFrom(null, before, now, '2031-01-01T12:00:00.000Z'),
  hold: fc.boolean(),
});

describe('the stronger protection', () => {
  it('does not depend on the order, satisfies both, and asks for no more than one of them', () => {
    fc.assert(
      fc.property(anyProtection, anyProtection, anyProtection, (a, b, c) => {
        const both = stronger(a, b);
        expect(both).toEqual(stronger(b, a));
        expect(stronger(both, c)).toEqual(stronger(a, stronger(b, c)));
        expect([stronger(a, a), stronger(a, none), stronger(both, a)]).toEqual([a, a, both]);
        expect([a.retainUntil, b.retainUntil]).toContain(both.retainUntil);
        expect((both.retainUntil ?? '') >= (a.retainUntil ?? '')).toBe(true);
        expect(both.hold).toBe(a.hold || b.hold);
        expect(strongest([a, b, c])).toEqual(stronger(both, c));
      }),
    );
    expect(strongest([])).toEqual(none);
  });
});

describe('the row of archived bytes', () => {
  const itemOf = (data: Custody) => ({ key: custodyKey(sha256), version: 3, data: data as never });
  const bad = checked(custody, 'changed', now);
  const partitions = (writes: ReturnType<typeof writeCustody>) =>
    writes.map(write =>
      'put' in write ? `+${write.put.key.partition}` : 'remove' in write ? `-${write.remove.partition}` : '',
    );

  it.each<[string, Custody | undefined, Custody, string[]]>([
    ['new', undefined, custody, ['+list#custody']],
    ['good', custody, custody, ['+list#custody']],
    ['found bad', custody, bad, ['+list#custody', '+list#damaged']],
    ['still bad', bad, checked(bad, 'missing', now), ['+list#custody', '+list#damaged']],
    ['good again', bad, checked(bad, 'good', now), ['+list#custody', '-list#damaged']],
  ])('that are %s stand on the list of the damaged exactly while they are', (_what, read, data, expected) => {
    const writes = writeCustody(sha256, read && itemOf(read), data);
    expect(partitions(writes)).toEqual(expected);
    expect(writes[0]).toMatchObject({ expect: read === undefined ? 'absent' : { version: 3 } });
    expect(custodyIn(writes.flatMap(write => ('put' in write ? write.put : []))[0])).toEqual(data);
  });

  it('goes from both lists when the bytes are gone, if nobody changed it meanwhile', () => {
    const writes = forgetCustody(itemOf(bad));
    expect(partitions(writes)).toEqual(['-list#custody', '-list#damaged']);
    expect(writes[0]?.expect).toEqual({ version: 3 });
  });

  it('tells the time and the result of a check, and that nobody waits for one any more', () => {
    for (const result of ['good', 'changed', 'missing'] as const) {
      const after = checked({ ...custody, askedAt: before }, result, now);
      expect(after).toEqual({ ...custody, checkedAt: now, result, askedAt: null });
      expect(isDamaged(after)).toBe(result !== 'good');
    }
  });
});

describe('the state of the archive', () => {
  const one = (result: CheckResult | null, checkedAt: string | null, size = 1): Custody => ({
    ...custody,
    result,
    checkedAt,
    size,
  });

  it('counts as good only what was read within the period, and as failed whatever was found bad, however long ago', () => {
    const all = [
      one('good', now, 10),
      one('good', '2024-05-31T12:00:00.000Z', 20),
      one('good', '2024-05-31T11:59:59.999Z', 40),
      one('changed', now, 80),
      one('missing', '2020-01-01T00:00:00.000Z', 160),
    ];
    const state = { at: now, files: 5, bytes: 310, good: 2, failed: 2, latestCheckAt: now, periodDays: 30 };
    expect(countArchive(all, now, 30)).toEqual({ ...state, oldestCheckAt: '2020-01-01T00:00:00.000Z' });
    expect(countArchive([...all, one(null, null)], now, 30)).toEqual({
      ...state,
      files: 6,
      bytes: 311,
      oldestCheckAt: null,
    });
  });

  it('is empty for an empty archive, and knows of no check before the first', () => {
    const state = {
      at: now,
      files: 0,
      bytes: 0,
      good: 0,
      failed: 0,
      oldestCheckAt: null,
      latestCheckAt: null,
      periodDays: 30,
    };
    expect(countArchive([], now, 30)).toEqual(state);
    expect(countArchive([one(null, null)], now, 30)).toEqual({ ...state, files: 1, bytes: 1 });
  });
});
