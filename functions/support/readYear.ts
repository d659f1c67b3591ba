/** Reads all support of a year, named or not. */
import { listPartition } from '../../shared/core/records.ts';
import { type SupportCard, supportLists } from '../../shared/core/support.ts';
import { allPages } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** One query for each thousand. */
export async function readYear(records: RecordStore, year: string): Promise<SupportCard[]> {
  const cards: SupportCard[] = [];
  for await (const items of allPages(records, { partition: listPartition(supportLists.ofYear(year)) }, 1000))
    cards.push(...items.map(({ data }) => data as unknown as SupportCard));
  return cards;
}
