/** Reads what anyone may inspect today, with what was read of each return. */
import { anonymous } from '../../shared/core/authorisation.ts';
import type { Instant, PlainDate } from '../../shared/core/calendar.ts';
import type { InspectionItem } from '../../shared/core/filings/inspection.ts';
import { returnIdOf } from '../../shared/core/returns/recorded.ts';
import { NotFoundError } from '../../shared/errors.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { Exhibit } from '../../web/inspectionSet.ts';
import { readInspectionSet } from '../inspection/readInspectionSet.ts';
import { loadReturn } from '../returns/load.ts';

/** In the order of the set. Of what nobody can have, this does not speak. */
export async function readExhibits(records: RecordStore, today: PlainDate, now: Instant): Promise<Exhibit[]> {
  const { items } = await readInspectionSet(records, today, now);
  const there = items.filter(({ files }) => files.length > 0);
  return Promise.all(there.map(async item => ({ ...item, ...(await readReturn(records, item)) })));
}

/** Nothing of what was not read. */
async function readReturn(
  records: RecordStore,
  { filing }: InspectionItem,
): Promise<Pick<Exhibit, 'returnId' | 'withheld'>> {
  if (filing === null) return unread;
  const returnId = returnIdOf(filing.id, filing.submission);
  try {
    const { details } = await loadReturn(records, returnId, anonymous);
    return { returnId, withheld: details?.withheld ?? [] };
  } catch (error) {
    if (error instanceof NotFoundError) return unread;
    throw error;
  }
}

const unread = { returnId: null, withheld: [] };
