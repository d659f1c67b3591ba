/** The first commit of a book: the organisation, its board, and the administrator who records everything else. */
import { wrongField } from '../errors.ts';
import type { Write } from '../ports/recordStore.ts';
import { type Body, bodyRow, placeOf, type Seat, seatRows } from './bodies.ts';
import type { Instant, PlainDate } from './calendar.ts';
import { sha256 } from './digest.ts';
import { organisationId, type Profile } from './organisation.ts';
import { emailKey, invitationKey, type Person, personRow, pointerTo } from './people.ts';
import { type Act, administratorsKey, changeRecord, moveRows, pointerKey } from './records.ts';

export interface Founding {
  readonly organisation: Profile;
  readonly board: { readonly name: string; readonly purpose: string; readonly established: PlainDate };
  readonly administrator: { readonly name: string; readonly email: string | null };
}

/** What the founding needs from outside: the moment, new identifiers, and the administrator's invitation. */
export interface FoundingMoment {
  readonly at: Instant;
  readonly today: PlainDate;
  readonly newId: () => string;
  readonly invitation: { readonly code: string; readonly expiresAt: Instant };
}

/**
 * All writes of the founding. Committing them a second time conflicts: a book is founded once.
 * @throws {ValidationError} the board is established after today, or before the organisation.
 */
export function found({ organisation, board, administrator }: Founding, moment: FoundingMoment): Write[] {
  if (organisation.incorporatedOn > moment.today) {
    throw wrongField('/organisation/incorporatedOn', `Is after today, ${moment.today}: the book begins with this day.`);
  }
  if (board.established > moment.today) {
    throw wrongField('/board/established', `Is after today, ${moment.today}: nobody could keep the book until then.`);
  }
  if (board.established < organisation.incorporatedOn) {
    throw wrongField(
      '/board/established',
      `Is before the organisation was incorporated, ${organisation.incorporatedOn}.`,
    );
  }
  const act = (): Act => ({ operation: 'found', by: null, at: moment.at, eventId: moment.newId() });
  const [bodyId, personId, seatId] = [moment.newId(), moment.newId(), moment.newId()];
  const codeHash = sha256(moment.invitation.code);

  const history = [{ ...organisation, from: organisation.incorporatedOn }];
  const body: Body = {
    kind: 'board-of-directors',
    term: { from: board.established, to: null },
    publishesSeats: true,
    history: [{ name: board.name, purpose: board.purpose, parentBodyId: null, from: board.established }],
  };
  const person: Person = {
    ...administrator,
    identity: null,
    invitation: { codeHash, expiresAt: moment.invitation.expiresAt, byAdministrator: true },
  };
  const seat: Seat = {
    bodyId,
    personId,
    office: 'administrator',
    title: null,
    voting: false,
    weight: 1,
    group: null,
    term: { from: moment.today, to: null },
  };

  const first = changeRecord('organisation', organisationId, undefined, { history }, act());
  const second = changeRecord('body', bodyId, undefined, body, act());
  const third = changeRecord('person', personId, undefined, person, act());
  const fourth = changeRecord('seat', seatId, undefined, seat, act());
  const places: Write[] = [pointerKey('place', placeOf(seat)), administratorsKey].map(key => ({
    put: { key, version: 1, data: { terms: [{ seatId, ...seat.term }] } },
    expect: 'absent',
  }));
  return [
    ...[first, second, third, fourth].flatMap(change => change.writes),
    ...moveRows([], [bodyRow(second.stored), personRow(third.stored), ...seatRows(fourth.stored)]),
    ...(administrator.email === null ? [] : [pointerTo(emailKey(administrator.email), personId, 'absent')]),
    pointerTo(invitationKey(codeHash), personId, 'absent'),
    ...places,
  ];
}
