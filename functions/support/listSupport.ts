/** Who supported the organisation in a year: those who agreed to be named, and how many others. */
import { supportRoutes } from '../../shared/contract/support.ts';
import { may } from '../../shared/core/authorisation.ts';
import { listPartition } from '../../shared/core/records.ts';
import { type NamedCard, type SupportCard, supportLists } from '../../shared/core/support.ts';
import { sumsOf, unnamedOf } from '../../shared/core/supportSums.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage, readToday } from '../../shared/http/read.ts';
import type { Item } from '../../shared/ports/recordStore.ts';
import { presentCard, presentNamed } from './present.ts';
import { readYear } from './readYear.ts';

/** The place of a row ends with the identifier. */
const idOf = ({ key }: Item) => key.sort.slice(key.sort.indexOf('#') + 1);

export const listSupport = operation(
  supportRoutes.listSupport,
  async ({ query, caller, now, nextAddress }, { records }) => {
    const today = await readToday(records, now);
    const year = query.year ?? today.slice(0, 4);
    const seesAll = may(caller, 'see compliance');
    const list = seesAll ? supportLists.ofYear(year) : supportLists.named(year);
    const [{ items, next }, all] = await Promise.all([
      readPage(records, {
        partition: listPartition(list),
        order: 'descending',
        limit: query.limit,
        cursor: query.cursor,
      }),
      readYear(records, year),
    ]);
    const shown = items.map(item =>
      seesAll
        ? presentCard(idOf(item), item.data as unknown as SupportCard)
        : presentNamed(idOf(item), item.data as unknown as NamedCard),
    );
    const unnamed = unnamedOf(all, year < today.slice(0, 4));
    return {
      body: {
        year,
        items: shown,
        next: nextOf(next, nextAddress),
        unnamed: { supporters: unnamed.supporters, sums: [...unnamed.sums] },
        totals: seesAll ? sumsOf(all) : null,
      },
    };
  },
);
