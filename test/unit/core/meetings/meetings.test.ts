// The life of a meeting, step by step, and every step that is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adjourn,
  cancel,
  cardOf,
  change,
  demandAttending,
  giveNotice,
  isHeldAt,
  type Meeting,
  type MeetingFacts,
  meetingRows,
  meetingState,
  open,
  schedule,
} from '../../../../shared/core/meetings/meetings.ts';
import { checkNotice } from '../../../../shared/core/meetings/notice.ts';
import { StateConflictError, ValidationError } from '../../../../shared/errors.ts';

const now = '2024-02-01T12:00:00.000Z';
const start = '2024-02-09T17:00:00.000Z';
const end = '2024-02-09T19:00:00.000Z';
const item = (title: string) => ({ title, description: '', resolutionId: null, documents: [] });
const facts: MeetingFacts = {
  title: 'Board meeting',
  kind: 'special',
  startsAt: start,
  endsAt: end,
  timeZone: 'America/New_York',
  place: 'Library',
  remote: null,
  isPublic: true,
  agenda: [item('One'), item('Two')],
  guests: [],
};
const rule = {
  source: 'Bylaws',
  regular: null,
  special: { leastDays: 2, mostDays: null, counted: 'calendar' },
  holidays: 'none',
} as const;
const noticeOn = (day: string, waiver: string | null = null) => ({
  givenAt: `${day}T12:00:00.000Z`,
  by: 'p',
  check: checkNotice(rule, 'special', day, '2024-02-09'),
  waiver,
});

const scheduled = schedule('body', null, facts, now);
const noticed = giveNotice(scheduled, noticeOn('2024-02-07'));
const opened = open(noticed, true, start);
const adjourned = adjourn(opened, end);
const cancelled = cancel(noticed, 'p', 'Snow.', now);
const all = { scheduled, noticed, open: opened, adjourned, cancelled };

describe('a meeting', () => {
  it.each(Object.entries(all))('that is %s says so', (state, meeting) => {
    expect(meetingState(meeting)).toBe(state);
  });

  const steps = {
    change: (meeting: Meeting) => change(meeting, { ...facts, guests: ['Ada'] }, now),
    notice: (meeting: Meeting) => giveNotice(meeting, noticeOn('2024-02-07')),
    cancel: (meeting: Meeting) => cancel(meeting, 'p', 'Snow.', now),
    open: (meeting: Meeting) => open(meeting, false, start),
    adjourn: (meeting: Meeting) => adjourn(meeting, end),
    attend: (meeting: Meeting) => demandAttending(meeting, start, end),
  };
  it.each([
    ['scheduled', 'change notice cancel open attend'],
    ['noticed', 'change cancel open attend'],
    ['open', 'change adjourn attend'],
    ['adjourned', ''],
    ['cancelled', ''],
  ] as const)('that is %s admits: %s', (state, admitted) => {
    const possible = Object.entries(steps).filter(([, step]) => {
      try {
        step(all[state]);
        return true;
      } catch (error) {
        expect(error).toBeInstanceOf(StateConflictError);
        return false;
      }
    });
    expect(possible.map(([name]) => name).join(' ')).toBe(admitted);
  });

  it.each([
    ['ends when it begins', { endsAt: start }],
    ['ends before it begins', { endsAt: '2024-02-09T16:00:00.000Z' }],
    ['lasts more than three days', { endsAt: '2024-02-12T17:01:00.000Z' }],
    ['is over already', { startsAt: '2024-02-01T09:00:00.000Z', endsAt: now }],
    ['is decades ahead', { startsAt: '2044-02-09T17:00:00.000Z', endsAt: '2044-02-09T18:00:00.000Z' }],
  ])('is not scheduled when it %s', (_what, times) => {
    expect(() => schedule('body', null, { ...facts, ...times }, now)).toThrow(ValidationError);
  });

  it('may last exactly three days, and may have begun', () => {
    schedule('body', null, { ...facts, endsAt: '2024-02-12T17:00:00.000Z' }, now);
    schedule('body', null, facts, '2024-02-09T18:59:59.999Z');
  });

  it('loses its notice with another beginning, place or kind, and keeps it with anything else', () => {
    const noticeOf = (more: Partial<MeetingFacts>) => change(noticed, { ...facts, ...more }, now).notice;
    expect(noticeOf({ startsAt: '2024-02-09T17:30:00.000Z' })).toBeNull();
    expect(noticeOf({ place: 'Town hall' })).toBeNull();
    expect(noticeOf({ kind: 'regular' })).toBeNull();
    for (const more of [{ endsAt: '2024-02-09T20:00:00.000Z' }, { remote: 'x' }, { title: 'x' }, { isPublic: false }]) {
      expect(noticeOf(more)).toEqual(noticed.notice);
    }
  });

  it('keeps what was noticed on its agenda, in whatever order and with whatever is added', () => {
    const withAgenda = (...titles: string[]) => change(noticed, { ...facts, agenda: titles.map(item) }, now);
    expect(withAgenda('Three', 'Two', 'One').agenda).toHaveLength(3);
    expect(() => withAgenda('One', 'Three')).toThrow('Notice was given of "Two"');
    const twice = giveNotice(
      schedule('body', null, { ...facts, agenda: [item('One'), item('One')] }, now),
      noticeOn('2024-02-07'),
    );
    expect(() => change(twice, { ...facts, agenda: [item('One'), item('Two')] }, now)).toThrow('Notice was given');
    expect(change(scheduled, { ...facts, agenda: [] }, now).agenda).toEqual([]);
    expect(change(noticed, { ...facts, place: null, agenda: [] }, now)).toMatchObject({ notice: null, agenda: [] });
  });

  it('stays where and when it is while it is held', () => {
    expect(() => change(opened, { ...facts, place: 'Town hall' }, now)).toThrow('time and place stand');
    expect(change(opened, { ...facts, agenda: [...facts.agenda, item('Three')] }, now).agenda).toHaveLength(3);
  });

  it('is noticed in time, or for a reason', () => {
    expect(() => giveNotice(scheduled, noticeOn('2024-02-08'))).toThrow('the last possible day is 2024-02-07');
    expect(giveNotice(scheduled, noticeOn('2024-02-08', 'All agreed.')).notice?.waiver).toBe('All agreed.');
    const regular = { ...scheduled, kind: 'regular' as const };
    const late = {
      ...noticeOn('2024-02-09'),
      givenAt: start,
      check: checkNotice(rule, 'regular', '2024-02-09', '2024-02-09'),
    };
    expect(() => giveNotice(regular, late)).toThrow('It has begun');
    expect(giveNotice(regular, { ...late, waiver: 'All agreed.' }).notice).not.toBeNull();
  });

  it('is opened when it begins, before it would end, and with the notice that is asked for', () => {
    expect(() => open(noticed, true, '2024-02-09T16:59:59.999Z')).toThrow('It begins at');
    expect(() => open(noticed, true, end)).toThrow('It was to end at');
    expect(() => open(scheduled, true, start)).toThrow('Notice of it was not given');
    expect(open(scheduled, false, start).held).toEqual({ openedAt: start, closedAt: null });
  });

  it('is held from its opening to its adjournment, both included', () => {
    const at = (time: string) => isHeldAt(adjourned, `2024-02-09T${time}Z`);
    expect([at('16:59:59.999'), at('17:00:00.000'), at('19:00:00.000'), at('19:00:00.001')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isHeldAt(scheduled, start)).toBe(false);
  });

  it('is attended from two hours before it begins, and not in the future', () => {
    demandAttending(noticed, '2024-02-09T15:00:00.000Z', start);
    expect(() => demandAttending(noticed, '2024-02-09T14:59:59.999Z', start)).toThrow(StateConflictError);
    expect(() => demandAttending(noticed, end, start)).toThrow(ValidationError);
  });

  it('stands once on the list of its body, and tells calendars of every change', () => {
    const stored = (data: Meeting, version: number) => ({ id: 'm', version, data });
    expect(meetingRows(undefined)).toEqual([]);
    expect(meetingRows(stored(noticed, 2))).toHaveLength(1);
    expect(cardOf(stored(scheduled, 1))).toMatchObject({ state: 'scheduled', isKnown: false });
    expect(cardOf(stored(cancelled, 3))).toMatchObject({ state: 'cancelled', isKnown: true, revisedAt: now });
    expect(cardOf(stored({ ...noticed, isPublic: false }, 2)).isKnown).toBe(false);
  });

  it('never is known to everybody without a notice that tells its time and place', () => {
    const anyChange = fc.record(
      {
        startsAt: fc.constantFrom(start, '2024-02-09T17:30:00.000Z'),
        place: fc.constantFrom('Library', 'Town hall', null),
        isPublic: fc.boolean(),
        title: fc.constantFrom('One', 'Another'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 6 }), changes => {
        const last = changes.reduce((meeting: Meeting, more) => change(meeting, { ...facts, ...more }, now), noticed);
        if (cardOf({ id: 'm', version: 1, data: last }).isKnown) {
          expect([last.startsAt, last.place, last.isPublic]).toEqual([start, 'Library', true]);
        }
      }),
    );
  });
});
