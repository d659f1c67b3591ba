/** Reads who funded the organisation in its last years, as far as everybody may know. */
import type { PlainDate } from '../../shared/core/calendar.ts';
import { listPartition } from '../../shared/core/records.ts';
import { type NamedCard, supportLists } from '../../shared/core/support.ts';
import { unnamedOf } from '../../shared/core/supportSums.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { SupportOfYear } from '../../web/supporters.ts';
import { readYear } from '../support/readYear.ts';

/** So many years are shown, with this one. */
const years = 5;
/** And so many supporters of each. */
const most = 50;

/** The latest year first. Two queries for each of them. */
export async function readSupport(records: RecordStore, today: PlainDate): Promise<SupportOfYear[]> {
  const last = Number(today.slice(0, 4));
  return Promise.all(Array.from({ length: years }, (_, index) => readYearOf(records, String(last - index), today)));
}

async function readYearOf(records: RecordStore, year: string, today: PlainDate): Promise<SupportOfYear> {
  const partition = listPartition(supportLists.named(year));
  const [{ items, more }, all] = await Promise.all([
    records.query({ table: 'records', partition, order: 'descending', limit: most }),
    readYear(records, year),
  ]);
  const { supporters } = unnamedOf(all, year < today.slice(0, 4));
  const named = items.map(({ data }) => data as unknown as NamedCard);
  return { year, named, more, unnamed: supporters };
}
