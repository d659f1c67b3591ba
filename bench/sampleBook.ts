/** A book with a founding and many disclosures, loaded through the core in as few commits as the store allows. */
import { v7 } from 'uuid';
import { type Catalogue, catalogueKey, emptyCatalogue, recount, rowsOf } from '../shared/core/disclosureLists.ts';
import { categories, draft, publish } from '../shared/core/disclosures.ts';
import { found } from '../shared/core/founding.ts';
import { changeRecord, moveRows } from '../shared/core/records.ts';
import type { JsonObject, RecordStore, Write } from '../shared/ports/recordStore.ts';

/** Publications are spread evenly over so many years before now. */
const years = 10;
const writesPerCommit = 100;

/** @returns the identifiers of the disclosures, the oldest first. */
export async function loadSampleBook(records: RecordStore, disclosures: number): Promise<string[]> {
  const now = new Date();
  const at = now.toISOString();
  await records.commit(foundingWrites(at));
  const ids: string[] = [];
  let catalogue: Catalogue = emptyCatalogue;
  let writes: Write[] = [];
  for (let index = 0; index < disclosures; index++) {
    const id = v7();
    const age = ((disclosures - index) / disclosures) * years * 365 * 86_400_000;
    const publishedAt = new Date(now.getTime() - age).toISOString();
    const after = publish(draft(contentOf(index, publishedAt)), publishedAt, at);
    const act = { operation: 'publishDisclosure', by: null, at, eventId: v7() };
    const change = changeRecord('disclosure', id, undefined, after, act);
    const more = [...change.writes, ...moveRows([], rowsOf(id, after))];
    catalogue = recount(catalogue, id, undefined, after, at);
    if (writes.length + more.length > writesPerCommit) {
      await records.commit(writes);
      writes = [];
    }
    writes.push(...more);
    ids.push(id);
  }
  if (writes.length > 0) await records.commit(writes);
  const put = { key: catalogueKey, version: 1, data: catalogue as unknown as JsonObject };
  await records.commit([{ put, expect: 'absent' }]);
  return ids;
}

function contentOf(index: number, publishedAt: string) {
  const year = Number(publishedAt.slice(0, 4));
  return {
    title: `Disclosure ${index + 1} of the year ${year}`,
    category: categories[index % categories.length] ?? 'other',
    summary: 'What the alliance did, **in short**: it met, it decided, it published.\n\n'.repeat(10),
    language: 'en',
    period: { from: `${year}-01-01`, to: `${year}-12-31` },
    links: [{ title: 'The report', url: `https://example.org/${index}.pdf` }],
  };
}

function foundingWrites(at: string): Write[] {
  const organisation = {
    legalName: 'Local Public Sector Alliance',
    shortName: 'LPSA',
    jurisdiction: { code: 'US-VA', name: 'Commonwealth of Virginia' },
    incorporatedOn: '2010-01-14',
    taxStatus: '501(c)(3)',
    ein: null,
    fiscalYearEnd: '12-31',
    timeZone: 'America/New_York',
    mission: 'Inclusive and efficient decentralization and localization.',
    website: null,
    demonstration: true,
  };
  return found(
    {
      organisation,
      board: { name: 'Board of Directors', purpose: 'Decides.', established: '2010-01-14' },
      administrator: { name: 'A. Administrator', email: null },
    },
    { at, today: at.slice(0, 10), newId: () => v7(), invitation: { code: 'benchmark', expiresAt: at } },
  );
}
