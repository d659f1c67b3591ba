/** Members in great number: written past the API, which would take long for so many. */
import { type Seat, seatRows } from '../../shared/core/bodies.ts';
import { emailKey, type Person, personRow, pointerTo } from '../../shared/core/people.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import type { Services } from '../../shared/http/operation.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { crowd } from './crowd.ts';

type Seating = Pick<Services, 'records' | 'now' | 'newId'>;

const term = { from: '2020-01-01', to: null };

export const memberEmail = (name: string) => `${name}@test.example`;

/** So many members of the body, with voting seats. @returns their names. */
export async function seatMembers({ records, now, newId }: Seating, bodyId: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `crowd-${index}`);
  const at = now().toISOString();
  const act = () => ({ operation: 'createSeat', by: null, at, eventId: newId() });
  const writesFor = (name: string): Write[] => {
    const personId = newId();
    const person: Person = { name, email: memberEmail(name), identity: null, invitation: null };
    const seat: Seat = { bodyId, personId, office: 'member', title: null, voting: true, weight: 1, group: null, term };
    const made = changeRecord('person', personId, undefined, person, act());
    const given = changeRecord('seat', newId(), undefined, seat, act());
    return [
      ...made.writes,
      ...given.writes,
      pointerTo(emailKey(memberEmail(name)), personId, 'absent'),
      ...moveRows([], [personRow(made.stored), ...seatRows(given.stored)]),
    ];
  };
  const tens = Array.from({ length: Math.ceil(count / 10) }, (_, ten) => names.slice(ten * 10, ten * 10 + 10));
  await crowd(tens, 4, ten => records.commit(ten.flatMap(writesFor)));
  return names;
}
