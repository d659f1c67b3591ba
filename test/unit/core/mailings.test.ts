/** When mail falls due, when it is tried again, and for how long it is known what was sent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAbandoned,
  isPast,
  type Mailing,
  mailingRow,
  mailingRows,
  messageId,
  nextTry,
  sendingExpiresAt,
} from '../../../shared/core/mailings.ts';

const at = '2026-03-02T15:00:00.000Z';
const later = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
const day = 24 * 60;

describe('the mail of a vote', () => {
  it.each([
    ['an hour', 60, 1],
    ['a day', day, 1],
    ['a day and a minute', day + 1, 2],
    ['a month', 30 * day, 2],
  ])('that lasts %s comes as it opens, and a day before its end if that is later', (_, minutes, count) => {
    const rows = mailingRows.voteOpened('vote', at, later(minutes));
    const mailings = rows.map(({ card }) => card as unknown as Mailing);
    expect(mailings.map(({ kind }) => kind)).toEqual(['vote-opened', 'vote-closing'].slice(0, count));
    expect(mailings.map(({ dueAt }) => dueAt)).toEqual([at, later(minutes - day)].slice(0, count));
    expect(rows.map(({ key }) => key.sort)).toEqual(mailings.map(({ dueAt, id }) => `${dueAt}#${id}`));
  });
});

it('is the same mailing when it is written again, and another for another thing or time', () => {
  const rows = [
    ...mailingRows.voteOpened('a', at, later(3 * day)),
    ...mailingRows.voteOpened('b', at, later(3 * day)),
    ...mailingRows.outcome('a', at),
    ...mailingRows.consentOpened('a', at),
    ...mailingRows.meetingNotice('a', at),
    ...mailingRows.meetingNotice('a', later(1)),
  ];
  expect(new Set(rows.map(({ card }) => card.id)).size).toBe(rows.length);
  expect(mailingRows.outcome('a', at)).toEqual(mailingRows.outcome('a', at));
});

it('stands on the list by the time of the next try, and keeps its own', () => {
  const mailing: Mailing = { id: 'x', kind: 'outcome', dueAt: at, about: 'a', tries: 3 };
  const { key, card } = mailingRow(mailing, later(5));
  expect(key.sort).toBe(`${later(5)}#x`);
  expect(card.dueAt).toBe(at);
});

it('is tried again after 1, 2, 4 minutes, and so on to an hour', () => {
  const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 700].map(
    tries => (Date.parse(nextTry(tries, at)) - Date.parse(at)) / 60_000,
  );
  expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

it('is given up long before anybody forgets what was sent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 * day }), minutes => {
      const mailing: Mailing = { id: 'x', kind: 'outcome', dueAt: at, about: 'a', tries: 0 };
      const isForgotten = Date.parse(later(minutes)) / 1000 >= sendingExpiresAt(mailing);
      if (isForgotten) expect(isPast(mailing, later(minutes - 30 * day))).toBe(true);
    }),
  );
  const mailing: Mailing = { id: 'x', kind: 'outcome', dueAt: at, about: 'a', tries: 0 };
  expect([isPast(mailing, later(30 * day)), isPast(mailing, later(30 * day + 1))]).toEqual([false, true]);
});

it('is left alone for a quarter of an hour while somebody is handing it over', () => {
  const handing = { state: 'handing', at } as const;
  expect([isAbandoned(handing, later(15)), isAbandoned(handing, later(16))]).toEqual([false, true]);
  for (const state of ['sent', 'unknown'] as const) expect(isAbandoned({ state, at }, later(999))).toBe(false);
});

it('names a message by mailing and person, and tells of neither', () => {
  const id = messageId('vote-opened~a', 'person');
  expect(id).toMatch(/^[0-9a-f]{40}$/);
  const others = [messageId('vote-opened~a', 'other'), messageId('vote-opened~b', 'person')];
  expect(new Set([id, ...others]).size).toBe(3);
  expect(messageId('vote-opened~a', 'person')).toBe(id);
});
