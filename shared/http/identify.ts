/** Finds out who is asking: from the token the person, from the book the roles of today. */

import { anonymous, bodiesOn, type Caller, type HeldSeat, rolesOn } from '../core/authorisation.ts';
import { type Body, type Seat, seatLists } from '../core/bodies.ts';
import { dateIn, instant, type PlainDate } from '../core/calendar.ts';
import { type Organisation, organisationId, timeZoneOf } from '../core/organisation.ts';
import { emailKey, identityKey } from '../core/people.ts';
import { listPartition, recordKey } from '../core/records.ts';
import { TokenNotAcceptedError } from '../errors.ts';
import type { RecordStore } from '../ports/recordStore.ts';
import type { Middleware } from './call.ts';
import type { Services } from './operation.ts';
import { allPages, readEach } from './read.ts';
import type { VerifiedIdentity } from './token.ts';

export function identify(services: Services): Middleware {
  return {
    before: async ({ event }) => {
      if (event.call.operation === undefined) return;
      const token = bearerToken(event.headers.authorization);
      event.call.identity = token === null ? null : await services.verifyToken(token);
      event.call.caller =
        event.call.identity === null
          ? anonymous
          : await callerOf(event.call.identity, services.records, instant(event.call.startedAt));
    },
  };
}

/**
 * A signed-in caller, known to the book or not. Costs one read of several items, and two more for a known person.
 * @param known the person, when it has just been found in another way.
 */
export async function callerOf(
  identity: VerifiedIdentity,
  records: RecordStore,
  now: string,
  known?: string,
): Promise<Caller> {
  const [organisation, bySignIn, byEmail] = await records.getMany([
    recordKey('organisation', organisationId),
    identityKey(identity),
    ...(identity.email === null ? [] : [emailKey(identity.email)]),
  ]);
  const personId = known ?? (bySignIn ?? byEmail)?.data.personId;
  if (organisation === undefined || typeof personId !== 'string') {
    return { personId: null, roles: rolesOn([], ''), bodies: new Set() };
  }
  const today = dateIn(timeZoneOf(organisation.data as unknown as Organisation, now), now);
  const seats = await heldSeats(personId, records, today);
  return { personId, roles: rolesOn(seats, today), bodies: bodiesOn(seats, today) };
}

/** Every seat of a person that was not over before that day, also those to come. One query and one read, for most people. */
export async function heldSeats(personId: string, records: RecordStore, day: PlainDate): Promise<HeldSeat[]> {
  const seats: Seat[] = [];
  for await (const items of allPages(records, { partition: listPartition(seatLists.ofPerson(personId)) }, 1000)) {
    seats.push(...items.map(item => item.data as unknown as Seat).filter(({ term }) => (term.to ?? day) >= day));
  }
  const bodies = await readEach<Body>(
    records,
    'body',
    seats.map(seat => seat.bodyId),
  );
  return seats.flatMap(({ bodyId, office, voting, term }) => {
    const body = bodies.get(bodyId);
    return body === undefined ? [] : [{ ...term, bodyId, office, voting, bodyKind: body.kind, bodyTerm: body.term }];
  });
}

function bearerToken(header: string | undefined): string | null {
  if (header === undefined) return null;
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(header.trim())?.[1];
  if (token === undefined) throw new TokenNotAcceptedError('the Authorization header holds no bearer token');
  return token;
}
