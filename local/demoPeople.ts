/** Who can sign in at the demonstration issuer: the people of the book that have an e-mail address. */
import { type Body, bodyOn, type Seat, seatLists } from '../shared/core/bodies.ts';
import { covers, instant } from '../shared/core/calendar.ts';
import type { Person } from '../shared/core/people.ts';
import { listPartition, recordKey } from '../shared/core/records.ts';
import type { RecordStore } from '../shared/ports/recordStore.ts';
import type { DemoPeople } from './demoIssuerPeople.ts';

/** The demonstration book has fewer people than a page has places. */
const most = 100;
const nobody = { name: '', email: null };

export function demoPeople(records: RecordStore): DemoPeople {
  const rows = async (list: string) =>
    (await records.query({ table: 'records', partition: listPartition(list), order: 'ascending', limit: most })).items;
  return async () => {
    const today = instant(new Date()).slice(0, 10);
    const ids = (await rows('people')).map(row => String(row.data.id));
    const people = await records.getMany(ids.map(id => recordKey('person', id)));
    const described = await Promise.all(
      people.map(async (item, index) => {
        const { name, email } = (item?.data ?? nobody) as unknown as Person;
        if (email === null) return [];
        const seats = (await rows(seatLists.ofPerson(ids[index] ?? ''))).map(row => row.data as unknown as Seat);
        const held = seats.filter(seat => covers(seat.term, today));
        return [{ name, email, seats: await Promise.all(held.map(describe)) }];
      }),
    );
    return described.flat();
  };

  async function describe(seat: Seat): Promise<string> {
    const body = (await records.get(recordKey('body', seat.bodyId)))?.data as unknown as Body;
    const name = bodyOn(body, body.term.from)?.name ?? '';
    return `${seat.title ?? seat.office}, ${name}`;
  }
}
