/** An administrator erases how somebody who left was reached and signed in, from the record and from what was recorded before. */
import { peopleRoutes } from '../../shared/contract/people.ts';
import { eraseValues, tellsOf, withoutValues, writesToErase } from '../../shared/core/log/erasure.ts';
import { isEvent, unsealedKey } from '../../shared/core/log/outbox.ts';
import { sealKey } from '../../shared/core/log/sequencing.ts';
import { identityKey, invitationKey, type Person } from '../../shared/core/people.ts';
import {
  type Act,
  type BookEvent,
  changeRecord,
  eventPrefix,
  recordKey,
  type Stored,
} from '../../shared/core/records.ts';
import { StateConflictError } from '../../shared/errors.ts';
import { heldSeats } from '../../shared/http/identify.ts';
import { operation } from '../../shared/http/operation.ts';
import { allPages, expectVersion, readRecord, readToday } from '../../shared/http/read.ts';
import type { Item, RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { moveEmail } from './email.ts';

/** What tells how a person is reached, and how they sign in. */
const contact = ['email', 'identity', 'invitation'] as const;

/** So many events lose their values in one commit, beside what it takes to forget the rest. */
const mostAtOnce = Math.floor(85 / writesToErase);

export const eraseContact = operation(
  peopleRoutes.eraseContact,
  async ({ params: { personId }, expected, now, act }, { records }) => {
    const before = await readRecord<Person>(records, 'person', personId);
    expectVersion(before, expected);
    if ((await heldSeats(personId, records, await readToday(records, now))).length > 0) {
      throw new StateConflictError('This person holds a seat. End it first: whoever holds one has to be reached.');
    }
    const telling = await eventsTelling(records, personId);
    const some = telling.slice(0, mostAtOnce);
    const { stored, writes } = forgetContact(before, act);
    const { email, identity, invitation } = before.data;
    return {
      body: { erased: some.length, remaining: telling.length - some.length, version: stored.version },
      version: stored.version,
      writes: [
        ...writes,
        ...(await moveEmail(records, personId, email, null)),
        ...(identity === null ? [] : [gone(identityKey(identity))]),
        ...(invitation === null ? [] : [gone(invitationKey(invitation.codeHash))]),
        ...(await eraseFrom(records, some)),
      ],
    };
  },
);

/** The event of it says which fields were erased, and no value. */
function forgetContact(before: Stored<Person>, act: Act) {
  const after = { ...before.data, email: null, identity: null, invitation: null, contactErasedAt: act.at };
  const { stored, writes } = changeRecord('person', before.id, before, after, act);
  const told = writes.map((write): Write => {
    if (!('put' in write) || !isEvent(write.put)) return write;
    const event = withoutValues(write.put.data as unknown as BookEvent, contact);
    return { ...write, put: { ...write.put, data: { ...event } as never } };
  });
  return { stored, writes: told };
}

const gone = (key: Item['key']): Write => ({ remove: key, expect: 'any' });

async function eventsTelling(records: RecordStore, personId: string): Promise<Item[]> {
  const telling: Item[] = [];
  const { partition } = recordKey('person', personId);
  for await (const items of allPages(records, { partition, prefix: eventPrefix })) {
    telling.push(...items.filter(({ data }) => tellsOf(data as unknown as BookEvent, contact)));
  }
  return telling;
}

async function eraseFrom(records: RecordStore, events: readonly Item[]): Promise<Write[]> {
  const told = events.map(({ data }) => data as unknown as BookEvent);
  const found = await records.getMany(told.flatMap(({ id, record }) => [sealKey(record), unsealedKey(id)]));
  return events.flatMap((event, place) =>
    eraseValues(event, { seals: found[2 * place], row: found[2 * place + 1] }, contact),
  );
}
