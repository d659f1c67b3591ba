// The first commit of a book: complete, small enough for one transaction, and possible once only.
import { describe, expect, it } from 'vitest';
import { rolesOn } from '../../../shared/core/authorisation.ts';
import { type Body, type Place, placeOf, type Seat, seatLists } from '../../../shared/core/bodies.ts';
import { sha256 } from '../../../shared/core/digest.ts';
import { type Founding, type FoundingMoment, found } from '../../../shared/core/founding.ts';
import { organisationId } from '../../../shared/core/organisation.ts';
import { emailKey, invitationKey } from '../../../shared/core/people.ts';
import { type BookEvent, eventPrefix, listPartition, pointerKey, recordKey } from '../../../shared/core/records.ts';
import type { Item, Key, Write } from '../../../shared/ports/recordStore.ts';

const code = 'the secret code of the invitation';
const founding: Founding = {
  organisation: {
    legalName: 'Local Public Sector Alliance',
    shortName: 'LPSA',
    jurisdiction: { code: 'US-VA', name: 'Commonwealth of Virginia' },
    incorporatedOn: '2022-01-14',
    taxStatus: '501(c)(3)',
    ein: null,
    fiscalYearEnd: '12-31',
    timeZone: 'America/New_York',
    mission: 'Localization.',
    website: null,
    demonstration: true,
  },
  board: { name: 'Board of Directors', purpose: 'Governs.', established: '2022-01-14' },
  administrator: { name: 'Ann Admin', email: 'Ann@Example.org' },
};

function moment(idPrefix: string): FoundingMoment {
  let count = 0;
  return {
    at: '2024-05-01T12:00:00.000Z',
    today: '2024-05-01',
    newId: () => `${idPrefix}${++count}`,
    invitation: { code, expiresAt: '2024-05-15T12:00:00.000Z' },
  };
}

const writes = found(founding, moment('a'));
const nameOf = (key: Key) => JSON.stringify(key);
const keyOf = (write: Write) => ('put' in write ? write.put.key : 'remove' in write ? write.remove : write.check);
const book = new Map(writes.flatMap(write => ('put' in write ? [[nameOf(write.put.key), write.put] as const] : [])));
const read = (key: Key) => book.get(nameOf(key))?.data as unknown;
const all = (wanted: (item: Item) => boolean) => [...book.values()].filter(wanted);

describe('the commit', () => {
  it('names every key once and fits one transaction', () => {
    expect(new Set(writes.map(write => nameOf(keyOf(write)))).size).toBe(writes.length);
    expect(writes.length).toBeLessThanOrEqual(100);
    expect(book.size).toBe(writes.length);
  });

  it('conflicts with itself in every write but the rows of lists, which follow their records', () => {
    const isRow = ({ partition }: Key) =>
      partition.startsWith(listPartition('')) && !partition.startsWith(listPartition('events#'));
    const rows = writes.filter(write => isRow(keyOf(write)));
    expect(rows).toHaveLength(4);
    for (const write of writes) expect(write.expect).toBe(rows.includes(write) ? 'any' : 'absent');
  });

  it('is refused a second time, whoever founds whatever with new identifiers', () => {
    const other: Founding = { ...founding, administrator: { name: 'Bob', email: null } };
    const second = found(other, {
      ...moment('b'),
      invitation: { code: 'another', expiresAt: '2025-01-01T00:00:00.000Z' },
    });
    const conflicts = second.filter(write => write.expect === 'absent' && book.has(nameOf(keyOf(write)))).map(keyOf);
    expect(conflicts).toContainEqual(recordKey('organisation', organisationId));
  });

  it('carries all of one event for each record, with the founding as its operation and nobody as its author', () => {
    const events = all(({ key }) => key.sort.startsWith(eventPrefix)).map(({ data }) => data as unknown as BookEvent);
    expect(events.map(event => event.record.kind).sort()).toEqual(['body', 'organisation', 'person', 'seat']);
    expect(new Set(events.map(event => event.id)).size).toBe(4);
    expect(events).toEqual(
      events.map(event => expect.objectContaining({ operation: 'found', by: null, at: event.at })),
    );
  });
});

describe('the book that was founded', () => {
  const [seatItem] = all(({ key }) => key.partition.startsWith('seat#') && key.sort === 'record');
  const seat = seatItem?.data as unknown as Seat;

  it('has an administrator with that role from the first day on', () => {
    const body = read(recordKey('body', seat.bodyId)) as Body;
    const held = { ...seat, ...seat.term, bodyKind: body.kind, bodyTerm: body.term };
    expect(rolesOn([held], '2024-05-01')).toEqual(new Set(['public', 'signed-in', 'member', 'administrator']));
  });

  it('finds the administrator by address and by invitation, and knows the seat under body, person and place', () => {
    const pointer = { personId: seat.personId };
    expect(read(emailKey('ann@example.org'))).toEqual(pointer);
    expect(read(invitationKey(sha256(code)))).toEqual(pointer);
    const id = seatItem?.key.partition.slice('seat#'.length);
    expect(read(pointerKey('place', placeOf(seat)))).toEqual<Place>({ terms: [{ seatId: String(id), ...seat.term }] });
    for (const list of [seatLists.ofBody(seat.bodyId), seatLists.ofPerson(seat.personId), 'people', 'bodies']) {
      expect(all(({ key }) => key.partition === listPartition(list))).toHaveLength(1);
    }
  });

  it('holds the facts of the organisation from its incorporation on', () => {
    expect(read(recordKey('organisation', organisationId))).toEqual({
      history: [{ ...founding.organisation, from: '2022-01-14' }],
    });
  });

  it('never holds the code of the invitation itself', () => {
    expect(JSON.stringify(writes)).not.toContain(code);
  });

  it('needs no address for its administrator', () => {
    const without = found({ ...founding, administrator: { name: 'Ann', email: null } }, moment('a'));
    expect(without).toHaveLength(writes.length - 1);
    expect(without.map(keyOf).some(key => key.partition.startsWith('email#'))).toBe(false);
  });
});
