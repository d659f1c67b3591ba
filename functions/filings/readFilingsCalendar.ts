/** What the organisation has to file, as iCalendar, at the personal address of somebody who governs it today. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { may, rolesOn } from '../../shared/core/authorisation.ts';
import { sha256 } from '../../shared/core/digest.ts';
import type { FilingCard } from '../../shared/core/filings/filingRows.ts';
import { filingLists } from '../../shared/core/filings/filings.ts';
import { calendarKey } from '../../shared/core/meetings/calendarAddress.ts';
import { listPartition } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { heldSeats } from '../../shared/http/identify.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { filingsCalendar } from '../../web/filingsCalendar.ts';

export const readFilingsCalendar = operation(
  filingsRoutes.readFilingsCalendar,
  async ({ params, now }, { records }) => {
    const pointer = await records.get(calendarKey(sha256(params.code)));
    const personId = pointer?.data.personId;
    if (typeof personId !== 'string') throw new NotFoundError();
    const today = await readToday(records, now);
    const roles = rolesOn(await heldSeats(personId, records, today), today);
    const governs = may({ personId, roles, bodies: new Set() }, 'listFilings');
    return {
      body: filingsCalendar(governs ? await readCards(records, Number(today.slice(0, 4))) : []),
      // Whoever has the address may keep the answer; nobody in between may.
      headers: { 'cache-control': 'private, no-cache' },
    };
  },
);

/** So many of one list are shown at most. */
const mostEntries = 500;

/** What is still to be done, and all of last year, this year and the next two; by due date. Five queries. */
async function readCards(records: RecordStore, year: number): Promise<FilingCard[]> {
  const years = [-1, 0, 1, 2].map(more => filingLists.ofYear(String(year + more)));
  const pages = await Promise.all(
    [filingLists.open, ...years].map(list =>
      records.query({ table: 'records', partition: listPartition(list), order: 'ascending', limit: mostEntries }),
    ),
  );
  const cards = pages.flatMap(({ items }) => items.map(item => item.data as unknown as FilingCard));
  const orderOf = ({ due, id }: FilingCard) => `${due}#${id}`;
  return [...new Map(cards.map(card => [card.id, card])).values()].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}
