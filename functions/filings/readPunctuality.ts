/** Reads how many filings of the last years were made on time. */
import type { PlainDate } from '../../shared/core/calendar.ts';
import { type Punctuality, punctualityOf } from '../../shared/core/filings/punctuality.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readCompliance } from './readCircumstances.ts';
import { readYear } from './readYear.ts';

export interface PunctualYear extends Punctuality {
  readonly year: string;
}

/**
 * The latest first; none while it is not recorded since when the book keeps filings. One read, and a query for each year.
 * @param most so many years, with this one.
 */
export async function readPunctuality(records: RecordStore, today: PlainDate, most: number): Promise<PunctualYear[]> {
  const compliance = await readCompliance(records);
  if (compliance === undefined) return [];
  const last = Number(today.slice(0, 4));
  const count = Math.min(most, last - Number(compliance.since.slice(0, 4)) + 1);
  const years = Array.from({ length: Math.max(0, count) }, (_, index) => String(last - index));
  return Promise.all(years.map(async year => ({ year, ...punctualityOf(await readYear(records, year), today) })));
}
