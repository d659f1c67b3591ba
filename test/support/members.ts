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
  // Fourteen writes each, with what is to be sealed: one commit takes those of seven.
  const sevens = Array.from({ length: Math.ceil(count / 7) }, (_, seven) => names.slice(seven * 7, seven * 7 + 7));
  await crowd(sevens, 4, seven => records.commit(seven.flatMap(writesFor)));
  return names;
}
