/** Reads the history of one disclosure as the caller may see it. */
import type { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { stepOf } from '../../shared/core/disclosureHistory.ts';
import type { Disclosure } from '../../shared/core/disclosures.ts';
import { type BookEvent, eventPrefix, recordKey, type Stored } from '../../shared/core/records.ts';
import { readPage } from '../../shared/http/read.ts';
import type { Item, RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';

export type PresentedStep = Answer<typeof disclosuresRoutes.getDisclosureHistory>['items'][number];

export async function readHistory(
  records: RecordStore,
  { id, data }: Stored<Disclosure>,
  { caller, now, limit, cursor }: { caller: Caller; now: Instant; limit: number; cursor: string | undefined },
): Promise<{ readonly items: PresentedStep[]; readonly next: string | null }> {
  const forPublic = !may(caller, 'see unpublished disclosures');
  const step = (item: Item) => stepOf(item.data as unknown as BookEvent, data, now, forPublic);
  const page = await readPage(records, {
    partition: recordKey('disclosure', id).partition,
    prefix: eventPrefix,
    large: true,
    order: 'descending',
    limit,
    cursor,
    keep: item => step(item) !== null,
  });
  const steps = page.items.flatMap(item => step(item) ?? []);
  const names = may(caller, 'see who acted')
    ? await readNames(
        records,
        steps.flatMap(({ by }) => by ?? []),
      )
    : null;
  const items = steps.map(
    ({ by, changes, ...rest }) =>
      ({
        ...rest,
        by: by === null || names === null ? null : { id: by, name: names.get(by) ?? '' },
        changes: [...changes],
      }) as PresentedStep,
  );
  return { items: items.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)), next: page.next };
}
