/** Reads the filings of a year as lists show them. */
import type { FilingCard } from '../../shared/core/filings/filingRows.ts';
import { filingLists } from '../../shared/core/filings/filings.ts';
import { listPartition } from '../../shared/core/records.ts';
import { allPages } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** One query for every thousand. */
export async function readYear(records: RecordStore, year: string): Promise<FilingCard[]> {
  const cards: FilingCard[] = [];
  for await (const items of allPages(records, { partition: listPartition(filingLists.ofYear(year)) }, 1000))
    cards.push(...items.map(item => item.data as unknown as FilingCard));
  return cards;
}
