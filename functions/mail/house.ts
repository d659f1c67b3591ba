/** The organisation and the body that a mailing comes from, and who sits in that body. */
import { isController } from '../../shared/core/authorisation.ts';
import { type Body, type Seat, seatLists } from '../../shared/core/bodies.ts';
import { covers, dateIn, instant, type PlainDate } from '../../shared/core/calendar.ts';
import { inForce } from '../../shared/core/history.ts';
import type { Letterhead } from '../../shared/core/mailTexts.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import { listPartition, recordKey } from '../../shared/core/records.ts';
import { allPages } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { MailServices } from './services.ts';

export interface House {
  readonly letterhead: Letterhead;
  readonly isDemonstration: boolean;
  readonly today: () => PlainDate;
  /** Whether the person has a seat of that kind in the body at this moment. One query. */
  readonly sits: (personId: string, suffices: (seat: Seat) => boolean) => Promise<boolean>;
}

/** Who controls the book sits in none of its bodies by that. */
export const isSeatOfBody = ({ office }: Seat) => !isController(office);
export const isVoting = ({ voting }: Seat) => voting;

/** Undefined when there is no such body any more. One read. */
export async function readHouse(bodyId: string, { records, now }: MailServices): Promise<House | undefined> {
  const items = await records.getMany([recordKey('organisation', organisationId), recordKey('body', bodyId)]);
  const [organisation, body] = items.map(item => item?.data) as unknown as [Organisation?, Body?];
  if (organisation === undefined || body === undefined) return undefined;
  const timeZone = timeZoneOf(organisation, instant(now()));
  const today = () => dateIn(timeZone, instant(now()));
  const profile = inForce(organisation.history, today()) ?? organisation.history[0];
  const { name } = inForce(body.history, today()) ?? body.history[0] ?? { name: '' };
  if (!covers(body.term, today())) return undefined;
  return {
    letterhead: { organisation: profile?.shortName ?? profile?.legalName ?? '', body: name, timeZone },
    isDemonstration: profile?.demonstration ?? false,
    today,
    sits: async (personId, suffices) => {
      const range = { partition: listPartition(seatLists.ofPerson(personId)) };
      for await (const seats of seatPages(records, range)) {
        if (seats.some(seat => seat.bodyId === bodyId && covers(seat.term, today()) && suffices(seat))) return true;
      }
      return false;
    },
  };
}

/** Those who hold such a seat of the body on a day. One query for every hundred seats that the body has had. */
export async function* seated(
  records: RecordStore,
  bodyId: string,
  on: PlainDate,
  suffices: (seat: Seat) => boolean,
): AsyncGenerator<readonly string[]> {
  const range = { partition: listPartition(seatLists.ofBody(bodyId)), upTo: `${on}$` };
  for await (const seats of seatPages(records, range)) {
    const theirs = seats.filter(seat => covers(seat.term, on) && suffices(seat));
    yield [...new Set(theirs.map(({ personId }) => personId))];
  }
}

async function* seatPages(...[records, range]: Parameters<typeof allPages>): AsyncGenerator<readonly Seat[]> {
  for await (const items of allPages(records, range)) yield items.map(item => item.data as unknown as Seat);
}
