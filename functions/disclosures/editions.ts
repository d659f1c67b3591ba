/** The editions of a disclosure: the current one in the record, the earlier ones beside it, numbered without gaps. */
import type { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Disclosure, PastEdition } from '../../shared/core/disclosures.ts';
import { partKey, type Stored } from '../../shared/core/records.ts';
import type { Key, RecordStore } from '../../shared/ports/recordStore.ts';

/** Where an earlier edition stands. */
export const editionKey = (disclosureId: string, edition: number): Key =>
  partKey('disclosure', disclosureId, `edition#${String(edition).padStart(6, '0')}`);

/** Those of up to 100 editions that there are, in the order asked for. One read, or none for the current edition alone. */
export async function readEditions(
  records: RecordStore,
  { id, data }: Stored<Disclosure>,
  numbers: readonly number[],
): Promise<PastEdition[]> {
  const past = numbers.filter(number => number !== data.edition);
  const items = past.length === 0 ? [] : await records.getMany(past.map(number => editionKey(id, number)));
  const found = new Map(
    past.map((number, index) => [number, items[index]?.data as unknown as PastEdition | undefined]),
  );
  return numbers.flatMap(number => (number === data.edition ? data : found.get(number)) ?? []);
}

/** @param publishAt when the first edition became public. */
export function presentEditionEntry(
  { edition, correction }: PastEdition,
  current: number,
  publishAt: string,
): Answer<typeof disclosuresRoutes.listEditions>['items'][number] {
  return {
    edition,
    madeAt: correction?.at ?? publishAt,
    reason: correction?.reason ?? null,
    current: edition === current,
  };
}
