/** Who declared interests for a year, and who owes it still. */
import { interestsRoutes } from '../../shared/contract/interests.ts';
import { type DeclarationCard, declarationLists, owedDays } from '../../shared/core/decisions/interests.ts';
import { listPartition } from '../../shared/core/records.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readToday } from '../../shared/http/read.ts';
import { readNames } from '../people/readNames.ts';
import { readOwing } from './owing.ts';

export const listDeclarations = operation(
  interestsRoutes.listDeclarations,
  async ({ query, now, nextAddress }, { records }) => {
    const today = await readToday(records, now);
    const year = query.year ?? today.slice(0, 4);
    const list = declarationLists.ofYear(year);
    const [after] = decodeCursor(list, query.cursor, 1) ?? [];
    const [owing, page] = await Promise.all([
      readOwing(records, owedDays(year, today)),
      records.query({
        table: 'records',
        partition: listPartition(list),
        ...(after === undefined ? {} : { after }),
        order: 'ascending',
        limit: query.limit,
      }),
    ]);
    const cards = new Map(page.items.map(item => [item.key.sort, item.data as unknown as DeclarationCard]));
    // Both are in the order of people: the first of the two together are the page, and no declaration is left out.
    const waiting = owing.filter(personId => after === undefined || personId > after);
    const people = [...new Set([...waiting, ...cards.keys()])].sort();
    const shown = people.slice(0, query.limit);
    const last = shown.at(-1);
    const isMore = people.length > shown.length || page.more;
    const next = isMore && last !== undefined ? encodeCursor(list, [last]) : null;
    const [names, owes] = [await readNames(records, shown), new Set(owing)];
    const items = shown.map(personId => ({
      person: { id: personId, name: names.get(personId) ?? '' },
      owed: owes.has(personId),
      declaredAt: cards.get(personId)?.declaredAt ?? null,
      interests: cards.get(personId)?.interests ?? null,
    }));
    return { body: { items, next: nextOf(next, nextAddress) } };
  },
);
