/** The compliance calendar. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import type { FilingCard } from '../../shared/core/filings/filingRows.ts';
import { filingLists } from '../../shared/core/filings/filings.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage, readToday } from '../../shared/http/read.ts';
import { presentEntry } from './present.ts';
import { readCircumstances, readRevocationRisk } from './readCircumstances.ts';
import { readFilings } from './readFilings.ts';

export const listFilings = operation(filingsRoutes.listFilings, async ({ query, now, nextAddress }, { records }) => {
  const today = await readToday(records, now);
  const { open, year, limit, cursor } = query;
  const list = open === 'true' ? filingLists.open : filingLists.ofYear(year ?? today.slice(0, 4));
  const isAsked = (card: FilingCard) =>
    open === 'true' ? year === undefined || card.ruleDue.startsWith(year) : open === undefined || !card.isOpen;
  const { items, next } = await readPage(records, {
    partition: listPartition(list),
    order: 'ascending',
    limit,
    cursor,
    ...(open === undefined ? {} : { keep: item => isAsked(item.data as unknown as FilingCard) }),
  });
  const cards = items.map(item => item.data as unknown as FilingCard);
  const filings = await readFilings(
    records,
    cards.map(({ id }) => id),
  );
  const [circumstances, revocation] = await Promise.all([
    readCircumstances(
      records,
      filings.map(({ data }) => data),
      today,
    ),
    readRevocationRisk(records, today),
  ]);
  return {
    body: {
      items: filings.map(filing => presentEntry(filing, circumstances)),
      next: nextOf(next, nextAddress),
      revocation: revocation && { ...revocation, missed: [...revocation.missed] },
    },
  };
});
