/** Reads public lists of disclosures across the years of publication, the newest first. */
import type { Instant } from '../../shared/core/calendar.ts';
import {
  type Catalogue,
  catalogueKey,
  emptyCatalogue,
  lists,
  upTo,
  yearOf,
  yearsBefore,
} from '../../shared/core/disclosureLists.ts';
import type { Category } from '../../shared/core/disclosures.ts';
import { listPartition } from '../../shared/core/records.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { readPage } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { type PresentedEntry, presentEntry } from './present.ts';

export interface Wanted {
  readonly category?: Category | undefined;
  /** A calendar year that the disclosure is about. */
  readonly period?: number | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A page goes on into so many years at most; a cursor cannot ask for more work than that. */
const maxQueries = 10;

export interface EntryPage {
  readonly items: PresentedEntry[];
  readonly next: string | null;
}

/**
 * One page of what is public at that moment. It costs one query; a page that goes on into an earlier year costs one read of
 * the catalogue, to learn which years there are, and one more query.
 */
export async function readDisclosures(records: RecordStore, wanted: Wanted, now: Instant): Promise<EntryPage> {
  return wanted.period === undefined
    ? readByYears(records, wanted, now)
    : readByPeriod(records, wanted, wanted.period, now);
}

async function readByPeriod(records: RecordStore, wanted: Wanted, period: number, now: Instant): Promise<EntryPage> {
  const { items, next } = await readPage(records, {
    partition: listPartition(lists.period(period)),
    upTo: upTo(now),
    order: 'descending',
    limit: wanted.limit,
    cursor: wanted.cursor,
    keep: item => wanted.category === undefined || item.data.category === wanted.category,
  });
  return { items: items.map(presentEntry), next };
}

/** The cursor names the year, the place in it, and the years that come after it once they are known. */
async function readByYears(records: RecordStore, wanted: Wanted, now: Instant): Promise<EntryPage> {
  const [yearText, after, laterYears] = decodeCursor(wanted.cursor, 3) ?? [];
  let year = yearText === undefined ? yearOf(now) : Number(yearText);
  let place = after === undefined || after === start ? undefined : encodeCursor([after]);
  let later = laterYears === undefined || laterYears === unknown ? undefined : laterYears.split(' ').flatMap(toYear);
  const items: PresentedEntry[] = [];
  for (let queries = 1; ; queries++) {
    const page = await readPage(records, {
      partition: listPartition(
        wanted.category === undefined ? lists.year(year) : lists.category(wanted.category, year),
      ),
      upTo: upTo(now),
      order: 'descending',
      limit: wanted.limit - items.length,
      cursor: place,
    });
    items.push(...page.items.map(presentEntry));
    if (page.next !== null) {
      const [sort = start] = decodeCursor(page.next, 1) ?? [];
      return { items, next: encodeCursor([String(year), sort, later === undefined ? unknown : yearsText(later)]) };
    }
    later ??= yearsBefore(await readCatalogue(records), year, wanted.category, now);
    const [nextYear, ...rest] = later;
    if (nextYear === undefined) return { items, next: null };
    if (items.length === wanted.limit || queries === maxQueries)
      return { items, next: encodeCursor([String(nextYear), start, yearsText(rest)]) };
    year = nextYear;
    later = rest;
    place = undefined;
  }
}

export async function readCatalogue(records: RecordStore): Promise<Catalogue> {
  const item = await records.get(catalogueKey);
  return (item?.data as unknown as Catalogue | undefined) ?? emptyCatalogue;
}

const start = 'start';
const unknown = 'unknown';
const none = 'none';
const yearsText = (years: readonly number[]) => (years.length === 0 ? none : years.join(' '));
const toYear = (text: string) => (/^\d{4}$/.test(text) ? [Number(text)] : []);
